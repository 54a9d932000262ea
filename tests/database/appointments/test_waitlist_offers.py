"""Seats that nobody gave up: the upkeep finds them for who waits, in order, killed or not."""

import itertools
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from actions.appointments.booking import notices, waitlist, waitlist_offers
from actions.appointments.booking.notices import notify
from actions.appointments.booking.rules import FREED_HOLD, NO_SHOW_REACH, NO_SHOWS, OFFERS_FROM
from actions.appointments.service import Booking, Housekeeping, VisitWish
from store.database import Database
from tests.database.appointments.support import (
    BUSINESS,
    HALL,
    NOW,
    OTHER,
    SECOND,
    Office,
    at_once,
    outcome,
)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def whole_day(office: Office, owner: str, *, priority: bool = False) -> Booking:
    """Wait for any seat of BUSINESS tomorrow."""
    return office.wait(
        owner, key=f"wait-of-{owner}", end=NOW + timedelta(days=2), priority=priority
    )


def test_seats_that_nobody_gave_up_are_offered_in_order(office: Office) -> None:
    """A slot opened anew, one open again, one with more seats than before."""
    more, again, new = (office.slot(hour) for hour in (9, 10, 11))
    for slot in (more, again):
        office.confirmed(f"web:{slot}", slot)
    office.change_slot(again, closed=True, capacity=2)
    office.change_slot(new, closed=True)
    for owner in ("web:a", "web:b", "web:c"):
        whole_day(office, owner)
    whole_day(office, "web:old", priority=True)
    assert office.upkeep.offer_free_seats(now=NOW) == 0
    office.change_slot(more, capacity=2)
    for slot in (again, new):
        office.change_slot(slot, closed=False)
    assert office.upkeep.offer_free_seats(now=NOW) == 3
    offered = [office.standing(slot)[-1] for slot in (more, again, new)]
    assert [booking.owner for booking in offered] == ["web:old", "web:a", "web:b"]
    assert {booking.hold_until for booking in offered} == {NOW + FREED_HOLD}
    told = office.upkeep.due_notices(now=NOW)
    assert {(notice.kind, notice.booking) for notice in told} == {("freed", b) for b in offered}
    assert office.upkeep.offer_free_seats(now=NOW) == 0
    assert outcome(lambda: office.hold("web:z", new)) == "slot_full"


def test_a_free_seat_that_nobody_may_have_stays_free(office: Office) -> None:
    """Reserved, too near, another time, another business, too far for who stayed away."""
    days = NO_SHOW_REACH.days + 1
    slots = [office.slot(10, reserved=True), office.slot(9, days=0), office.slot(9, days=2)]
    far = office.slot(9, days=days)
    office.stayed_away("web:missed", times=NO_SHOWS)
    whole_day(office, "web:a")
    office.wait("web:b", business=OTHER)
    wish = VisitWish(BUSINESS, HALL, NOW + timedelta(days=3), NOW + timedelta(days=days + 1))
    office.windows.wait_for(wish, owner="web:missed", request_key="wait", now=NOW)
    assert office.upkeep.offer_free_seats(now=NOW) == 0
    assert [office.seats(slot) for slot in (*slots, far)] == [(0, 0)] * 4


def test_a_person_has_one_free_seat_offered_at_a_time(office: Office) -> None:
    slots = [office.slot(hour) for hour in (9, 10, 11)]
    for business in (BUSINESS, SECOND):
        office.wait("web:a", business=business, key=business)
    office.wait("web:b", key="b")
    assert office.upkeep.offer_free_seats(now=NOW) == 2
    assert [office.owner_of(slot) for slot in slots] == ["web:a", "web:b", None]
    (offer,) = office.standing(slots[0])
    office.confirm(offer)
    assert office.upkeep.offer_free_seats(now=NOW) == 1
    assert office.owner_of(slots[2]) == "web:a"


def test_who_needs_no_seat_any_more_costs_nobody_one(office: Office) -> None:
    mine, free = office.slot(9), office.slot(10)
    whole_day(office, "web:a")
    whole_day(office, "web:b")
    office.confirmed("web:a", mine)
    assert office.upkeep.offer_free_seats(now=NOW) == 1
    assert office.owner_of(free) == "web:b"
    assert office.windows.bookings_of("web:a", now=NOW)[1:] == ()
    third = office.slot(11)
    whole_day(office, "web:c")
    office.confirmed("web:c", third)
    fourth = office.slot(12)
    assert office.upkeep.offer_free_seats(now=NOW) == 0
    assert office.seats(fourth) == (0, 0)


def test_at_night_a_seat_is_kept_until_one_can_be_asked(office: Office) -> None:
    slot = office.slot(10)
    whole_day(office, "web:a")
    night = NOW.replace(hour=2) + timedelta(days=1)
    morning = night.replace(hour=OFFERS_FROM.hour)
    assert office.upkeep.offer_free_seats(now=night) == 1
    (freed,) = office.standing(slot)
    assert (freed.owner, freed.status) == ("web:a", "held")
    assert freed.hold_until == morning + FREED_HOLD
    assert office.upkeep.due_notices(now=morning - timedelta(seconds=1)) == ()
    assert office.upkeep.sweep(now=morning) == 0
    assert [notice.kind for notice in office.upkeep.due_notices(now=morning)] == ["freed"]


class Killed(BaseException):
    """The process ends."""


def test_killed_in_between_it_goes_on_where_it_was(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in the third of five seats: two are offered, none is lost, none is offered twice."""
    slots = [office.slot(hour) for hour in range(9, 14)]
    for person in range(7):
        whole_day(office, f"web:{person}")
    calls = itertools.count(1)

    def dies(connection: Connection, booking_id: int, kind: str, due_at: datetime) -> None:
        if next(calls) == 3:
            raise Killed
        notify(connection, booking_id, kind, due_at)

    with monkeypatch.context() as patched:
        patched.setattr(notices, "notify", dies)
        with pytest.raises(Killed):
            office.upkeep.offer_free_seats(now=NOW)
    assert [office.owner_of(slot) for slot in slots] == ["web:0", "web:1", None, None, None]
    assert len(office.upkeep.due_notices(now=NOW)) == 2
    assert Housekeeping(office.database).offer_free_seats(now=NOW) == 3
    assert [office.owner_of(slot) for slot in slots] == [f"web:{n}" for n in range(5)]
    assert len(office.upkeep.due_notices(now=NOW)) == 5


def test_many_wait_and_many_processes_offer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More seats and queues than one call looks at; each person gets one seat, none is lost."""
    monkeypatch.setattr(waitlist_offers, "SLOTS", 2)
    monkeypatch.setattr(waitlist_offers, "QUEUES", 1)
    monkeypatch.setattr(waitlist, "TURNS", 3)
    slots = [office.slot(hour, capacity=2) for hour in range(9, 15)]
    for person in range(10):
        office.wait(f"web:{person}", business=(BUSINESS, SECOND)[person % 2], key="k")

    def offers(_: int) -> str:
        upkeep = Housekeeping(office.database)
        return str(sum(upkeep.offer_free_seats(now=NOW) for _ in range(12)))

    counts = at_once(3, offers)
    assert sum(int(offered) * times for offered, times in counts.items()) <= 10
    while office.upkeep.offer_free_seats(now=NOW):
        pass  # What rivals had locked just then.
    held = [booking for slot in slots for booking in office.standing(slot)]
    assert sorted(booking.owner for booking in held) == sorted(f"web:{n}" for n in range(10))
    assert all(len(set(office.seats(slot))) == 1 for slot in slots)
