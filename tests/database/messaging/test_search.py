"""Turns are found by words and by what became of them, on both databases, and none is lost."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from actions.dialogue.turn import Reply
from bot.messaging import answers
from bot.messaging.search.outcomes import outcome_of
from bot.messaging.search.turns import PAGE, Cursor, TurnFilter, find_turns, forget_words
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage
from store.database import Database
from store.text_index import is_index
from tests.database.messaging.support import NOW, claimed, incoming
from tests.support.messaging import PULLED, handover, plain, services_of, take_in

TALKS = [
    ("上海失业金怎么领", "ask_policy", 0.93, "带好证明到社保中心", "policy_answer", "answered"),
    ("我要投诉 ABC 公司", "complain", 0.9, "记成投诉工单", "staff_case", "complaint"),
    ("嗯？？", "out_of_scope", 0.3, "没听懂您的意思", "", ""),
]


def card(kind: str, stands: str) -> dict[str, str]:
    return {"kind": kind, "status" if kind == "policy_answer" else "reason": stands}


def talk(database: Database) -> None:
    for number, (said, intent, sure, told, kind, stands) in enumerate(TALKS):
        take_in(database, incoming(str(number), said))
        reply: Reply = {**plain(told), "data": card(kind, stands) if kind else None}
        nlu = {"intent": intent, "confidence": sure}
        if not kind:
            nlu["commands"] = [{"command": "chat", "task": "nlu_fallback"}]  # type: ignore[assignment]
        answers.finish(
            database, claimed(database), "me", replies=[reply], nlu=nlu, now=NOW, pulled=PULLED
        )


def found(database: Database, words: str = "", **wanted: object) -> list[str]:
    page = find_turns(database, TurnFilter(words, **wanted))  # type: ignore[arg-type]
    assert page.following is None
    return [turn.text for turn in page.turns]


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ("失业金", ["上海失业金怎么领"]),
        ("失业", ["上海失业金怎么领"]),
        ("失", ["上海失业金怎么领"]),
        ("社保中心", ["上海失业金怎么领"]),
        ("abc 公司", ["我要投诉 ABC 公司"]),
        ("投诉", ["我要投诉 ABC 公司"]),
        ("？？", ["嗯？？"]),
        ("领失业", []),
        ("上海 投诉", []),
        ("%", []),
        ('"', []),
    ],
)
def test_words_are_found_wherever_they_stand(
    database: Database, words: str, texts: list[str]
) -> None:
    talk(database)
    assert found(database, words) == texts


def test_what_staff_said_leads_to_the_message_before(database: Database) -> None:
    talk(database)
    handover(database).say("web:one", staff="小李", text="请带户口簿", now=NOW + timedelta(hours=1))
    (turn,) = find_turns(database, TurnFilter("户口簿")).turns
    assert (turn.text, turn.said) == ("嗯？？", "请带户口簿")


def test_turns_are_narrowed(database: Database) -> None:
    talk(database)
    assert found(database) == ["嗯？？", "我要投诉 ABC 公司", "上海失业金怎么领"]
    assert found(database, intent="complain") == ["我要投诉 ABC 公司"]
    assert found(database, outcomes=("fallback",)) == ["嗯？？"]
    assert found(database, outcomes=("policy_answer:answered",)) == ["上海失业金怎么领"]
    assert found(database, sure_below=0.6) == ["嗯？？"]
    assert found(database, channel="telegram") == []
    assert len(found(database, since=NOW, until=NOW + timedelta(days=1))) == 3
    assert found(database, since=NOW + timedelta(days=1)) == []
    assert found(database, "投诉", intent="ask_policy") == []


def test_what_is_deleted_or_changed_is_found_no_more(database: Database) -> None:
    talk(database)
    with database.write() as session:
        session.execute(update(InboxMessage).values(text="改过了"))
        session.execute(delete(OutboxMessage))
        session.commit()
    assert found(database, "失业金") == []
    assert found(database, "社保") == []
    assert len(found(database, "改过")) == 3
    forget_words(services_of(database), NOW)
    assert len(found(database, "改过")) == 3


def test_pages_lose_nothing_and_order_all(database: Database) -> None:
    chance = random.Random(7)  # noqa: S311
    with database.write() as session:
        rows = [
            InboxMessage(
                channel="web",
                key=str(n),
                conversation_id="web:one",
                text="社保" if chance.random() < 0.5 else "医保",
                status="done",
                next_attempt_at=NOW,
                received_at=NOW,
            )
            for n in range(3 * PAGE)
        ]
        session.add(Conversation(id="web:one", channel="web", created_at=NOW, active_at=NOW))
        session.flush()
        session.add_all(rows)
        session.flush()
        order = list(rows)
        chance.shuffle(order)
        for row in order:
            word = "社保" if chance.random() < 0.5 else "公积金"
            session.add(
                OutboxMessage(
                    conversation_id="web:one",
                    inbox_id=row.id,
                    author="bot",
                    body=plain(word),
                    status="sent",
                    next_attempt_at=NOW,
                    created_at=NOW,
                )
            )
        session.commit()
        told = {row.inbox_id for row in session.query(OutboxMessage) if "社保" in row.body["text"]}
        wanted = {row.id for row in rows if row.text == "社保"} | told
    seen: list[int] = []
    cursor: Cursor | None = Cursor()
    while cursor is not None:
        page = find_turns(database, TurnFilter("社保"), cursor)
        seen += [turn.id for turn in page.turns]
        cursor = page.following
    assert set(seen) == wanted


def test_outcomes_in_a_word() -> None:
    assert outcome_of([], None) == "silent"
    assert outcome_of([plain("好")], None) == "words"
    assert is_index("words_inbox")
    assert not is_index("inbox")
