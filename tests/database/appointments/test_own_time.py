"""What clashes with a person's own bookings is not offered, nor held for who waits for it."""

from datetime import datetime, timedelta

import pytest

from actions.appointments import sentences as say
from actions.appointments.booking.rules import TRAVEL
from actions.appointments.halls.opening_days import open_days
from actions.appointments.service import VisitWish
from store.database import Database
from tests.database.appointments.halls_support import add_hall
from tests.database.appointments.support import BUSINESS, HALL, NOW, SECOND, Office

NEAR = "邻区大厅"
MORNING = NOW.replace(hour=9) + timedelta(days=1)
"""When the slot is at which the person has a booking, half an hour long."""
HALF_AN_HOUR = timedelta(minutes=30)
WISH = VisitWish(BUSINESS, HALL, NOW, NOW + timedelta(days=3))


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def offered(office: Office, wish: VisitWish) -> list[datetime]:
    return [slot.start for slot in office.windows.offer(wish, now=NOW, limit=99).slots]


def test_no_time_is_offered_at_which_one_is_elsewhere(office: Office) -> None:
    nine, _ = office.slot(9, capacity=3), office.slot(10, capacity=3)
    own = office.confirmed("web:a", nine, business=SECOND)
    ten = MORNING + timedelta(hours=1)
    assert offered(office, WISH.of("web:a", for_other=False)) == [ten]
    assert offered(office, WISH.of("web:a", for_other=True)) == [MORNING, ten]
    assert offered(office, WISH.of("web:b", for_other=False)) == [MORNING, ten]
    # One's own booking does not stand in the way of moving it.
    assert offered(office, WISH.moving(own)) == [MORNING, ten]
    office.cancel(own)
    assert offered(office, WISH.of("web:a", for_other=False)) == [MORNING, ten]


def test_it_is_said_that_one_is_elsewhere_then(office: Office) -> None:
    nine, ten = office.slot(9, capacity=3), office.slot(10, capacity=3)
    office.confirmed("web:a", nine, business=SECOND)
    wish = VisitWish(BUSINESS, HALL, MORNING, MORNING + HALF_AN_HOUR, owner="web:a")
    offer = office.windows.offer(wish, now=NOW)
    assert (offer.note, offer.full) == (say.NOTE_ELSEWHERE, False)
    assert [slot.id for slot in offer.slots] == [ten]


def test_the_way_from_another_hall_is_counted(office: Office) -> None:
    office.confirmed("web:a", office.slot(9), business=SECOND)
    add_hall(office.database, NEAR)
    open_days(office.database, now=NOW, days=2)
    until = MORNING + timedelta(hours=2)
    wish = VisitWish("甲", NEAR, MORNING, until, earliest=True)
    anybodys, own = (
        [start for start in offered(office, each) if MORNING <= start < until]
        for each in (wish, wish.of("web:a", for_other=False))
    )
    assert anybodys[0] == MORNING
    after = MORNING + HALF_AN_HOUR + TRAVEL
    assert own == [start for start in anybodys if start >= after] != []


def test_a_freed_seat_is_not_held_for_who_is_elsewhere_then(office: Office) -> None:
    slot = office.slot(capacity=2)
    own = office.confirmed("web:a", slot, business=SECOND)
    booked = office.confirmed("web:z", slot)
    waits = [office.wait(owner) for owner in ("web:a", "web:b")]
    office.cancel(booked)
    assert {booking.owner for booking in office.standing(slot)} == {"web:a", "web:b"}
    assert office.windows.bookings_of("web:a", now=NOW) == (own, waits[0])


def test_a_seat_that_nobody_gave_up_is_not_held_for_them_either(office: Office) -> None:
    slot = office.slot(capacity=2)
    office.confirmed("web:a", slot, business=SECOND)
    office.wait("web:a")
    assert office.upkeep.offer_free_seats(now=NOW) == 0
    office.wait("web:b")
    assert office.upkeep.offer_free_seats(now=NOW) == 1
    assert {booking.owner for booking in office.standing(slot)} == {"web:a", "web:b"}
