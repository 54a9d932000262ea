"""Working days, opening hours, and the promise to answer that is made of them."""

from datetime import date, datetime, time, timedelta

import pytest

from actions.appointments.halls.calendar import hours_text, is_open, read_sessions, sessions_on
from actions.appointments.records import Hall
from actions.calendar import at_minute, minute_of, working_days
from actions.cases.rules import reply_by
from language.times.working_days import day_kind, next_working_day
from store.clock import SHANGHAI

SESSIONS = ((time(9), time(11, 30)), (time(13, 30), time(16, 30)))
HALL = Hall(1, "测试大厅", (), "310115", "测试路", 40, "", SESSIONS)


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
        (date(2027, 2, 5), False, False),  # the eve of Spring Festival, a Friday
        (date(2027, 2, 8), False, False),  # the third day of the lunar year, a Monday
        (date(2027, 2, 9), True, False),
        (date(2027, 4, 5), False, False),  # Qingming, a Monday
        (date(2027, 6, 9), False, False),  # Dragon Boat Festival, a Wednesday
        (date(2027, 10, 1), False, False),
    ],
)
def test_working_days(day: date, working: bool, certain: bool) -> None:
    kind = day_kind(day)
    assert (kind.working, kind.certain) == (working, certain)


def test_the_next_working_day_is_after_the_feast() -> None:
    assert next_working_day(date(2026, 9, 30)) == date(2026, 10, 8)


def test_the_coming_working_days_leave_out_feasts_and_take_in_make_up_days() -> None:
    days = list(working_days(date(2026, 9, 29), 12))
    assert days[:3] == [date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 8)]
    assert date(2026, 10, 10) in days  # a Saturday worked for National Day
    assert list(working_days(date(2026, 3, 14), 0)) == []


@pytest.mark.parametrize(
    ("clock", "is_it"),
    [("08:59", False), ("09:00", True), ("11:30", False), ("13:30", True), ("16:30", False)],
)
def test_opening_hours_are_half_open(clock: str, is_it: bool) -> None:
    assert is_open(HALL, at(11, clock)) is is_it
    assert not is_open(HALL, at(15, clock))


def test_a_moment_of_another_zone_is_read_in_ours() -> None:
    utc = datetime.fromisoformat("2026-03-11T01:00:00+00:00")
    assert is_open(HALL, utc)
    assert minute_of(utc) == 540
    assert at_minute(date(2026, 3, 11), 540) == utc


@pytest.mark.parametrize(
    ("closed", "left"),
    [
        ((), [("09:00", "11:30"), ("13:30", "16:30")]),
        ((("10:00", "10:30"),), [("09:00", "10:00"), ("10:30", "11:30"), ("13:30", "16:30")]),
        ((("08:00", "14:00"),), [("14:00", "16:30")]),
        ((("08:00", "10:00"), ("09:30", "11:00")), [("11:00", "11:30"), ("13:30", "16:30")]),
        ((("11:30", "13:30"),), [("09:00", "11:30"), ("13:30", "16:30")]),
        ((("00:00", "23:59"),), []),
    ],
)
def test_a_closed_stretch_is_cut_out(
    closed: tuple[tuple[str, str], ...], left: list[tuple[str, str]]
) -> None:
    gaps = [(at(11, start), at(11, end)) for start, end in closed]
    opened = [(at(11, start), at(11, end)) for start, end in left]
    assert list(sessions_on(HALL, date(2026, 3, 11), gaps)) == opened
    for minute in range(0, 24 * 60, 10):
        moment = at(11, "00:00") + timedelta(minutes=minute)
        assert is_open(HALL, moment, gaps) is any(s <= moment < e for s, e in opened)


def test_hours_as_people_read_them() -> None:
    sessions = read_sessions([["09:00", "11:30"], ["13:30", "16:30"]])
    assert sessions == SESSIONS
    assert hours_text(sessions) == "工作日 9:00–11:30、13:30–16:30"


@pytest.mark.parametrize(
    "stored",
    [
        [],
        [["九点", "11:30"]],
        [["11:30", "09:00"]],
        [["09:00", "09:00"]],
        [["09:00", "12:00"], ["11:30", "16:30"]],
        [["09:00"]],
    ],
)
def test_hours_that_cannot_be_are_refused(stored: list[list[str]]) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_sessions(stored)


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


@pytest.mark.parametrize(
    ("now", "attended", "promised"),
    [
        (at(11, "10:00"), False, at(11, "10:15")),
        (at(15, "03:00"), True, at(15, "03:15")),
        (at(15, "03:00"), False, at(16, "09:15")),
        (at(16, "03:00"), False, at(16, "09:15")),
    ],
)
def test_distress_is_answered_as_soon_as_somebody_is_there(
    now: datetime, attended: bool, promised: datetime
) -> None:
    assert reply_by("distress", now, attended=attended) == promised
