"""Cases: opened once per turn and per reason, promised, closed, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from actions.cases.service import Case, Cases, UnknownCase
from store.clock import SHANGHAI
from store.database import Database

NOW = datetime(2026, 3, 11, 10, 0, tzinfo=SHANGHAI)


def opened(cases: Cases, key: str = "m1", reason: str = "handoff", to: str = "web:a") -> Case:
    return cases.open(conversation=to, reason=reason, summary="想问社保", request_key=key, now=NOW)


def test_a_case_is_promised_and_found(database: Database) -> None:
    cases = Cases(database)
    case = opened(cases)
    assert (case.status, case.reason, case.summary) == ("open", "handoff", "想问社保")
    assert case.opened_at == NOW
    assert case.reply_by == NOW + timedelta(hours=2)
    assert cases.get(case.ticket.lower()) == case
    assert cases.open_cases() == (case,)
    assert cases.for_conversation("web:a") == (case,)
    assert cases.for_conversation("web:b") == ()


def test_a_repeat_and_a_second_wish_open_nothing(database: Database) -> None:
    cases = Cases(database)
    first = opened(cases)
    assert opened(cases) == first
    assert opened(cases, "m2") == first
    assert opened(cases, "m3", reason="complaint") != first
    assert len(cases.open_cases()) == 2


def test_the_same_key_in_another_conversation_is_another_case(database: Database) -> None:
    cases = Cases(database)
    assert opened(cases).ticket != opened(cases, to="web:b").ticket


def test_closed_stays_closed_and_its_repeat_too(database: Database) -> None:
    cases = Cases(database)
    case = opened(cases)
    opened(cases, "m2")
    closed = cases.close(case.ticket, staff="王", now=NOW)
    assert closed.status == "closed"
    assert cases.close(case.ticket, staff="李", now=NOW) == closed
    assert opened(cases) == opened(cases, "m2") == closed
    assert cases.open_cases() == ()
    assert opened(cases, "m4").ticket != case.ticket


def test_distress_is_due_first(database: Database) -> None:
    cases = Cases(database)
    opened(cases)
    urgent = opened(cases, "m2", reason="distress")
    assert urgent.reply_by == NOW + timedelta(minutes=15)
    assert cases.open_cases(limit=1) == (urgent,)


def test_what_is_not_there_is_refused(database: Database) -> None:
    cases = Cases(database)
    assert cases.get("GD-0000000") is None
    with pytest.raises(UnknownCase):
        cases.close("nonsense", staff="王", now=NOW)
    with pytest.raises(ValueError, match="unknown reason"):
        opened(cases, reason="boredom")


def test_many_at_once_open_one(database: Database) -> None:
    cases = Cases(database)
    with ThreadPoolExecutor(12) as pool:
        tickets = {case.ticket for case in pool.map(lambda n: opened(cases, f"m{n}"), range(12))}
    assert len(tickets) == 1
