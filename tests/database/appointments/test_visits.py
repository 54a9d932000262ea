"""The visit itself, and what people are told before it: arrival, call, end, staying away."""

from datetime import datetime, timedelta

import pytest

from actions.appointments.booking.rules import CHECK_IN_FROM, CHECK_IN_UNTIL, HOLD
from actions.appointments.errors import (
    BookingEnded,
    NotInHall,
    TooEarly,
    TooLate,
    UnknownBooking,
    UnknownBusiness,
)
from actions.appointments.service import Booking, Notice
from store.database import Database
from tests.database.appointments.support import BUSINESS, HALL, NOW, OTHER, Office, outcome

SECOND_LATER = timedelta(seconds=1)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


@pytest.fixture
def mine(office: Office) -> Booking:
    """A visit tomorrow at nine."""
    return office.confirmed("web:a", office.slot())


def told(office: Office, notice: Notice, now: datetime) -> bool:
    """Settle a notice as the outbox does; return whether it is to be sent."""
    with office.database.write() as session:
        sent = office.upkeep.settle(session.connection(), notice, now=now)
        session.commit()
    return sent


def test_one_checks_in_within_the_arrival_window(office: Office, mine: Booking) -> None:
    opens, closes = mine.start - CHECK_IN_FROM, mine.start + CHECK_IN_UNTIL
    with pytest.raises(TooEarly) as early:
        office.desk.check_in(mine.code, now=opens - SECOND_LATER)
    assert early.value.opens == opens
    with pytest.raises(TooLate):
        office.desk.check_in(mine.code, now=closes)
    came = office.windows.check_in("web:a", mine.code.lower(), now=opens)
    assert (came.status, came.checked_in_at) == ("checked_in", opens)
    # Again, at the desk, later: it says the same.
    assert office.desk.check_in(mine.code, now=closes) == came
    assert office.notices(mine) == []


def test_the_last_moment_is_in_time(office: Office, mine: Booking) -> None:
    last = mine.start + CHECK_IN_UNTIL - SECOND_LATER
    assert office.desk.check_in(mine.code, now=last).status == "checked_in"


def test_who_comes_with_a_seat_held_has_confirmed_it(office: Office) -> None:
    slot = office.slot()
    start = NOW + timedelta(days=1, hours=1)
    held = office.hold("web:a", slot, now=start - timedelta(minutes=5))
    assert office.desk.check_in(held.code, now=start - SECOND_LATER).status == "checked_in"
    assert office.upkeep.sweep(now=start + HOLD) == 0
    assert office.seats(slot) == (1, 1)


def test_what_was_cancelled_or_never_was_is_not_checked_in(office: Office, mine: Booking) -> None:
    office.cancel(mine)
    with pytest.raises(BookingEnded):
        office.desk.check_in(mine.code, now=mine.start)
    for code in ("", "YY-222222", mine.code[:-1]):
        with pytest.raises(UnknownBooking):
            office.desk.check_in(code, now=mine.start)


def test_a_visit_from_arrival_to_end(office: Office, mine: Booking) -> None:
    for work in (office.desk.call, office.desk.finish):
        with pytest.raises(NotInHall):
            work(mine.code, now=mine.start)
    office.desk.check_in(mine.code, now=mine.start)
    called = mine.start + timedelta(minutes=3)
    office.desk.call(mine.code, now=called)
    office.desk.call(mine.code, now=called + timedelta(minutes=1))
    assert office.booking(mine).called_at == called
    for _ in range(2):
        office.desk.finish(mine.code, now=mine.end)
    assert office.booking(mine).status == "served"
    with pytest.raises(NotInHall):
        office.desk.call(mine.code, now=mine.end)
    assert outcome(lambda: office.cancel(mine, now=mine.end)) == "booking_past"
    # Over: the next one may be booked.
    assert office.hold("web:a", office.slot(days=3), now=mine.end).status == "held"


def test_what_did_not_take_place_cannot_be_finished(office: Office, mine: Booking) -> None:
    office.cancel(mine)
    with pytest.raises(NotInHall):
        office.desk.finish(mine.code, now=mine.start)


def test_people_without_a_booking_are_called_and_served(office: Office) -> None:
    office.slot()
    code = office.desk.walk_in(HALL, BUSINESS, now=NOW)
    assert office.desk.walk_in(HALL, BUSINESS, now=NOW, priority=True) != code
    office.desk.call(code, now=NOW)
    for _ in range(2):
        office.desk.finish(code, now=NOW + timedelta(minutes=9))
    with pytest.raises(NotInHall):
        office.desk.call(code, now=NOW)
    with pytest.raises(NotInHall):
        office.desk.finish("XC-2222222", now=NOW)
    for hall, business in ((HALL, OTHER), (HALL, "打酱油"), ("月球大厅", BUSINESS)):
        with pytest.raises(UnknownBusiness):
            office.desk.walk_in(hall, business, now=NOW)


