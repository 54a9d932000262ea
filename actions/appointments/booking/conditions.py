"""Why a seat could not be had: asked only when it could not, so that the usual way is short."""

from datetime import datetime
from zlib import crc32

from sqlalchemy import Connection, literal, or_, select
from sqlalchemy.orm import aliased

from actions.appointments.booking import expiry, queries
from actions.appointments.booking.persons import Stay, in_the_way
from actions.appointments.booking.queries import NO_SHOW
from actions.appointments.booking.rules import NO_SHOW_MEMORY, NO_SHOW_REACH, no_shows_until
from actions.appointments.booking.seats import SeatWish
from actions.appointments.booking.tables import PLACES, BookingRow
from actions.appointments.errors import (
    AlreadyBooked,
    Overlaps,
    SlotClosed,
    SlotFull,
    SlotPast,
    SlotReserved,
    TooFarAhead,
    TooManyBookings,
    UnknownBusiness,
    UnknownSlot,
)
from actions.appointments.halls.tables import BusinessRow, HallRow, SlotRow, WindowBusinessRow
from store.database import Database


def free_what_is_over(database: Database, wish: SeatWish) -> bool:
    """Release lapsed holds of the slot and what this person missed; whether there was any.

    Two transactions, since each locks its slots in one statement (``seats``, 3).
    """
    own = BookingRow.owner == wish.owner
    in_the_way = or_(own, BookingRow.slot_id == wish.slot_id)
    lapsed = database.transact(lambda c: expiry.release_some(c, in_the_way, now=wish.now))
    missed = database.transact(lambda c: expiry.settle_missed(c, own, now=wish.now))
    return bool(lapsed or missed)


def refuse(connection: Connection, wish: SeatWish, *, besides: int | None = None) -> None:
    """Raise the reason why ``wish`` cannot be met; return where there is none any more.

    ``besides`` is the id of the booking that is being changed and so is no obstacle.
    """
    _slot_reasons(connection, wish)
    standing = [
        booking
        for booking in queries.bookings(
            connection, BookingRow.owner == wish.owner, BookingRow.active.is_(True)
        )
        if booking.id != besides
    ]
    for booking in standing:
        if (booking.business, booking.for_other) == (wish.business, wish.for_other):
            raise AlreadyBooked(booking)
    if len(standing) >= PLACES:
        raise TooManyBookings(PLACES)
    _refuse_overlap(connection, wish, besides)
    if _is_full(connection, wish.slot_id):
        raise SlotFull


def seat_beside(connection: Connection, wish: SeatWish) -> int | None:
    """Return another slot of the hall at the same minute that has a seat for ``wish``.

    Of several, rivals for the same seat are each shown another one.
    """
    full = aliased(SlotRow)
    found = connection.scalars(
        select(SlotRow.id)
        .join(full, (full.hall_id == SlotRow.hall_id) & (full.start == SlotRow.start))
        .join(WindowBusinessRow, WindowBusinessRow.window_id == SlotRow.window_id)
        .join(BusinessRow, BusinessRow.id == WindowBusinessRow.business_id)
        .where(
            full.id == wish.slot_id,
            BusinessRow.name == wish.business,
            SlotRow.taken < SlotRow.capacity,
            SlotRow.closed.is_(False),
            SlotRow.reserved.is_(False) | literal(wish.priority),
        )
        .order_by(SlotRow.id)
    ).all()
    return found[crc32(wish.owner.encode()) % len(found)] if found else None


def _slot_reasons(connection: Connection, wish: SeatWish) -> None:
    business_id = connection.scalar(select(BusinessRow.id).where(BusinessRow.name == wish.business))
    if business_id is None:
        raise UnknownBusiness
    slot = connection.execute(
        select(SlotRow.start, SlotRow.closed, SlotRow.reserved)
        .join(WindowBusinessRow, WindowBusinessRow.window_id == SlotRow.window_id)
        .where(SlotRow.id == wish.slot_id, WindowBusinessRow.business_id == business_id)
    ).first()
    if slot is None:
        raise UnknownSlot
    if slot.start <= wish.now:
        raise SlotPast
    if slot.closed:
        raise SlotClosed
    if slot.reserved and not wish.priority:
        raise SlotReserved
    until = _bound_until(connection, wish)
    if until is not None and slot.start > wish.now + NO_SHOW_REACH:
        raise TooFarAhead(until)


def _refuse_overlap(connection: Connection, wish: SeatWish, besides: int | None) -> None:
    """Raise Overlaps where the person is elsewhere at the slot's time."""
    slot = connection.execute(
        select(HallRow.name, SlotRow.start, SlotRow.end)
        .join(HallRow, HallRow.id == SlotRow.hall_id)
        .where(SlotRow.id == wish.slot_id)
    ).one()
    other = in_the_way(connection, wish, Stay(*slot), besides=besides)
    if other is not None:
        raise Overlaps(other)


def _bound_until(connection: Connection, wish: SeatWish) -> datetime | None:
    missed = connection.scalars(
        select(BookingRow.ended_at).where(
            BookingRow.owner == wish.owner,
            BookingRow.status == NO_SHOW,
            BookingRow.ended_at > wish.now - NO_SHOW_MEMORY,
        )
    )
    return no_shows_until([moment for moment in missed if moment is not None])


def _is_full(connection: Connection, slot_id: int) -> bool:
    full = select(SlotRow.id).where(SlotRow.id == slot_id, SlotRow.taken >= SlotRow.capacity)
    return connection.scalar(full) is not None
