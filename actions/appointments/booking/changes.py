"""Moving a booking to another slot, and giving it up."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, update
from sqlalchemy.exc import IntegrityError

from actions.appointments.booking import notices, queries, waitlist
from actions.appointments.booking.conditions import free_what_is_over, refuse
from actions.appointments.booking.persons import Stay, in_the_way
from actions.appointments.booking.queries import (
    BOOKING_PREFIX,
    CANCELLED,
    COMING,
    HELD,
    WAIT_PREFIX,
    WAITLISTED,
)
from actions.appointments.booking.rules import HOLD, TRAVEL
from actions.appointments.booking.seats import SeatWish, lock_slots, take_seat
from actions.appointments.booking.tables import BookingRow
from actions.appointments.errors import (
    BookingEnded,
    BookingPast,
    UnknownBooking,
    WindowsBusy,
)
from actions.appointments.lock_retry import TRIES, Overtaken, until_settled, within_time
from actions.appointments.records import Booking
from actions.ids import read_id
from store.database import Database


@within_time
def move(
    database: Database,
    owner: str,
    code: str,
    slot_id: int,
    *,
    now: datetime,
    priority: bool = False,
    travel: timedelta = TRAVEL,
) -> Booking:
    """Exchange a booking's seat for one of ``slot_id``; both happen or neither does.

    The code stays the same; a held booking stays held, for HOLD from now. Repeating it
    changes nothing. Raises UnknownBooking, BookingPast, BookingEnded, and of the new seat
    what ``hold`` raises; WindowsBusy.
    """
    known = read_id(BOOKING_PREFIX, code)
    if known is None:
        raise UnknownBooking
    for _ in range(TRIES):
        booking = database.transact(partial(_standing, owner=owner, code=known, now=now))
        if booking.slot_id == slot_id:
            return booking
        wish = SeatWish(
            *(owner, slot_id, booking.business, priority or booking.priority, now),
            for_other=booking.for_other,
            travel=travel,
        )
        try:
            return database.transact(partial(_move, booking=booking, wish=wish))
        except (Overtaken, IntegrityError):
            if not free_what_is_over(database, wish):
                database.transact(partial(refuse, wish=wish, besides=booking.id))
    raise WindowsBusy


@within_time
def cancel(database: Database, owner: str, code: str, *, now: datetime) -> Booking:
    """Give a seat or a place on the waiting list back, exactly once.

    A place for which a freed seat is held gives that seat back, too. Cancelling again changes
    nothing and says the same. Raises UnknownBooking (also for somebody else's code),
    BookingPast, WindowsBusy.
    """
    # Typed without its prefix, a code may be of either kind.
    for prefix, work in ((BOOKING_PREFIX, _cancel), (WAIT_PREFIX, _leave)):
        known = read_id(prefix, code)
        if known is not None:
            with suppress(UnknownBooking):
                return until_settled(database, partial(work, owner=owner, code=known, now=now))
    raise UnknownBooking


def _standing(connection: Connection, *, owner: str, code: str, now: datetime) -> Booking:
    booking = queries.booking(connection, BookingRow.code == code, BookingRow.owner == owner)
    if booking is None:
        raise UnknownBooking
    if booking.status == CANCELLED:
        raise BookingEnded(booking)
    # Where the hall has closed, the visit could not begin: it may still be moved that day.
    if booking.status not in COMING or (booking.start <= now and not booking.closed):
        raise BookingPast
    return booking


def _move(connection: Connection, *, booking: Booking, wish: SeatWish) -> Booking:
    lock_slots(connection, [booking.slot_id, wish.slot_id])
    seat = take_seat(connection, wish)
    if seat is None:
        raise Overtaken
    stay = Stay(seat.hall, seat.start, seat.end)
    if in_the_way(connection, wish, stay, besides=booking.id) is not None:
        raise Overtaken
    held = booking.status == HELD
    moved = connection.execute(
        update(BookingRow)
        .where(
            BookingRow.id == booking.id,
            BookingRow.slot_id == booking.slot_id,
            BookingRow.status == booking.status,
        )
        .values(slot_id=wish.slot_id, hold_until=wish.now + HOLD if held else None)
    ).rowcount
    if not moved:
        raise Overtaken
    waitlist.pass_on(connection, booking.slot_id, now=wish.now)
    now_at = queries.the_booking(connection, booking.id)
    if held:
        notices.forget_reminders(connection, booking.id, wish.now)
    else:
        notices.remind(connection, booking.id, now_at.start, wish.now)
    return now_at


def _leave(connection: Connection, *, owner: str, code: str, now: datetime) -> Booking:
    left = waitlist.leave(connection, owner, code)
    if left is None:
        raise UnknownBooking
    if left.status == WAITLISTED:
        _cancel(connection, owner=owner, code=waitlist.offered(connection, left.id), now=now)
        return replace(left, status=CANCELLED)
    return left


def _cancel(connection: Connection, *, owner: str, code: str, now: datetime) -> Booking:
    booking = queries.booking(connection, BookingRow.code == code, BookingRow.owner == owner)
    if booking is None:
        raise UnknownBooking
    if booking.status == CANCELLED:
        return booking
    if booking.status not in COMING or (booking.start <= now and not booking.closed):
        raise BookingPast
    lock_slots(connection, [booking.slot_id])
    ended = connection.execute(
        update(BookingRow)
        .where(
            BookingRow.id == booking.id,
            BookingRow.slot_id == booking.slot_id,
            BookingRow.status.in_(COMING),
        )
        .values(
            status=CANCELLED,
            active=False,
            place=None,
            hold_until=None,
            ended_at=now,
            ended_by="person",
        )
    ).rowcount
    if not ended:
        raise Overtaken
    waitlist.settle(connection, booking.id, waitlist.LEFT)
    waitlist.pass_on(connection, booking.slot_id, now=now)
    notices.forget_reminders(connection, booking.id, now)
    return queries.the_booking(connection, booking.id)
