"""What was asked is counted by Shanghai's days, on both databases."""

from datetime import date, timedelta

from sqlalchemy import delete

from actions.cases.service import Cases
from bot.console.figures.page import as_csv, percent
from bot.console.figures.reading import read_figures
from bot.console.figures.rollup import count_days
from bot.messaging import answers, leases
from bot.messaging.messages import Incoming
from bot.messaging.tables import InboxMessage, OutboxMessage
from store.database import Database
from tests.database.messaging.support import NOW
from tests.support.messaging import PULLED, plain, take_in


def said(database: Database, key: str, intent: str, hours: float, card: str = "") -> None:
    at = NOW + timedelta(hours=hours)
    take_in(database, Incoming("web", key, "one", key, at))
    message = leases.claim(database, "web:one", "me", now=at)
    assert message is not None
    kind, _, status = card.partition(":")
    data = {"kind": kind, "status": status} if card else None
    answers.finish(
        database,
        message,
        "me",
        replies=[{**plain("好"), "data": data}],
        nlu={"intent": intent, "confidence": 0.9},
        now=at,
        pulled=PULLED,
    )


def test_days_shares_and_the_table(database: Database) -> None:
    day = (NOW + timedelta(hours=8)).date()
    said(database, "1", "greet", 0)
    said(database, "2", "ask_policy", 1, "policy_answer:answered")
    said(database, "3", "ask_policy", 20, "policy_answer:not_covered")
    case = Cases(database).open(
        conversation="web:one", reason="handoff", summary="x", request_key="k", now=NOW
    )
    Cases(database).close(case.ticket, staff="王", now=NOW + timedelta(hours=3))
    Cases(database).rate(case.ticket, conversation="web:one", satisfied=True)
    figures = read_figures(database, day, 2)
    assert figures.total == 3
    assert figures.by_day("intent")["ask_policy"] == [1, 1]
    assert (figures.alone, figures.fallback, figures.not_covered) == (1.0, 0.0, 0.5)
    assert (figures.solved, figures.closed, figures.hours) == (1.0, 1, 3.0)
    other = read_figures(database, day, 2, "telegram")
    assert (other.total, other.closed, other.solved) == (0, 0, None)
    assert read_figures(database, day, 2, "web").closed == 1
    assert read_figures(database, date(2020, 1, 1), 7).alone is None
    table = as_csv(figures.rows).splitlines()
    assert table[0] == "日期,渠道,听成,结果,条数"
    assert f"{day},网页,问政策规定,引文件作答,1" in table
    assert percent(None) == "—"


def test_a_day_that_is_over_is_counted_once_and_outlives_its_messages(database: Database) -> None:
    day = (NOW + timedelta(hours=8)).date()
    said(database, "1", "greet", 0)
    said(database, "2", "ask_policy", 20, "policy_answer:not_covered")
    live = read_figures(database, day, 2)
    assert count_days(database, NOW + timedelta(hours=1)) == 0  # not over yet
    later = NOW + timedelta(days=2)
    assert (count_days(database, later), count_days(database, later)) == (2, 0)
    assert sorted(read_figures(database, day, 2).rows, key=str) == sorted(live.rows, key=str)
    with database.write() as session:
        session.execute(delete(OutboxMessage))
        session.execute(delete(InboxMessage))
        session.commit()
    assert read_figures(database, day, 2).by_day("intent") == live.by_day("intent")
    assert read_figures(database, day, 2, "telegram").total == 0


def test_a_day_waits_for_its_last_answer(database: Database) -> None:
    said(database, "1", "greet", 0)
    take_in(database, Incoming("web", "2", "one", "2", NOW + timedelta(hours=1)))
    assert count_days(database, NOW + timedelta(days=3)) == 0
