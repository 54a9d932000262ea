"""What is forgotten by rule: what is due and nothing else, and a dry run tells which."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from actions.appointments.booking.tables import BookingRow
from actions.cases.service import Cases
from actions.cases.tables import CaseRow
from actions.dialogue.personal import retention
from actions.dialogue.services import Services
from actions.privacy.background import GROWN_OLD, grow_old
from actions.privacy.service import Privacy
from bot.console.tables import SignInFailure
from bot.messaging.personal.tracker import EVENTS, Tracker
from bot.messaging.tables import Conversation, InboxMessage
from store.database import Database
from tests.database.appointments.support import NOW
from tests.database.privacy.support import (
    LATER,
    PEER,
    PERSON,
    books,
    services_over,
    talks,
    traces,
    writes,
)

DAY = timedelta(days=1)


@pytest.fixture
def services(database: Database, tmp_path: Path) -> Services:
    return services_over(database, tmp_path)


def due(services: Services, now: datetime) -> Mapping[str, int]:
    """Return what a dry run finds, of the rules that find anything."""
    found = [retention.look(rule, now) for rule in services.rules]
    return {each.rule.name: each.count for each in found if each.count}


def run(services: Services, now: datetime) -> Mapping[str, int]:
    done = [retention.run(rule, now) for rule in services.rules]
    return {each.rule.name: each.count for each in done if each.count}


def close_cases(services: Services, now: datetime) -> None:
    cases = services.of(Cases)
    for case in cases.open_cases():
        cases.close(case.ticket, staff="王", now=now)


def test_each_goes_when_its_time_is_over(services: Services) -> None:
    talks(services)
    close_cases(services, NOW)
    assert due(services, NOW + 30 * DAY) == {}
    assert due(services, NOW + 31 * DAY) == run(services, NOW + 31 * DAY) == {"tracker": 1}
    assert run(services, NOW + 91 * DAY) == {"course_sign_ups": 1}
    assert due(services, NOW + 180 * DAY) == {}
    assert run(services, NOW + 181 * DAY) == {"transcripts": 1}
    year = {"policy_feedback", "resume_entries"}
    assert traces(services, PEER) == {"cases", "case_requests", "staff_shares", *year}
    assert run(services, NOW + 366 * DAY) == dict.fromkeys(year, 1)
    assert run(services, NOW + 731 * DAY) == {"cases": 1, "staff_shares": 1}
    assert traces(services, PEER) == set()
    with services.database.read() as session:
        case = session.scalars(select(CaseRow)).one()
    assert (case.opened_at, case.closed_at) == (NOW, NOW)
    assert case.ticket.startswith("GD-")


def test_whoever_waits_for_an_answer_is_left_alone(services: Services) -> None:
    talks(services)
    # What has ended waits for nobody.
    ended = {"course_sign_ups": 1, "staff_shares": 1, "resume_entries": 1}
    assert due(services, NOW + 3000 * DAY) == {"policy_feedback": 1, "tracker": 1, **ended}
    close_cases(services, NOW + 3000 * DAY)
    writes(services.database, "还在吗", key="waiting")
    assert "transcripts" not in due(services, NOW + 3000 * DAY)


def test_a_visit_loses_its_person_ninety_days_after(services: Services) -> None:
    books(services)
    assert due(services, NOW + 500 * DAY) == {}  # the sweep has not been: it stands
    with services.database.write() as session:
        session.execute(update(BookingRow).values(active=False, place=None, status="served"))
        session.commit()
    assert due(services, NOW + 90 * DAY) == {}
    assert run(services, NOW + 92 * DAY) == {"bookings": 1}
    with services.database.read() as session:
        visit = session.scalars(select(BookingRow)).one()
    assert (visit.owner, visit.status) == ("", "served")


def test_the_oldest_is_told(services: Services) -> None:
    talks(services)
    (tracker,) = [rule for rule in services.rules if rule.name == "tracker"]
    assert retention.look(tracker, NOW + 31 * DAY).oldest == NOW
    assert retention.look(tracker, NOW).oldest is None


@given(
    ages=st.lists(st.integers(0, 400), max_size=12),
    waiting=st.sets(st.integers(0, 11)),
    at_hand=st.sets(st.integers(0, 11)),
)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_younger_than_its_rule_or_alive_goes(
    services: Services, ages: list[int], waiting: set[int], at_hand: set[int]
) -> None:
    now = NOW + 1000 * DAY
    _begin_anew(services)
    with services.database.write() as session:
        for n, age in enumerate(ages):
            at = now - age * DAY
            session.add(
                Conversation(
                    id=f"web:{n}",
                    channel="web",
                    mode="staff" if n in at_hand else "bot",
                    created_at=at,
                    active_at=at,
                )
            )
            session.flush()
            pending = n in waiting
            session.add(
                InboxMessage(
                    channel="web",
                    key=f"{n}",
                    conversation_id=f"web:{n}",
                    text="你好",
                    payload="/greet",
                    status="pending" if pending else "done",
                    next_attempt_at=at,
                    received_at=at,
                    finished_at=None if pending else at,
                )
            )
            session.add(SignInFailure(key=f"{n}", failures=1, last_at=at))
        session.commit()
    with services.of(Tracker).beside() as beside, beside.write() as theirs:
        for n, age in enumerate(ages):
            at = (now - age * DAY).timestamp()
            event = {"sender_id": f"web:{n}", "type_name": "user", "timestamp": at}
            theirs.execute(insert(EVENTS).values(**event, data=json.dumps({})))
        theirs.commit()
    counted = due(services, now)
    assert run(services, now) == counted
    assert due(services, now) == {}
    young = {n for n, age in enumerate(ages) if age <= 180}
    alive = {n for n in range(len(ages)) if n in waiting or n in at_hand}
    with services.database.read() as session:
        left = {int(key[4:]) for key in session.scalars(select(Conversation.id))}
        pressed = {
            int(key)
            for key in session.scalars(
                select(InboxMessage.key).where(InboxMessage.payload.is_not(None))
            )
        }
        failed = {int(key) for key in session.scalars(select(SignInFailure.key))}
    recent = {n for n, age in enumerate(ages) if age <= 30}
    assert left == young | alive
    assert pressed == recent | {n for n in waiting if n < len(ages)}
    assert failed == recent
    with services.of(Tracker).beside() as beside, beside.read() as theirs_now:
        known = {int(key[4:]) for key in theirs_now.scalars(select(EVENTS.c.sender_id))}
    assert known == recent


def _begin_anew(services: Services) -> None:
    with services.database.write() as session:
        for row in (InboxMessage, Conversation, SignInFailure):
            session.execute(row.__table__.delete())
        session.commit()
    with services.of(Tracker).beside() as beside, beside.write() as theirs:
        theirs.execute(EVENTS.delete())
        theirs.commit()


def test_one_process_runs_the_rules_of_a_night(services: Services) -> None:
    talks(services)
    late = NOW + 31 * DAY
    assert grow_old(services, late) == {GROWN_OLD: 1}
    talks(services, "another")
    assert grow_old(services, late) == {GROWN_OLD: 0}
    assert grow_old(services, late + DAY) == {GROWN_OLD: 1}


def test_a_wish_that_stands_keeps_its_conversation(services: Services) -> None:
    talks(services)
    close_cases(services, NOW)
    services.of(Privacy).ask(PERSON, LATER)
    assert "transcripts" not in due(services, NOW + 200 * DAY)
