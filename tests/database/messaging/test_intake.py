"""The inbox keeps its promises on both databases: once, in order, by one owner."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from actions.dialogue.turn import Reply
from bot.messaging import intake
from bot.messaging.intake import LEASE, Accepted, ClaimedMessage
from bot.messaging.messages import Incoming
from bot.messaging.tables import InboxMessage, OutboxMessage
from bot.messaging.transcripts import list_conversations, replies_after, transcript
from store.database import Database

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def incoming(key: str, text: str = "你好", peer: str = "one", channel: str = "web") -> Incoming:
    return Incoming(channel=channel, key=key, peer=peer, text=text, received_at=NOW)


def reply(text: str = "您好") -> Reply:
    return {"text": text, "buttons": [], "image": None, "data": None}


def claimed(database: Database, owner: str = "me", now: datetime = NOW) -> ClaimedMessage:
    turn = intake.claim(database, "web:one", owner, now=now)
    assert turn is not None
    return turn


def test_a_repeated_message_is_the_same_message(database: Database) -> None:
    first = intake.accept(database, incoming("k"))
    again = intake.accept(database, incoming("k", "别的话"))
    assert again == Accepted(first.inbox_id, repeated=True)
    with database.read() as session:
        assert session.scalars(select(InboxMessage.text)).all() == ["你好"]


def test_many_deliveries_at_once_store_one_message(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: intake.accept(database, incoming("k")), range(24)))
    assert len({accepted.inbox_id for accepted in found}) == 1
    assert sum(not accepted.repeated for accepted in found) == 1


def test_the_same_key_on_another_channel_is_another_message(database: Database) -> None:
    first = intake.accept(database, incoming("k"))
    other = intake.accept(database, incoming("k", channel="telegram"))
    assert not other.repeated
    assert other.inbox_id != first.inbox_id


def test_messages_come_in_order_and_one_at_a_time(database: Database) -> None:
    for number in range(3):
        intake.accept(database, incoming(str(number), f"第{number}句"))
    turn: ClaimedMessage | None = claimed(database)
    assert intake.claim(database, "web:one", "rival", now=NOW) is None
    heard = []
    while turn is not None:
        heard.append(turn.text)
        result = intake.finish(database, turn, "me", replies=[reply()], nlu=None, now=NOW)
        assert result is not None
        turn = result[1]
    assert heard == ["第0句", "第1句", "第2句"]
    assert intake.claim(database, "web:one", "rival", now=NOW) is None


def test_many_claims_at_once_have_one_winner(database: Database) -> None:
    intake.accept(database, incoming("k"))
    with ThreadPoolExecutor(8) as pool:
        turns = list(
            pool.map(lambda n: intake.claim(database, "web:one", f"owner{n}", now=NOW), range(8))
        )
    assert sum(turn is not None for turn in turns) == 1


def test_a_rush_of_workers_answers_each_message_once(database: Database) -> None:
    for number in range(30):
        intake.accept(database, incoming(str(number)))

    def work(owner: str) -> None:
        for _ in range(60):
            turn = intake.claim(database, "web:one", owner, now=NOW)
            while turn is not None:
                result = intake.finish(
                    database, turn, owner, replies=[reply(turn.text)], nlu=None, now=NOW
                )
                turn = result[1] if result else None

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, ["a", "b", "c", "d"]))
    with database.read() as session:
        answers = session.scalars(
            select(func.count()).select_from(OutboxMessage).group_by(OutboxMessage.inbox_id)
        ).all()
    assert answers == [1] * 30


def test_who_lost_the_lease_stores_nothing(database: Database) -> None:
    intake.accept(database, incoming("k"))
    slow = claimed(database, "slow")
    later = NOW + LEASE + timedelta(seconds=1)
    quick = claimed(database, "quick", later)
    done = intake.finish(database, quick, "quick", replies=[reply("快")], nlu=None, now=later)
    assert done is not None
    assert intake.finish(database, slow, "slow", replies=[reply("慢")], nlu=None, now=later) is None
    outcome = intake.outcome(database, slow.inbox_id)
    assert outcome is not None
    assert [r["text"] for r in outcome.replies] == ["快"]


def test_a_renewed_lease_is_not_taken(database: Database) -> None:
    intake.accept(database, incoming("k"))
    claimed(database)
    intake.renew_leases(database, "me", now=NOW + LEASE / 2)
    assert intake.claim(database, "web:one", "rival", now=NOW + LEASE) is None


def test_a_dead_owner_s_leases_are_released(database: Database) -> None:
    intake.accept(database, incoming("k"))
    claimed(database, "host:8000:1:a")
    intake.release_leases_of(database, "host:8000:")
    assert claimed(database, "host:8000:2:b")


def test_a_postponed_message_holds_the_later_ones_back(database: Database) -> None:
    intake.accept(database, incoming("1", "先"))
    intake.accept(database, incoming("2", "后"))
    turn = claimed(database)
    soon = NOW + timedelta(seconds=2)
    intake.postpone(database, turn, "me", attempts=1, next_attempt_at=soon)
    assert intake.claim(database, "web:one", "me", now=NOW) is None
    again = claimed(database, now=soon)
    assert (again.text, again.attempts) == ("先", 1)


def test_waiting_conversations_are_found_after_a_restart(database: Database) -> None:
    intake.accept(database, incoming("1"))
    intake.accept(database, incoming("2", peer="two"))
    claimed(database)
    assert intake.waiting_conversations(database, now=NOW) == ["web:two"]
    later = NOW + LEASE + timedelta(seconds=1)
    assert intake.waiting_conversations(database, now=later) == ["web:one", "web:two"]


def test_a_notice_is_given_once_and_not_after_the_answer(database: Database) -> None:
    accepted = intake.accept(database, incoming("k"))
    first = intake.give_notice(database, accepted.inbox_id, reply("请稍等"), now=NOW)
    again = intake.give_notice(database, accepted.inbox_id, reply("请稍等"), now=NOW)
    assert first is not None
    assert first == again
    turn = claimed(database)
    intake.finish(database, turn, "me", replies=[reply()], nlu=None, now=NOW)
    assert intake.give_notice(database, accepted.inbox_id, reply("请稍等"), now=NOW) is None
    assert len(replies_after(database, "web:one", 0)) == 2


def test_an_unsent_notice_is_dropped_when_the_answer_comes_first(database: Database) -> None:
    accepted = intake.accept(database, incoming("k", channel="telegram"))
    intake.give_notice(database, accepted.inbox_id, reply("请稍等"), now=NOW)
    turn = intake.claim(database, "telegram:one", "me", now=NOW)
    assert turn is not None
    intake.finish(database, turn, "me", replies=[reply()], nlu=None, now=NOW)
    with database.read() as session:
        statuses = session.scalars(select(OutboxMessage.status).order_by(OutboxMessage.id)).all()
    assert statuses == ["dead", "pending"]


@pytest.mark.parametrize("text", ["a\0b", "\ud800x", "\0", "😀\udfff"])
def test_text_that_no_database_keeps_is_stored_readably(database: Database, text: str) -> None:
    intake.accept(database, incoming("k", text))
    stored = transcript(database, "web:one")[0].text
    assert len(stored) == len(text)
    assert "\ufffd" in stored


def test_the_transcript_is_everything_said_in_order(database: Database) -> None:
    intake.accept(database, incoming("1", "在吗"))
    turn = claimed(database)
    said = [reply("在"), reply("请说")]
    intake.finish(database, turn, "me", replies=said, nlu={"intent": "greet"}, now=NOW)
    lines = transcript(database, "web:one")
    assert [(line.author, line.text) for line in lines] == [
        ("user", "在吗"),
        ("bot", "在"),
        ("bot", "请说"),
    ]
    assert lines[0].nlu == {"intent": "greet"}
    card = list_conversations(database)[0]
    assert (card.id, card.messages, card.last_text) == ("web:one", 1, "在吗")


def test_pending_messages_are_counted(database: Database) -> None:
    for number in range(3):
        intake.accept(database, incoming(str(number)))
    assert intake.count_pending(database, "web:one") == 3
    turn = claimed(database)
    intake.finish(database, turn, "me", replies=[], nlu=None, now=NOW)
    assert intake.count_pending(database, "web:one") == 2
    with database.read() as session:
        assert session.scalars(select(func.count()).select_from(OutboxMessage)).one() == 0
