"""Holding a seat and confirming it; the locking policy is in ``booking.seats``."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, update
from sqlalchemy.exc import IntegrityError

from actions.appointments.booking import notices, queries, waitlist
from actions.appointments.booking.conditions import free_what_is_over, refuse, seat_beside
from actions.appointments.booking.insertion import free_place, insert_held
from actions.appointments.booking.persons import Stay, in_the_way
from actions.appointments.booking.queries import (
    BOOKING_PREFIX,
    CANCELLED,
    CHECKED_IN,
    CONFIRMED,
    HELD,
    NO_SHOW,
    SERVED,
)
from actions.appointments.booking.rules import HOLD, TRAVEL
from actions.appointments.booking.seats import SeatWish, take_seat
from actions.appointments.booking.tables import BookingRow
from actions.appointments.errors import (
    BookingEnded,
    BookingPast,
    HoldLapsed,
    Overlaps,
    SlotClosed,
    SlotFull,
    UnknownBooking,
    WindowsBusy,
)
from actions.appointments.lock_retry import TRIES, Overtaken, until_settled, within_time
from actions.appointments.records import Booking
from actions.ids import read_id
from store.clock import to_shanghai
from store.database import Database


class _NotHeld(Exception):
    """Nothing was taken: why, is asked in a transaction of its own."""


@within_time
def hold(database: Database, wish: SeatWish, *, request_key: str) -> Booking:
    """Hold a seat for HOLD; a repeated ``request_key`` of one owner gives the same booking back.

    Where the seat is gone, one at another window of the hall at the same minute does as well.
    Raises SlotFull, SlotPast, SlotClosed, SlotReserved, UnknownSlot, UnknownBusiness,
    AlreadyBooked (also for a seat held), Overlaps, TooManyBookings, TooFarAhead; WindowsBusy
    when it cannot be decided in time.
    """
    for _ in range(TRIES):
        try:
            return database.transact(partial(_hold, wish=wish, request_key=request_key))
        except (IntegrityError, _NotHeld):
            # Full, or a rival won a unique index.
            done = database.transact(partial(_of_request, wish=wish, request_key=request_key))
            if done is not None:
                return done
            if not free_what_is_over(database, wish):
                wish = _beside_or_refused(database, wish)
    raise WindowsBusy


def _beside_or_refused(database: Database, wish: SeatWish) -> SeatWish:
    try:
        database.transact(partial(refuse, wish=wish))
    except SlotFull:
        beside = database.transact(partial(seat_beside, wish=wish))
        if beside is None:
            raise
        return replace(wish, slot_id=beside)
    return wish


@within_time
def confirm(
    database: Database, owner: str, code: str, *, now: datetime, travel: timedelta = TRAVEL
) -> Booking:
    """Confirm a held seat; confirming again changes nothing and says the same.

    A hold that ran out is confirmed all the same while nobody else took its seat. Raises
    UnknownBooking (also for somebody else's code), HoldLapsed, BookingEnded, BookingPast,
    SlotClosed, Overlaps, WindowsBusy.
    """
    known = read_id(BOOKING_PREFIX, code)
    if known is None:
        raise UnknownBooking
    try:
        work = partial(_confirm, owner=owner, code=known, now=now, travel=travel)
        return until_settled(database, work)
    except IntegrityError:
        # While the lapsed hold was taken up again, its owner booked something else.
        raise HoldLapsed(database.transact(partial(_mine, owner=owner, code=known))) from None


def _hold(connection: Connection, *, wish: SeatWish, request_key: str) -> Booking:
    seat = take_seat(connection, wish)
    if seat is None or in_the_way(connection, wish, Stay(seat.hall, seat.start, seat.end)):
        raise _NotHeld
    until = wish.now + HOLD
    inserted = insert_held(
        connection,
        owner=wish.owner,
        slot_id=wish.slot_id,
        business_id=seat.business_id,
        priority=wish.priority,
        until=until,
        request_key=request_key,
        now=wish.now,
        for_other=wish.for_other,
    )
    return Booking(
        id=inserted.id,
        code=inserted.code,
        owner=wish.owner,
        status=HELD,
        hall=seat.hall,
        address=seat.address,
        business=wish.business,
        window=seat.window,
        start=to_shanghai(seat.start),
        end=to_shanghai(seat.end),
        bring=tuple(seat.bring),
        priority=wish.priority,
        slot_id=wish.slot_id,
        hold_until=to_shanghai(until),
        for_other=wish.for_other,
    )


def _of_request(connection: Connection, *, wish: SeatWish, request_key: str) -> Booking | None:
    return queries.booking(
        connection, BookingRow.owner == wish.owner, BookingRow.request_key == request_key
    )


def _confirm(
    connection: Connection, *, owner: str, code: str, now: datetime, travel: timedelta
) -> Booking:
    booking = _mine(connection, owner, code)
    if booking.status in (CONFIRMED, CHECKED_IN, SERVED):
        return booking
    if booking.status == NO_SHOW or booking.start <= now:
        raise BookingPast
    if booking.closed:
        raise SlotClosed
    if booking.status != HELD and not booking.lapsed:
        raise BookingEnded(booking)
    wish = SeatWish(
        *(owner, booking.slot_id, booking.business, booking.priority, now),
        for_other=booking.for_other,
        travel=travel,
    )
    if booking.status == HELD:
        _stand_alone(connection, booking, wish)
        _change_status(connection, booking, now)
    else:
        _take_up_again(connection, booking, wish)
    waitlist.settle(connection, booking.id, waitlist.TAKEN)
    notices.remind(connection, booking.id, booking.start, now)
    return _mine(connection, owner, code)


def _change_status(connection: Connection, booking: Booking, now: datetime) -> None:
    # Whether it ran out does not matter while its seat has not been released.
    confirmed = connection.execute(
        update(BookingRow)
        .where(
            BookingRow.id == booking.id,
            BookingRow.slot_id == booking.slot_id,
            BookingRow.status == HELD,
        )
        .values(status=CONFIRMED, hold_until=None, confirmed_at=now)
    ).rowcount
    if not confirmed:
        raise Overtaken


def _stand_alone(connection: Connection, booking: Booking, wish: SeatWish) -> None:
    """Raise Overlaps where the person is elsewhere at the time of a booking."""
    stay = Stay(booking.hall, booking.start, booking.end)
    other = in_the_way(connection, wish, stay, besides=booking.id)
    if other is not None:
        raise Overlaps(other)


def _take_up_again(connection: Connection, booking: Booking, wish: SeatWish) -> None:
    if take_seat(connection, wish) is None:
        if _mine(connection, booking.owner, booking.code).status != CANCELLED:
            raise Overtaken  # It was this person, in another tap, who took the seat.
        raise HoldLapsed(booking)
    _stand_alone(connection, booking, wish)
    revived = connection.execute(
        update(BookingRow)
        .where(BookingRow.id == booking.id, BookingRow.status == CANCELLED)
        .values(
            status=CONFIRMED,
            active=True,
            place=free_place(),
            confirmed_at=wish.now,
            ended_at=None,
            ended_by=None,
        ),
        {"of_owner": booking.owner},
    ).rowcount
    if not revived:
        raise Overtaken


def _mine(connection: Connection, owner: str, code: str) -> Booking:
    found = queries.booking(connection, BookingRow.code == code, BookingRow.owner == owner)
    if found is None:
        raise UnknownBooking
    return found
