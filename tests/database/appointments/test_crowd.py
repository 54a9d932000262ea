"""How full a hall is: counted where people are noted, predicted where not; its week."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from actions.appointments.booking.closures import close
from actions.appointments.errors import UnknownHall
from actions.appointments.halls.opening_days import open_days
from actions.appointments.halls.tables import HallDayRow, SlotRow
from actions.appointments.service import Appointments, HallDesk, VisitWish
from store.clock import SHANGHAI
from store.database import Database
from tests.database.appointments.halls_support import HALL, add_hall

NOW = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)  # a Wednesday
BUSINESS = "甲"


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def windows(database: Database) -> Appointments:
    add_hall(database)
    open_days(database, now=NOW, days=9)
    with database.write() as session:
        session.execute(update(HallDayRow).values(first=540, walk_ins=[4.0] * 90, stay=30.0))
        session.commit()
    return Appointments(database)


def fill(database: Database, start: datetime, end: datetime) -> int:
    """Take every seat in a stretch; return how many."""
    with database.write() as session:
        within = (SlotRow.start >= start, SlotRow.start < end)
        session.execute(update(SlotRow).where(*within).values(taken=SlotRow.capacity))
        session.commit()
        return sum(session.scalars(select(SlotRow.capacity).where(*within)))


def test_where_nobody_is_noted_people_are_predicted(
    windows: Appointments, database: Database
) -> None:
    quiet = windows.crowd(HALL, now=at(12, 10))
    assert (quiet.is_open, quiet.counted, quiet.predicted, quiet.people) == (True, None, 4, 4)
    seats = fill(database, at(12, 9, 35), at(12, 10, 1))
    busy = windows.crowd(HALL, now=at(12, 10))
    assert busy.predicted == busy.people == round(4 + 0.92 * seats)
    assert busy.people > quiet.people


def test_who_is_checked_in_and_who_walked_in_is_counted_until_they_leave(
    windows: Appointments, database: Database
) -> None:
    desk = HallDesk(database)
    wish = VisitWish(BUSINESS, HALL, at(12, 9, 30), at(12, 11))
    slot = windows.offer(wish, now=NOW).slots[0]
    booking = windows.hold(
        owner="web:a", slot_id=slot.id, business=BUSINESS, request_key="k", now=NOW
    )
    windows.confirm("web:a", booking.code, now=NOW)
    before = windows.crowd(HALL, now=slot.start)
    assert before.counted is None
    windows.check_in("web:a", booking.code, now=slot.start)
    number = desk.walk_in(hall=HALL, business=BUSINESS, priority=False, now=slot.start)
    later = slot.start + timedelta(minutes=1)
    both = windows.crowd(HALL, now=later)
    assert (both.counted, both.people) == (2, 2)
    assert both.predicted == before.predicted
    desk.call(number, now=later)
    desk.finish(number, now=later)
    desk.call(booking.code, now=later)
    desk.finish(booking.code, now=later)
    # Nobody is left: that is counted, too, and not predicted anew.
    assert windows.crowd(HALL, now=later).counted == 0
    assert windows.crowd(HALL, now=at(13, 10)).counted is None


def test_who_was_never_noted_to_leave_has_left_after_some_hours(
    windows: Appointments, database: Database
) -> None:
    HallDesk(database).walk_in(hall=HALL, business=BUSINESS, priority=False, now=at(12, 9, 30))
    assert windows.crowd(HALL, now=at(12, 11)).counted == 1
    assert windows.crowd(HALL, now=at(12, 15)).counted == 0


@pytest.mark.parametrize("now", [at(12, 8), at(12, 12), at(12, 16, 30), at(15, 10)])
def test_a_closed_hall_holds_nobody(windows: Appointments, now: datetime) -> None:
    crowd = windows.crowd(HALL, now=now)
    assert (crowd.is_open, crowd.people, crowd.counted) == (False, 0, None)
    assert crowd.quiet
    assert all(quiet.start > now for quiet in crowd.quiet)


def test_a_late_closure_closes_the_hall(windows: Appointments, database: Database) -> None:
    close(database, hall=HALL, start=at(12), end=at(13), reason="停电", by="staff", now=NOW)
    crowd = windows.crowd(HALL, now=at(12, 10))
    assert not crowd.is_open
    assert {quiet.start.day for quiet in crowd.quiet} == {13}


def test_quiet_times_are_calmer_than_now_and_soon(
    windows: Appointments, database: Database
) -> None:
    fill(database, at(12, 9), at(12, 11))
    crowd = windows.crowd(HALL, now=at(12, 10))
    assert len(crowd.quiet) == 3
    starts = [quiet.start for quiet in crowd.quiet]
    assert starts == sorted(starts)
    assert all(quiet.expected_people < crowd.people for quiet in crowd.quiet)
    assert all(at(12, 10) < quiet.start < at(12, 16, 30) for quiet in crowd.quiet)
    assert all(not at(12, 11, 30) <= start < at(12, 13, 30) for start in starts)
    # Nothing of today is calmer than the calmest: the next working day is looked at.
    assert {quiet.start.day for quiet in windows.crowd(HALL, now=at(12, 16, 20)).quiet} <= {13}


def test_the_week_has_six_working_days_and_is_empty_where_closed(
    windows: Appointments, database: Database
) -> None:
    seats = fill(database, at(13, 9), at(13, 9, 30))
    close(database, hall=HALL, start=at(16, 13), end=at(16, 18), reason="停电", by="staff", now=NOW)
    week = windows.week(HALL, now=at(12, 10))
    assert (week.hall, week.capacity) == (HALL, 40)
    assert week.days == tuple(date(2026, 3, day) for day in (12, 13, 16, 17, 18, 19))
    assert week.times == tuple(range(540, 990, 30))
    lunch = [week.times.index(minute) for minute in range(690, 810, 30)]
    for day, people in zip(week.days, week.people, strict=True):
        closed = {place for place, number in enumerate(people) if number is None}
        afternoon = set(range(lunch[-1] + 1, len(people))) if day.day == 16 else set()
        assert closed == {*lunch, *afternoon}
    assert week.people[0][0] == 4
    # Their half hour goes on into the next: of those who came at 9:00 to 9:25, all at 9:25.
    assert 4 < (week.people[1][0] or 0) <= round(4 + 0.92 * seats)
    assert week.people[1][2] == 4


def test_a_week_begins_with_the_next_working_day(windows: Appointments) -> None:
    assert windows.week(HALL, now=at(14, 10)).days[0] == date(2026, 3, 16)


def test_an_unknown_hall_is_an_error(windows: Appointments) -> None:
    with pytest.raises(UnknownHall):
        windows.crowd("月球大厅", now=NOW)
    with pytest.raises(UnknownHall):
        windows.week("月球大厅", now=NOW)