def test_who_did_not_come_is_noted_once_and_told(office: Office, mine: Booking) -> None:
    closes = mine.start + CHECK_IN_UNTIL
    assert office.upkeep.sweep(now=closes - SECOND_LATER) == 0
    assert office.upkeep.sweep(now=closes) == 1
    assert office.upkeep.sweep(now=closes) == 0
    assert office.booking(mine).status == "no_show"
    assert office.seats(mine.slot_id) == (1, 1)
    notices = [n for n in office.upkeep.due_notices(now=closes) if n.kind == "no_show"]
    assert [notice.booking.code for notice in notices] == [mine.code]
    with pytest.raises(TooLate):
        office.desk.check_in(mine.code, now=closes)
    # It stands in nobody's way: the next visit may be booked at once.
    assert office.hold("web:a", office.slot(days=2), now=closes).status == "held"


def test_a_closed_hall_makes_nobody_stay_away(office: Office, mine: Booking) -> None:
    office.change_slot(mine.slot_id, closed=True)
    assert office.upkeep.sweep(now=mine.start + CHECK_IN_UNTIL) == 1
    assert office.booking(mine).status == "cancelled"
    assert office.seats(mine.slot_id) == (0, 0)


def test_a_visit_that_staff_forgot_to_end_ends_by_itself(office: Office, mine: Booking) -> None:
    office.desk.check_in(mine.code, now=mine.start)
    office.desk.call(mine.code, now=mine.start)
    next_day = mine.start + timedelta(days=1)
    assert office.upkeep.sweep(now=next_day) == 1
    assert office.upkeep.sweep(now=next_day) == 0
    ended = office.booking(mine)
    assert (ended.status, office.seats(mine.slot_id)) == ("served", (1, 1))
    assert office.hold("web:a", office.slot(days=3), now=next_day).status == "held"


def test_reminders_come_the_evening_before_and_two_hours_before(
    office: Office, mine: Booking
) -> None:
    evening = NOW.replace(hour=18)
    hours = mine.start - timedelta(hours=2)
    assert [(n.kind, n.due_at) for n in office.notices(mine)] == [
        ("reminder_day", evening),
        ("reminder_hours", hours),
    ]
    assert office.upkeep.due_notices(now=evening - SECOND_LATER) == ()
    (notice,) = office.upkeep.due_notices(now=evening)
    assert (notice.kind, notice.booking) == ("reminder_day", mine)
    assert told(office, notice, evening)
    assert not told(office, notice, evening)
    assert office.upkeep.due_notices(now=evening) == ()


def test_a_visit_soon_has_fewer_reminders(office: Office) -> None:
    soon = office.confirmed("web:a", office.slot(9, days=0), now=NOW)
    assert office.notices(soon) == []
    later = office.confirmed("web:b", office.slot(11, days=0), now=NOW)
    assert [notice.kind for notice in office.notices(later)] == ["reminder_hours"]


def test_what_was_moved_is_reminded_of_anew_and_what_was_cancelled_not_at_all(
    office: Office, mine: Booking
) -> None:
    moved = office.change(mine, office.slot(14, days=2))
    assert [notice.due_at for notice in office.notices(mine)] == [
        (NOW + timedelta(days=1)).replace(hour=18),
        moved.start - timedelta(hours=2),
    ]
    office.cancel(moved)
    assert office.notices(mine) == []


def test_a_reminder_that_no_longer_holds_is_never_sent(office: Office, mine: Booking) -> None:
    hours = mine.start - timedelta(hours=2)
    day, two_hours = office.upkeep.due_notices(now=hours)
    office.change_slot(mine.slot_id, closed=True)
    assert not told(office, two_hours, hours)
    office.change_slot(mine.slot_id, closed=False)
    assert not told(office, day, mine.start)


def test_a_freed_seat_gone_again_is_not_told(office: Office) -> None:
    slot = office.slot()
    booked = office.confirmed("web:z", slot)
    office.wait("web:a")
    office.cancel(booked)
    (freed,) = office.upkeep.due_notices(now=NOW)
    assert freed.booking.hold_until is not None
    assert not told(office, freed, freed.booking.hold_until)


def test_notices_come_the_longest_due_first_and_so_many_at_a_time(office: Office) -> None:
    for number, hour in enumerate((10, 9, 11)):
        office.confirmed(f"web:{number}", office.slot(hour))
    due = office.upkeep.due_notices(now=NOW + timedelta(days=1), limit=4)
    assert [notice.kind for notice in due] == ["reminder_day"] * 3 + ["reminder_hours"]
    assert due[-1].booking.owner == "web:1"
