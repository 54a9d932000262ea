"""The waiting list: who waits for a seat gets the first one freed, in order, for a while."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.appointments.booking import insertion
from actions.appointments.booking.rules import (
    FREED_HOLD,
    NO_SHOW_REACH,
    NO_SHOWS,
    OFFERS_FROM,
    WAIT_NOTICE,
)
from actions.appointments.booking.tables import PLACES, WaitRow
from actions.appointments.errors import (
    AlreadyBooked,
    AlreadyWaiting,
    UnknownBooking,
    UnknownBusiness,
    WaitPast,
)
from actions.appointments.service import Booking, VisitWish
from store.database import Database
from tests.database.appointments.support import (
    BUSINESS,
    HALL,
    NOW,
    OTHER,
    SECOND,
    Office,
    outcome,
)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def test_a_place_in_the_list_is_shown_left_and_taken_again(office: Office) -> None:
    office.slot()
    place = office.wait("web:a", key="tap")
    assert (place.status, place.slot_id, place.hall) == ("waitlisted", 0, HALL)
    assert office.wait("web:a", key="tap") == place
    assert office.windows.bookings_of("web:a", now=NOW) == (place,)
    with pytest.raises(AlreadyWaiting) as raised:
        office.wait("web:a")
    assert raised.value.wait == place
    with pytest.raises(UnknownBooking):
        office.windows.cancel("web:b", place.code, now=NOW)
    left = office.cancel(place)
    assert left.status == "cancelled"
    assert office.cancel(place) == left
    assert office.windows.bookings_of("web:a", now=NOW) == ()
    assert office.wait("web:a").code != place.code


def test_a_freed_seat_is_held_for_who_waited_longest(office: Office) -> None:
    slot = office.slot()
    booked = office.confirmed("web:z", slot)
    for owner in ("web:a", "web:b"):
        office.wait(owner)
    later = NOW + timedelta(minutes=7)
    office.cancel(booked, now=later)
    freed = office.holder(slot)
    assert freed is not None
    assert (freed.owner, freed.status, freed.hold_until) == ("web:a", "held", later + FREED_HOLD)
    (notice,) = office.upkeep.due_notices(now=later)
    assert (notice.kind, notice.booking) == ("freed", freed)
    assert outcome(lambda: office.hold("web:c", slot, now=later)) == "slot_full"
    assert office.confirm(freed, now=later).status == "confirmed"
    assert "freed" not in {notice.kind for notice in office.upkeep.due_notices(now=later)}


def test_a_seat_freed_at_night_is_kept_until_one_can_be_asked(office: Office) -> None:
    slot = office.slot(days=2)
    booking = office.confirmed("web:x", slot)
    office.wait("web:a")
    night = NOW.replace(hour=23)
    office.cancel(booking, now=night)
    freed = office.holder(slot)
    assert freed is not None
    morning = (night + timedelta(days=1)).replace(hour=OFFERS_FROM.hour, minute=0)
    assert (freed.owner, freed.hold_until) == ("web:a", morning + FREED_HOLD)
    assert office.upkeep.due_notices(now=morning - timedelta(minutes=1)) == ()
    assert [notice.kind for notice in office.upkeep.due_notices(now=morning)] == ["freed"]


def test_priority_people_come_first(office: Office) -> None:
    slot = office.slot()
    booked = office.confirmed("web:z", slot)
    office.wait("web:a")
    office.wait("web:old", priority=True)
    office.cancel(booked)
    assert office.owner_of(slot) == "web:old"


def test_an_offer_not_taken_goes_to_the_next_then_to_everybody(office: Office) -> None:
    slot = office.slot()
    booked = office.confirmed("web:z", slot)
    places = [office.wait(owner) for owner in ("web:a", "web:b")]
    office.cancel(booked)
    now = NOW
    for owner in ("web:a", "web:b"):
        assert office.owner_of(slot) == owner
        now += FREED_HOLD
        assert office.upkeep.sweep(now=now - timedelta(seconds=1)) == 0
        assert office.upkeep.sweep(now=now) == 1
    assert office.holder(slot) is None
    assert [status(office, place) for place in places] == ["missed", "missed"]
    assert office.hold("web:c", slot, now=now).status == "held"


def status(office: Office, place: Booking) -> str:
    """Return what became of a place in the list, as the table has it."""
    with office.database.read() as session:
        return session.scalars(select(WaitRow.status).where(WaitRow.id == place.id)).one()


def test_a_seat_too_near_is_for_everybody(office: Office) -> None:
    slot = office.slot()
    booked = office.confirmed("web:z", slot)
    office.wait("web:a")
    office.cancel(booked, now=booked.start - WAIT_NOTICE)
    assert office.holder(slot) is None


def test_an_offer_near_the_visit_ends_in_time_for_somebody_else(office: Office) -> None:
    slot = office.slot()
    booked = office.confirmed("web:z", slot)
    office.wait("web:a")
    office.cancel(booked, now=booked.start - WAIT_NOTICE - timedelta(minutes=1))
    freed = office.holder(slot)
    assert freed is not None
    assert freed.hold_until is not None
    assert freed.hold_until <= booked.start - WAIT_NOTICE / 2


def test_only_seats_one_waits_for_are_offered(office: Office) -> None:
    wished, early, reserved = office.slot(10), office.slot(9), office.slot(11, reserved=True)
    booked = [
        office.confirmed("web:x", wished, business=SECOND),
        office.confirmed("web:y", early),
        office.confirm(office.hold("web:z", reserved, priority=True)),
    ]
    noon = booked[0].start + timedelta(hours=2)
    office.wait("web:second", business=SECOND, start=booked[0].start, end=noon)
    for booking in booked[1:]:
        office.cancel(booking)
    assert (office.owner_of(early), office.owner_of(reserved)) == (None, None)
    office.cancel(booked[0])
    assert office.owner_of(wished) == "web:second"


def test_a_closed_slot_is_offered_to_nobody(office: Office) -> None:
    slot = office.slot()
    booked = office.confirmed("web:z", slot)
    office.wait("web:a")
    office.change_slot(slot, closed=True)
    office.cancel(booked)
    assert office.holder(slot) is None


def test_a_change_and_a_lapse_pass_the_seat_on_like_a_cancellation(office: Office) -> None:
    first, second, third = (office.slot(hour) for hour in (9, 10, 11))
    moved = office.confirmed("web:z", first)
    lapsing = office.hold("web:y", second)
    for owner in ("web:a", "web:b"):
        office.wait(owner)
    office.change(moved, third)
    assert office.owner_of(first) == "web:a"
    assert lapsing.hold_until is not None
    office.upkeep.sweep(now=lapsing.hold_until)
    assert office.owner_of(second) == "web:b"


def test_who_has_booked_otherwise_is_passed_over(office: Office) -> None:
    slot, other = office.slot(9), office.slot(10)
    booked = office.confirmed("web:z", slot)
    place = office.wait("web:a")
    office.wait("web:b")
    office.confirmed("web:a", other)
    with pytest.raises(AlreadyBooked):
        office.wait("web:a")
    office.cancel(booked)
    assert office.owner_of(slot) == "web:b"
    assert status(office, place) == "left"


def test_who_has_as_many_as_one_may_have_is_passed_over(office: Office) -> None:
    slot = office.slot(9)
    booked = office.confirmed("web:z", slot)
    office.wait("web:a")
    names = [f"业务{number}" for number in range(PLACES)]
    office.businesses(names)
    for hour, name in enumerate(names, start=10):
        office.hold("web:a", office.slot(hour), business=name)
    office.cancel(booked)
    assert office.holder(slot) is None


def test_an_offer_declined_goes_to_the_next(office: Office) -> None:
    slot = office.slot()
    booked = office.confirmed("web:z", slot)
    place = office.wait("web:a")
    office.wait("web:b")
    office.wait("web:c")
    office.cancel(booked)
    # By the code of the place, as an old button has it, or by that of the held booking.
    assert office.cancel(place).status == "cancelled"
    assert office.owner_of(slot) == "web:b"
    second = office.holder(slot)
    assert second is not None
    office.cancel(second)
    assert office.owner_of(slot) == "web:c"


def test_a_repeated_request_finds_its_place_whatever_became_of_it(office: Office) -> None:
    slot = office.slot()
    booked = office.confirmed("web:z", slot)
    place = office.wait("web:a", key="tap")
    office.cancel(booked)
    assert office.wait("web:a", key="tap").code == place.code


def test_a_wait_that_came_to_nothing_bars_no_other(office: Office) -> None:
    office.slot()
    first = office.wait("web:a", end=NOW + timedelta(days=1))
    later = NOW + timedelta(days=1)
    second = office.wait("web:a", start=later, end=later + timedelta(days=1), now=later)
    assert second.code != first.code
    assert status(office, first) == "missed"


def test_a_code_given_out_before_costs_nobody_their_turn(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = office.slot()
    booked = office.confirmed("web:z", slot)
    office.wait("web:a")
    codes = iter([booked.code])
    fresh = insertion.new_id
    monkeypatch.setattr(insertion, "new_id", lambda prefix: next(codes, None) or fresh(prefix))
    office.cancel(booked)
    assert office.owner_of(slot) == "web:a"


def test_a_stretch_one_cannot_wait_for(office: Office) -> None:
    office.slot()
    hour = timedelta(hours=1)
    for start, end in ((NOW - 3 * hour, NOW - hour), (NOW, NOW + WAIT_NOTICE), (NOW + hour, NOW)):
        with pytest.raises(WaitPast):
            office.wait("web:a", start=start, end=end)
    with pytest.raises(UnknownBusiness):
        office.wait("web:a", business="打酱油")
    with pytest.raises(ValueError, match="hall, start and end"):
        office.windows.wait_for(VisitWish(BUSINESS, HALL), owner="web:a", request_key="k", now=NOW)
    assert office.wait("web:a", business=OTHER).status == "waitlisted"


def test_who_stayed_away_often_gets_no_far_seat_by_waiting_either(office: Office) -> None:
    days = NO_SHOW_REACH.days
    near, far = office.slot(9, days=days - 1), office.slot(9, days=days + 1)
    booked = [office.confirmed("web:y", near), office.confirmed("web:z", far)]
    office.stayed_away("web:a", times=NO_SHOWS)
    for owner in ("web:a", "web:b"):
        wish = VisitWish(BUSINESS, HALL, NOW, NOW + timedelta(days=days + 2))
        office.windows.wait_for(wish, owner=owner, request_key="wait", now=NOW)
    for booking in reversed(booked):
        office.cancel(booking)
    assert (office.owner_of(far), office.owner_of(near)) == ("web:b", "web:a")
