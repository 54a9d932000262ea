"""Judgements on answers, and the record of what staff changed, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from bot.console.policies.changes import list_changes, record_change
from knowledge.documents.feedback import (
    QUESTION_MAX,
    Feedback,
    feedback_counts,
    list_feedback,
    record_feedback,
)
from store.database import Database

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=30)


def judge(
    database: Database,
    helpful: bool,
    *,
    conversation: str = "web:a",
    question: str = "补贴怎么领",
    doc_id: str = "p1",
    now: datetime = NOW,
) -> None:
    record_feedback(
        database,
        conversation=conversation,
        question=question,
        doc_id=doc_id,
        section="一、补贴",
        quote="给予补贴。",
        status="answered",
        confidence=0.8,
        helpful=helpful,
        now=now,
    )


def only(database: Database) -> Feedback:
    (found,) = list_feedback(database)
    return found


def test_a_judgement_is_kept_with_all_that_staff_need(database: Database) -> None:
    judge(database, False, question="  补贴怎么领\n")
    found = only(database)
    assert (found.question, found.section, found.quote) == ("补贴怎么领", "一、补贴", "给予补贴。")
    assert (found.at, found.status, found.doc_id) == (NOW, "answered", "p1")
    assert (found.helpful, found.confidence, found.conversation) == (False, 0.8, "web:a")


def test_a_second_press_changes_the_first(database: Database) -> None:
    judge(database, False)
    judge(database, True, now=NOW + timedelta(minutes=1))
    assert only(database).helpful
    assert only(database).at == NOW + timedelta(minutes=1)
    counts = feedback_counts(database, since=SINCE)
    assert (counts.helpful, counts.unhelpful, counts.total) == (1, 0, 1)


def test_other_answers_are_judged_by_themselves(database: Database) -> None:
    judge(database, False)
    judge(database, False, conversation="web:b")
    judge(database, True, question="另一个问题")
    judge(database, True, doc_id="")
    assert len(list_feedback(database)) == 4
    assert {found.doc_id for found in list_feedback(database, helpful=True)} == {"p1", ""}
    assert len(list_feedback(database, helpful=False)) == 2


def test_the_newest_come_first_and_old_ones_are_not_counted(database: Database) -> None:
    for days in (40, 2, 1, 3):
        judge(database, days == 2, question=f"{days}", now=NOW - timedelta(days=days))
    assert [found.question for found in list_feedback(database)] == ["1", "2", "3", "40"]
    assert [found.question for found in list_feedback(database, limit=2, offset=1)] == ["2", "3"]
    counts = feedback_counts(database, since=SINCE)
    assert (counts.helpful, counts.unhelpful) == (1, 2)
    assert feedback_counts(database, since=NOW).total == 0


def test_presses_at_once_make_one_judgement(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda helpful: judge(database, helpful), [True] * 8))
    assert only(database).helpful


def test_an_over_long_question_is_cut_and_still_the_same(database: Database) -> None:
    judge(database, True, question="长" * 2000)
    judge(database, False, question="长" * 2000)
    assert only(database).question == "长" * QUESTION_MAX
    assert not only(database).helpful


def test_changes_are_kept_by_document_the_newest_first(database: Database) -> None:
    for minute, action in enumerate(("upload", "publish")):
        record_change(
            database,
            staff="王芳",
            doc_id="p1",
            action=action,
            detail={"file": "通知.pdf"},
            now=NOW + timedelta(minutes=minute),
        )
    record_change(database, staff="李明", doc_id="p2", action="remove", detail={}, now=NOW)
    changes = list_changes(database, "p1")
    assert [change.action for change in changes] == ["publish", "upload"]
    assert changes[0].staff == "王芳"
    assert changes[0].detail == {"file": "通知.pdf"}
    assert len(list_changes(database, "p1", limit=1)) == 1
