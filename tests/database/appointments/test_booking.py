"""From a held seat to a visit, changed or given up: every step and every refusal."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from actions.appointments.booking.rules import HOLD, NO_SHOW_MEMORY, NO_SHOW_REACH
from actions.appointments.booking.tables import PLACES, BookingRow
from actions.appointments.errors import (
    AlreadyBooked,
    BookingEnded,
    HoldLapsed,
    SlotClosed,
    SlotFull,
    SlotPast,
    SlotReserved,
    TooFarAhead,
    TooManyBookings,
    UnknownBooking,
    UnknownBusiness,
    UnknownSlot,
    WindowError,
)
from actions.appointments.halls.tables import SlotRow, WindowBusinessRow
from actions.appointments.service import Booking
from actions.ids import ALPHABET
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

LAPSED = NOW + HOLD
YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def test_a_seat_is_held_then_confirmed(office: Office) -> None:
    slot = office.slot()
    held = office.hold("web:a", slot)
    assert (held.status, held.hold_until, held.slot_id) == ("held", NOW + HOLD, slot)
    assert (held.hall, held.business, held.bring) == (HALL, BUSINESS, ("身份证",))
    assert office.booking(held) == held
    confirmed = office.confirm(held)
    assert (confirmed.status, confirmed.hold_until) == ("confirmed", None)
    assert office.confirm(held) == confirmed == office.booking(held)
    assert office.windows.bookings_of("web:a", now=NOW) == (confirmed,)
    assert office.seats(slot) == (1, 1)


def test_a_repeated_request_is_answered_as_before(office: Office) -> None:
    slot, other = office.slot(9), office.slot(10)
    held = office.hold("web:a", slot, key="tap")
    assert office.hold("web:a", slot, key="tap") == held
    assert office.hold("web:b", other, key="tap").code != held.code
    confirmed = office.confirm(held)
    assert office.hold("web:a", slot, key="tap") == confirmed
    cancelled = office.cancel(held)
    assert office.hold("web:a", slot, key="tap") == cancelled
    assert office.seats(slot) == (0, 0)


def test_another_time_tapped_while_one_is_held_exchanges_it(office: Office) -> None:
    first, second = office.slot(9), office.slot(10)
    held = office.hold("web:a", first, key="one")
    exchanged = office.hold("web:a", second, key="two", now=NOW + timedelta(minutes=1))
    assert (exchanged.code, exchanged.slot_id) == (held.code, second)
    assert exchanged.hold_until == NOW + timedelta(minutes=1) + HOLD
    assert (office.seats(first), office.seats(second)) == ((0, 0), (1, 1))
    assert office.hold("web:a", second, key="two") == exchanged


def test_one_booking_for_a_business_and_so_many_in_all(office: Office) -> None:
    slot = office.slot(capacity=9)
    mine = office.confirmed("web:a", slot)
    with pytest.raises(AlreadyBooked) as raised:
        office.hold("web:a", slot)
    assert raised.value.booking == mine
    later = office.slot(10)
    assert office.hold("web:a", later, business=SECOND).status == "held"
    assert office.seats(slot) == office.seats(later) == (1, 1)


def test_a_person_has_so_many_places_and_no_more(office: Office) -> None:
    slots = [office.slot(9 + number) for number in range(PLACES + 1)]
    names = [f"业务{number}" for number in range(PLACES + 1)]
    office.businesses(names)
    wishes = list(zip(slots, names, strict=True))
    held = [office.hold("web:a", slot, business=name) for slot, name in wishes[:PLACES]]
    with pytest.raises(TooManyBookings) as raised:
        office.hold("web:a", slots[PLACES], business=names[PLACES])
    assert raised.value.limit == PLACES
    office.cancel(held[1])
    assert office.hold("web:a", slots[PLACES], business=names[PLACES]).status == "held"
    assert sum(office.seats(slot)[0] for slot in slots) == PLACES


def test_a_hold_that_ran_out_is_confirmed_while_its_seat_is_free(office: Office) -> None:
    slot = office.slot()
    unswept = office.hold("web:a", slot)
    assert office.confirm(unswept, now=LAPSED).status == "confirmed"
    office.cancel(unswept)
    swept = office.hold("web:b", slot)
    assert office.upkeep.sweep(now=LAPSED) == 1
    assert office.booking(swept).lapsed
    assert office.seats(slot) == (0, 0)
    revived = office.confirm(swept, now=LAPSED)
    assert (revived.status, revived.lapsed) == ("confirmed", False)
    assert office.seats(slot) == (1, 1)


def test_a_hold_that_ran_out_is_gone_once_somebody_else_has_the_seat(office: Office) -> None:
    slot = office.slot()
    late = office.hold("web:a", slot)
    with pytest.raises(SlotFull):
        office.hold("web:b", slot, now=LAPSED - timedelta(seconds=1))
    quick = office.hold("web:b", slot, now=LAPSED)
    with pytest.raises(HoldLapsed) as raised:
        office.confirm(late, now=LAPSED)
    assert raised.value.booking.code == late.code
    assert [booking.code for booking in office.standing(slot)] == [quick.code]


def test_a_lapsed_hold_is_not_taken_up_beside_another_booking(office: Office) -> None:
    first, second = office.slot(9), office.slot(10)
    late = office.hold("web:a", first)
    office.upkeep.sweep(now=LAPSED)
    office.confirmed("web:a", second, now=LAPSED)
    with pytest.raises(HoldLapsed):
        office.confirm(late, now=LAPSED)
    assert (office.seats(first), office.seats(second)) == ((0, 0), (1, 1))


def test_a_change_has_the_new_seat_before_it_gives_up_the_old(office: Office) -> None:
    old, new, full = office.slot(9), office.slot(10), office.slot(11)
    mine = office.confirmed("web:a", old)
    office.confirmed("web:b", full)
    with pytest.raises(SlotFull):
        office.change(mine, full)
    assert office.booking(mine) == mine
    assert (office.seats(old), office.seats(full)) == ((1, 1), (1, 1))
    changed = office.change(mine, new)
    assert (changed.code, changed.slot_id, changed.status) == (mine.code, new, "confirmed")
    assert office.change(mine, new) == changed
    assert (office.seats(old), office.seats(new)) == ((0, 0), (1, 1))


def test_cancelling_twice_gives_one_seat_back(office: Office) -> None:
    slot = office.slot(capacity=2)
    mine = office.confirmed("web:a", slot)
    office.confirmed("web:b", slot)
    cancelled = office.cancel(mine)
    assert cancelled.status == "cancelled"
    assert office.cancel(mine) == cancelled
    assert office.seats(slot) == (1, 1)
    for ended in (office.confirm, lambda known: office.change(known, office.slot(10))):
        with pytest.raises(BookingEnded):
            ended(mine)
    assert office.hold("web:a", slot).code != mine.code


def test_somebody_elses_code_does_nothing(office: Office) -> None:
    slot = office.slot()
    mine = office.confirmed("web:a", slot)
    theirs = office.windows
    for work in (
        lambda: theirs.confirm("web:b", mine.code, now=NOW),
        lambda: theirs.cancel("web:b", mine.code, now=NOW),
        lambda: theirs.change("web:b", mine.code, slot, now=NOW),
        lambda: theirs.check_in("web:b", mine.code, now=mine.start),
    ):
        with pytest.raises(UnknownBooking):
            work()
    assert office.booking(mine) == mine


def test_one_wrong_character_is_nobodys_code(sqlite_database: Database) -> None:
    office = Office(sqlite_database)
    mine = office.confirmed("web:a", office.slot())
    body = mine.code.removeprefix("YY-")

    @given(st.integers(0, len(body) - 1), st.sampled_from(ALPHABET))
    def one_wrong(position: int, character: str) -> None:
        typed = f"YY-{body[:position]}{character}{body[position + 1 :]}"
        if typed != mine.code:
            with pytest.raises(UnknownBooking):
                office.windows.cancel("web:a", typed, now=NOW)

    one_wrong()
    assert office.booking(mine) == mine
    sloppy = f" {body.lower()} "
    assert office.windows.cancel("web:a", sloppy, now=NOW).status == "cancelled"


REFUSALS: dict[type[WindowError], Callable[[Office, int], object]] = {
    SlotFull: lambda office, slot: office.confirmed("web:b", slot),
    SlotPast: lambda office, slot: office.change_slot(slot, start=NOW),
    SlotClosed: lambda office, slot: office.change_slot(slot, closed=True),
    SlotReserved: lambda office, slot: office.change_slot(slot, reserved=True),
    UnknownSlot: lambda office, _slot: office.delete(WindowBusinessRow),
    TooFarAhead: lambda office, slot: (
        office.stayed_away("web:a", times=2),
        office.change_slot(
            slot, start=NOW + timedelta(days=4), end=NOW + timedelta(days=4, hours=1)
        ),
    ),
}


@pytest.mark.parametrize("reason", REFUSALS)
def test_every_condition_of_a_seat_has_its_reason(
    office: Office, reason: type[WindowError]
) -> None:
    wanted, old = office.slot(9), office.slot(10)
    mine = office.confirmed("web:c", old)
    REFUSALS[reason](office, wanted)
    with pytest.raises(reason):
        office.hold("web:a", wanted)
    if reason is not TooFarAhead:
        with pytest.raises(reason):
            office.change(mine, wanted)
    assert office.booking(mine).slot_id == old
    counted, held = office.seats(wanted)
    assert counted == held == (1 if reason is SlotFull else 0)


def test_what_is_not_there_is_not_booked(office: Office) -> None:
    slot = office.slot()
    for wish, reason in (
        ((10**6, BUSINESS), UnknownSlot),
        ((slot, OTHER), UnknownSlot),
        ((slot, "打酱油"), UnknownBusiness),
    ):
        with pytest.raises(reason):
            office.hold("web:a", wish[0], business=wish[1])
    for typed in ("", "YY-", "YY-22222222222222", "你好", "HB-222222"):
        assert outcome(lambda typed=typed: office.windows.cancel("web:a", typed, now=NOW)) == (
            "unknown_booking"
        )
    assert office.seats(slot) == (0, 0)


def test_reserved_seats_are_for_those_who_may_have_them(office: Office) -> None:
    reserved, free = office.slot(9, reserved=True), office.slot(10)
    mine = office.hold("web:a", reserved, priority=True)
    assert office.confirm(mine).priority
    theirs = office.confirmed("web:b", free)
    assert outcome(lambda: office.change(theirs, reserved)) == SlotReserved.code


def test_a_visit_begun_is_neither_changed_nor_cancelled_nor_confirmed(office: Office) -> None:
    slot, other = office.slot(9), office.slot(10)
    held = office.hold("web:a", slot, now=NOW)
    mine = office.confirmed("web:b", office.slot(11))
    for booking in (held, mine):
        for work in (
            lambda b=booking: office.cancel(b, now=b.start),
            lambda b=booking: office.change(b, other, now=b.start),
        ):
            assert outcome(work) == "booking_past"
    assert outcome(lambda: office.confirm(held, now=held.start)) == "booking_past"
    assert office.windows.bookings_of("web:b", now=mine.end) == ()


def test_where_the_hall_closed_a_visit_may_still_be_moved_or_given_up(office: Office) -> None:
    slot, other = office.slot(9), office.slot(10)
    moved, ended = office.confirmed("web:a", slot), office.confirmed("web:b", office.slot(11))
    for booking in (moved, ended):
        office.change_slot(booking.slot_id, closed=True)
    assert office.change(moved, other, now=moved.start).slot_id == other
    assert office.cancel(ended, now=ended.start).status == "cancelled"
    held = office.hold("web:c", office.slot(14))
    office.change_slot(held.slot_id, closed=True)
    assert outcome(lambda: office.confirm(held)) == SlotClosed.code


def test_a_clock_set_back_breaks_nothing(office: Office) -> None:
    slot, other = office.slot(9), office.slot(10)
    mine = office.hold("web:a", slot)
    assert outcome(lambda: office.hold("web:b", slot, now=YESTERDAY)) == "slot_full"
    assert office.upkeep.sweep(now=YESTERDAY) == 0
    confirmed = office.confirm(mine, now=YESTERDAY)
    assert confirmed.status == "confirmed"
    assert office.change(mine, other, now=YESTERDAY).slot_id == other
    assert outcome(lambda: office.desk.check_in(mine.code, now=YESTERDAY)) == "too_early"
    assert office.cancel(mine, now=YESTERDAY).status == "cancelled"
    assert (office.seats(slot), office.seats(other)) == ((0, 0), (0, 0))
    ended_early = office.hold("web:b", slot, now=YESTERDAY)
    assert outcome(lambda: office.confirm(ended_early)) == "confirmed"


def test_who_stayed_away_twice_books_near_days_for_a_while(office: Office) -> None:
    near = office.slot(9, days=1)
    far = office.slot(9, days=NO_SHOW_REACH.days + 1)
    office.stayed_away("web:a", times=2)
    with pytest.raises(TooFarAhead) as raised:
        office.hold("web:a", far)
    later = raised.value.until
    assert NOW < later <= NOW + NO_SHOW_MEMORY
    mine = office.hold("web:a", near)
    assert outcome(lambda: office.change(mine, far)) == TooFarAhead.code
    assert office.hold("web:b", far).status == "held"
    office.stayed_away("web:c", times=1)
    assert office.hold("web:c", office.slot(10, days=9)).status == "held"


def test_after_a_while_it_is_forgotten(office: Office) -> None:
    office.stayed_away("web:a", times=2)
    then = NOW + NO_SHOW_MEMORY
    far = office.slot(9, days=NO_SHOW_MEMORY.days + 9)
    assert office.hold("web:a", far, now=then).status == "held"


def test_the_schema_refuses_what_no_code_may_write(office: Office) -> None:
    slot = office.slot()
    mine = office.confirmed("web:a", slot)
    wrong = (
        update(SlotRow).values(taken=2),
        update(SlotRow).values(taken=-1),
        update(BookingRow).values(place=PLACES + 1),
        update(BookingRow).values(place=None),
        update(BookingRow).values(status="held"),
        update(BookingRow).values(status="cancelled"),
    )
    for statement in wrong:
        with office.database.write() as session, pytest.raises(IntegrityError):
            session.execute(statement)
    assert office.booking(mine) == mine


def test_an_error_undoes_what_came_before_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = office.slot(9), office.slot(10)
    mine = office.confirmed("web:a", old)

    def broken(*_: object, **__: object) -> Booking:
        raise ZeroDivisionError

    monkeypatch.setattr("actions.appointments.booking.changes.waitlist.pass_on", broken)
    for work in (lambda: office.change(mine, new), lambda: office.cancel(mine)):
        with pytest.raises(ZeroDivisionError):
            work()
    monkeypatch.undo()
    assert office.booking(mine) == mine
    assert (office.seats(old), office.seats(new)) == ((1, 1), (0, 0))
    assert office.change(mine, new).slot_id == new
