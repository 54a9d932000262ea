"""Reading bookings and waits as records."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select

from actions.appointments.booking.tables import BookingRow, WaitRow
from actions.appointments.halls.tables import BusinessRow, HallRow, SlotRow, WindowRow
from actions.appointments.records import Booking
from store.clock import to_shanghai

HELD, CONFIRMED, CANCELLED = "held", "confirmed", "cancelled"
CHECKED_IN, SERVED, NO_SHOW, WAITLISTED = "checked_in", "served", "no_show", "waitlisted"
COMING = (HELD, CONFIRMED)
"""Statuses of a visit that is still to come and may be changed or cancelled."""

BOOKING_PREFIX, WAIT_PREFIX = "YY", "HB"

_BOOKINGS = (
    select(
        BookingRow.id,
        BookingRow.code,
        BookingRow.owner,
        BookingRow.status,
        BookingRow.slot_id,
        BookingRow.hold_until,
        BookingRow.priority,
        BookingRow.for_other,
        BookingRow.link_number,
        BookingRow.checked_in_at,
        BookingRow.called_at,
        BookingRow.ended_by,
        SlotRow.start,
        SlotRow.end,
        SlotRow.closed,
        WindowRow.name.label("window"),
        HallRow.name.label("hall"),
        HallRow.address,
        BusinessRow.name.label("business"),
        BusinessRow.bring,
    )
    .join_from(BookingRow, SlotRow, SlotRow.id == BookingRow.slot_id)
    .join(WindowRow, WindowRow.id == SlotRow.window_id)
    .join(HallRow, HallRow.id == SlotRow.hall_id)
    .join(BusinessRow, BusinessRow.id == BookingRow.business_id)
)
_BY_ID = _BOOKINGS.where(BookingRow.id == bindparam("of_id"))


def bookings(connection: Connection, *where: ColumnElement[bool]) -> tuple[Booking, ...]:
    """Return the bookings that meet all of ``where``, by time."""
    statement = _BOOKINGS.where(*where).order_by(SlotRow.start, BookingRow.id)
    return tuple(_booking(row) for row in connection.execute(statement))


def booking(connection: Connection, *where: ColumnElement[bool]) -> Booking | None:
    """Return the one booking that meets all of ``where``, or None."""
    row = connection.execute(_BOOKINGS.where(*where)).first()
    return None if row is None else _booking(row)


def the_booking(connection: Connection, booking_id: int) -> Booking:
    """Return the booking of an id that is known to be there."""
    return _booking(connection.execute(_BY_ID, {"of_id": booking_id}).one())


def waits(connection: Connection, *where: ColumnElement[bool]) -> tuple[Booking, ...]:
    """Return places on the waiting list as bookings of status ``waitlisted``, oldest first."""
    statement = (
        select(
            WaitRow.id,
            WaitRow.code,
            WaitRow.owner,
            WaitRow.start,
            WaitRow.end,
            WaitRow.priority,
            WaitRow.status,
            HallRow.name.label("hall"),
            HallRow.address,
            BusinessRow.name.label("business"),
            BusinessRow.bring,
        )
        .join_from(WaitRow, HallRow, HallRow.id == WaitRow.hall_id)
        .join(BusinessRow, BusinessRow.id == WaitRow.business_id)
        .where(*where)
        .order_by(WaitRow.id)
    )
    return tuple(
        Booking(
            id=row.id,
            code=row.code,
            owner=row.owner,
            status=WAITLISTED if row.status in ("waiting", "offered") else CANCELLED,
            hall=row.hall,
            address=row.address,
            business=row.business,
            window="",
            start=to_shanghai(row.start),
            end=to_shanghai(row.end),
            bring=tuple(row.bring),
            priority=row.priority,
        )
        for row in connection.execute(statement)
    )


def _booking(row: Row[*tuple[Any, ...]]) -> Booking:
    return Booking(
        id=row.id,
        code=row.code,
        owner=row.owner,
        status=row.status,
        hall=row.hall,
        address=row.address,
        business=row.business,
        window=row.window,
        start=to_shanghai(row.start),
        end=to_shanghai(row.end),
        bring=tuple(row.bring),
        priority=row.priority,
        slot_id=row.slot_id,
        hold_until=to_shanghai(row.hold_until) if row.hold_until else None,
        checked_in_at=to_shanghai(row.checked_in_at) if row.checked_in_at else None,
        called_at=to_shanghai(row.called_at) if row.called_at else None,
        closed=row.closed,
        lapsed=row.ended_by == "lapse",
        for_other=row.for_other,
        link_number=row.link_number,
    )
