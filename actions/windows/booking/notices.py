"""What is to be told: written with its cause, handed out once.

A notice is looked at again when it is due: what has been overtaken (a reminder of a booking
that was moved since) is void and never sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from actions.windows.booking import reading
from actions.windows.booking.rules import reminder_times
from actions.windows.booking.tables import BookingRow, NoticeRow
from actions.windows.records import Booking
from store.database import Database

WAITING, SENT, VOID = "waiting", "sent", "void"
REMINDER_DAY, REMINDER_HOURS = "reminder_day", "reminder_hours"
FREED, CLOSED, NO_SHOW = "freed", "closed", "no_show"


@dataclass(frozen=True)
class Notice:
    """Something to tell ``booking.owner`` now; ``data`` holds what the booking does not say."""

    id: int
    kind: str
    booking: Booking
    data: Mapping[str, Any]


def notify(
    connection: Connection, booking_id: int, kind: str, due_at: datetime, **data: Any
) -> None:
    """Write down that the owner of a booking is to be told something at ``due_at``."""
    connection.execute(
        insert(NoticeRow),
        {
            "booking_id": booking_id,
            "kind": kind,
            "due_at": due_at,
            "data": data,
            "status": WAITING,
        },
    )


def remind(connection: Connection, booking_id: int, start: datetime, now: datetime) -> None:
    """Write the reminders of a visit that was just confirmed or moved, in place of older ones."""
    forget_reminders(connection, booking_id, now)
    for kind, due in reminder_times(start, now).items():
        notify(connection, booking_id, kind, due)


def forget_reminders(connection: Connection, booking_id: int, now: datetime) -> None:
    """Void what was still to be told of a booking."""
    connection.execute(
        update(NoticeRow)
        .where(NoticeRow.booking_id == booking_id, NoticeRow.status == WAITING)
        .values(status=VOID, settled_at=now)
    )


def due_notices(database: Database, *, now: datetime, limit: int = 100) -> tuple[Notice, ...]:
    """Return what is to be told by ``now``, the longest due first."""
    with database.read() as session:
        connection = session.connection()
        rows = connection.execute(
            select(NoticeRow.id, NoticeRow.kind, NoticeRow.booking_id, NoticeRow.data)
            .where(NoticeRow.status == WAITING, NoticeRow.due_at <= now)
            .order_by(NoticeRow.due_at, NoticeRow.id)
            .limit(limit)
        ).all()
        wanted = {row.booking_id for row in rows}
        found = {b.id: b for b in reading.bookings(connection, BookingRow.id.in_(wanted))}
        return tuple(Notice(row.id, row.kind, found[row.booking_id], row.data) for row in rows)


def settle(connection: Connection, notice: Notice, *, now: datetime) -> bool:
    """Mark a notice as told, or void when it no longer holds; True when it is to be sent.

    To be called in the transaction that puts the words into the outbox: of two processes
    that found the same notice one gets True.
    """
    current = reading.booking(connection, BookingRow.id == notice.booking.id)
    holds = current is not None and still_true(notice.kind, current, now)
    changed = connection.execute(
        update(NoticeRow)
        .where(NoticeRow.id == notice.id, NoticeRow.status == WAITING)
        .values(status=SENT if holds else VOID, settled_at=now)
    ).rowcount
    return holds and changed == 1


def still_true(kind: str, booking: Booking, now: datetime) -> bool:
    """Tell whether a notice about ``booking``, as it is now, is still worth saying."""
    if kind in (REMINDER_DAY, REMINDER_HOURS):
        return booking.status == reading.CONFIRMED and not booking.closed and booking.start > now
    if kind == FREED:
        until = booking.hold_until
        return booking.status == reading.HELD and until is not None and until > now
    if kind == CLOSED:
        return booking.status in reading.COMING and booking.closed and booking.start > now
    return booking.status == reading.NO_SHOW
