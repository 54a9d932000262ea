"""Working days, opening hours, staggered slots; and the promises built on them."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest

from actions.cases.rules import reply_by
from actions.windows.halls.calendar import SESSIONS, day_kind, is_open, next_working_day, slot_times
from store.clock import SHANGHAI


def at(day: int, clock: str) -> datetime:
    return datetime.combine(date(2026, 3, day), time.fromisoformat(clock), SHANGHAI)


@pytest.mark.parametrize(
    ("day", "working", "certain"),
    [
        (date(2026, 3, 11), True, True),
        (date(2026, 3, 15), False, True),
        (date(2026, 10, 1), False, True),  # National Day, a Thursday
        (date(2026, 2, 14), True, True),  # a Saturday worked for Spring Festival
        (date(2031, 3, 11), True, False),
        (date(2031, 3, 15), False, False),
    ],
)
def test_working_days(day: date, working: bool, certain: bool) -> None:
    kind = day_kind(day)
    assert (kind.working, kind.certain) == (working, certain)


def test_the_next_working_day_is_after_the_feast() -> None:
    assert next_working_day(date(2026, 9, 30)) == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("clock", "is_it"),
    [("08:59", False), ("09:00", True), ("11:30", False), ("13:30", True), ("16:30", False)],
)
def test_opening_hours_are_half_open(clock: str, is_it: bool) -> None:
    assert is_open(at(11, clock)) is is_it
    assert not is_open(at(15, clock))


@pytest.mark.parametrize("offset", [0, 10, 20])
def test_slots_lie_in_the_opening_hours_and_do_not_overlap(offset: int) -> None:
    slots = list(slot_times(date(2026, 3, 11), offset))
    assert slots[0][0] == at(11, "09:00") + timedelta(minutes=offset)
    assert all(before[1] <= after[0] for before, after in pairwise(slots))
    for start, end in slots:
        assert any(opens <= start.time() and end.time() <= closes for opens, closes in SESSIONS)
    assert list(slot_times(date(2026, 3, 15), offset)) == []


@pytest.mark.parametrize(
    ("now", "promised"),
    [
        (at(11, "10:00"), at(11, "12:00")),
        (at(11, "15:00"), at(11, "17:00")),
        (at(11, "15:30"), at(12, "09:30")),
        (at(11, "16:59"), at(12, "10:00")),
        (at(11, "17:00"), at(12, "10:00")),
        (at(11, "08:00"), at(11, "10:00")),
        (at(13, "18:00"), at(16, "10:00")),
        (at(14, "12:00"), at(16, "10:00")),
    ],
)
def test_a_person_answers_in_two_working_hours_or_next_morning(
    now: datetime, promised: datetime
) -> None:
    assert reply_by("handoff", now) == promised
    assert reply_by("complaint", now) == promised


@pytest.mark.parametrize("now", [at(11, "10:00"), at(15, "03:00")])
def test_distress_waits_for_no_desk(now: datetime) -> None:
    assert reply_by("distress", now) == now + timedelta(minutes=15)
