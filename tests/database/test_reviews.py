"""What staff say of turns: kept once, apart for teaching and measuring, gone with the person."""

import pytest

from bot.console.tables import Staff
from bot.console.transcripts.filters import Filters
from bot.console.transcripts.holding import ReviewHolding
from bot.console.transcripts.reviews import (
    MEASURE,
    TRAIN,
    BadMark,
    Marked,
    TurnGone,
    candidates,
    counts,
    hash_of,
    judge_answer,
    judge_reading,
    reviews_of,
    use_of,
)
from bot.console.transcripts.saved_views import drop_view, save_view, saved_views
from bot.messaging import answers
from bot.messaging.search.turns import find_turns
from store.database import Database
from tests.database.messaging.support import NOW, claimed, incoming
from tests.support.messaging import PULLED, plain, take_in


def said(database: Database, key: str, text: str) -> int:
    accepted = take_in(database, incoming(key, text))
    nlu = {
        "intent": "search_jobs",
        "confidence": 0.5,
        "entities": [{"entity": "place", "value": "上海", "start": 0, "end": 2}],
    }
    answers.finish(
        database, claimed(database), "me", replies=[plain("好")], nlu=nlu, now=NOW, pulled=PULLED
    )
    return accepted.inbox_id


def test_a_correction_is_a_candidate_once(database: Database) -> None:
    first, second = said(database, "1", "上海工资多少"), said(database, "2", "上海工资多少！")
    for each in (first, second):
        judge_reading(database, each, right=False, intent="ask_wage", staff="王", now=NOW)
    use = use_of(hash_of("上海工资多少"))
    (one,) = candidates(database, use)
    assert (one.intent, one.read_as, one.entities) == (
        "ask_wage",
        "search_jobs",
        (Marked("place", "上海", 0, 2),),
    )
    assert candidates(database, TRAIN if use == MEASURE else MEASURE) == ()
    found = counts(database)
    assert (found.reviewed, found.corrected, found.train + found.measure) == (2, 2, 1)


def test_a_turn_is_reviewed_and_found_by_that(database: Database) -> None:
    turn = said(database, "1", "上海工资多少")
    unreviewed = Filters(kind="unreviewed").wanted()
    assert len(find_turns(database, unreviewed).turns) == 1
    judge_reading(database, turn, right=True, staff="王", now=NOW)
    assert find_turns(database, unreviewed).turns == ()
    assert find_turns(database, Filters(kind="wrong").wanted()).turns == ()
    judge_answer(database, turn, right=False, note="拨13951784263", staff="李", now=NOW)
    assert len(find_turns(database, Filters(kind="wrong").wanted()).turns) == 1
    review = reviews_of(database, "web:one")[turn]
    assert (review.reading_right, review.answer_right) == (True, False)
    assert (review.intent, review.note) == ("search_jobs", "拨139****4263")
    assert ReviewHolding(database).export("web:one")["turn_reviews"][0]["text"] == "上海工资多少"


def test_what_is_not_there_is_refused(database: Database) -> None:
    turn = said(database, "1", "上海")
    with pytest.raises(BadMark):
        judge_reading(
            database,
            turn,
            right=False,
            intent="inform",
            entities=[Marked("place", "上海", 1, 3)],
            staff="王",
            now=NOW,
        )
    with pytest.raises(TurnGone):
        judge_answer(database, turn + 1, right=True, staff="王", now=NOW)


def test_filters_have_an_address_and_a_name(database: Database) -> None:
    filters = Filters.read({"words": "社保 转移", "kind": "unsure", "since": "x", "evil": "1"})
    assert filters.address() == (
        "/transcripts?words=%E7%A4%BE%E4%BF%9D+%E8%BD%AC%E7%A7%BB&kind=unsure&since=x"
    )
    assert filters.wanted().since is None
    with database.write() as session:
        staff = Staff(name="王", password_hash="none", role="reviewer", created_at=NOW)
        session.add(staff)
        session.commit()
    save_view(database, staff.id, " 不确定的 ", Filters())
    save_view(database, staff.id, "不确定的", filters)
    (view,) = saved_views(database, staff.id)
    assert (view.name, view.filters) == ("不确定的", filters)
    drop_view(database, staff.id, view.id)
    assert saved_views(database, staff.id) == ()


def test_long_messages_and_long_talks_are_found(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.console.transcripts.filters.MANY", 3)
    said(database, "1", "上海工资多少")
    long = Filters(length="message").wanted()
    assert find_turns(database, long).turns == ()
    said(database, "2", "上海" * 49 + "工")  # 99 characters
    assert find_turns(database, long).turns == ()
    assert find_turns(database, Filters(length="talk").wanted()).turns == ()
    said(database, "3", "上海" * 50)
    (turn,) = find_turns(database, long).turns
    assert turn.text == "上海" * 50
    assert len(find_turns(database, Filters(length="talk").wanted()).turns) == 3
    assert Filters.read({"length": "talk"}).address() == "/transcripts?length=talk"
