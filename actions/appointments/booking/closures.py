"""Closures announced late: what lies in them takes nobody more, and whoever is booked is told.

A slot is closed while any closure of its hall, or of its window, touches it. The hall's row
is locked first, so that no day is opened between looking and writing; then the slots, in
ascending order (see ``booking.seats``). People on the waiting list just wait; what is open
again is offered to them by the housekeeping (``booking.waitlist_offers``).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, true, update
from sqlalchemy.orm import Session

from actions.appointments.booking import notices
from actions.appointments.booking.queries import COMING
from actions.appointments.booking.rules import REOPENED_AFTER
from actions.appointments.booking.seats import lock_slots
from actions.appointments.booking.tables import BookingRow, NoticeRow
from actions.appointments.errors import BadClosure, UnknownHall, UnknownWindow
from actions.appointments.halls.closures import lock_hall
from actions.appointments.halls.tables import ClosureRow, HallRow, SlotRow, WindowRow
from actions.appointments.lock_retry import within_time
from store.database import Database

AT_ONCE = 1000
"""Slots named in one statement: databases take only so many."""


@within_time
def close(
    database: Database,
    *,
    hall: str,
    start: datetime,
    end: datetime,
    reason: str,
    by: str,
    now: datetime,
    window: str | None = None,
) -> int:
    """Close a hall, or one window of it, from ``start`` to ``end``; return whom that affects.

    Affected are the coming bookings, held or confirmed, that no closure touched before: each
    gets one notice, due at once, except whose owner still believes an earlier closure. Raises
    UnknownHall, UnknownWindow, WindowsBusy; BadClosure for a stretch that is empty or over.
    """
    if end <= start or end <= now:
        raise BadClosure
    values = {
        "start": start,
        "end": end,
        "reason": reason,
        "announced_by": by,
        "announced_at": now,
    }
    return database.transact(partial(_close, hall=hall, window=window, values=values, now=now))


@within_time
def reopen(database: Database, closure_id: int, *, now: datetime) -> int:
    """Take a closure back; return how many coming slots are open again.

    Slots that another closure touches stay closed. Whoever was told of the closure is told of
    this, once it has lasted for REOPENED_AFTER. Repeating changes nothing.
    """
    return database.transact(partial(_reopen, closure_id=closure_id, now=now))


def affected(
    session: Session,
    hall: str,
    start: datetime,
    end: datetime,
    *,
    now: datetime,
    window: str | None = None,
) -> int:
    """Count the coming bookings that a closure would touch and none touches yet."""
    counted = session.scalar(
        select(func.count(BookingRow.id))
        .join(SlotRow, SlotRow.id == BookingRow.slot_id)
        .join(WindowRow, WindowRow.id == SlotRow.window_id)
        .join(HallRow, HallRow.id == SlotRow.hall_id)
        .where(
            HallRow.name == hall,
            true() if window is None else WindowRow.name == window,
            SlotRow.closed.is_(False),
            # No slot is that long: the search need not walk through all of history.
            SlotRow.start > max(now, start - timedelta(days=1)),
            SlotRow.start < end,
            SlotRow.end > start,
            BookingRow.status.in_(COMING),
        )
    )
    return counted or 0


def _close(
    connection: Connection,
    *,
    hall: str,
    window: str | None,
    values: dict[str, Any],
    now: datetime,
) -> int:
    hall_id = connection.scalar(select(HallRow.id).where(HallRow.name == hall))
    if hall_id is None:
        raise UnknownHall
    window_id = None if window is None else _window_id(connection, hall_id, window)
    lock_hall(connection, hall_id)
    connection.execute(insert(ClosureRow), {**values, "hall_id": hall_id, "window_id": window_id})
    affected = 0
    touched = _touched(connection, hall_id, window_id, values["start"], values["end"])
    for slots in _locked(connection, touched):
        newly = connection.scalars(
            update(SlotRow)
            .where(SlotRow.id.in_(slots), SlotRow.closed.is_(False))
            .values(closed=True)
            .returning(SlotRow.id)
        ).all()
        affected += _tell(connection, newly, reason=values["reason"], now=now)
    return affected


def _window_id(connection: Connection, hall_id: int, window: str) -> int:
    found = connection.scalar(
        select(WindowRow.id).where(WindowRow.hall_id == hall_id, WindowRow.name == window)
    )
    if found is None:
        raise UnknownWindow
    return found


def _tell(connection: Connection, slots: Sequence[int], *, reason: str, now: datetime) -> int:
    """Notify whoever is booked on ``slots`` and does not know, or is not about to, already."""
    booked = connection.execute(
        select(BookingRow.id, BookingRow.slot_id)
        .join(SlotRow, SlotRow.id == BookingRow.slot_id)
        .where(SlotRow.id.in_(slots), SlotRow.start > now, BookingRow.status.in_(COMING))
        .order_by(SlotRow.start, BookingRow.id)
    ).all()
    believed = _believed_closed(connection, slots)
    affected = [row for row in booked if tuple(row) not in believed]
    for row in affected:
        notices.notify(connection, row.id, notices.CLOSED, now, reason=reason, slot=row.slot_id)
    return len(affected)


def _believed_closed(connection: Connection, slots: Sequence[int]) -> set[tuple[int, int | None]]:
    """Return the bookings of ``slots`` whose owner was last told that it is closed, and which."""
    bookings = select(BookingRow.id).where(BookingRow.slot_id.in_(slots))
    words = notices.last_words(connection, bookings, about_to=True)
    return {(booking_id, word.slot_id) for booking_id, word in words.items() if word.closed}


def _tell_reopened(connection: Connection, slots: Sequence[int], *, now: datetime) -> None:
    """Notify who was told that a slot of ``slots`` is closed, in place of older such notices."""
    bookings = select(BookingRow.id).where(BookingRow.slot_id.in_(slots))
    connection.execute(
        update(NoticeRow)
        .where(
            NoticeRow.booking_id.in_(bookings),
            NoticeRow.kind == notices.REOPENED,
            NoticeRow.status == notices.WAITING,
        )
        .values(status=notices.VOID, settled_at=now)
    )
    for booking_id, slot_id in sorted(_believed_closed(connection, slots)):
        notices.notify(connection, booking_id, notices.REOPENED, now + REOPENED_AFTER, slot=slot_id)


def _reopen(connection: Connection, *, closure_id: int, now: datetime) -> int:
    hall_id = connection.scalar(select(ClosureRow.hall_id).where(ClosureRow.id == closure_id))
    if hall_id is None:
        return 0
    lock_hall(connection, hall_id)
    closure = connection.execute(
        delete(ClosureRow)
        .where(ClosureRow.id == closure_id)
        .returning(ClosureRow.window_id, ClosureRow.start, ClosureRow.end)
    ).first()
    if closure is None:
        return 0
    touched = _touched(connection, hall_id, closure.window_id, closure.start, closure.end)
    still_closed = (
        select(ClosureRow.id)
        .where(
            ClosureRow.hall_id == SlotRow.hall_id,
            or_(ClosureRow.window_id.is_(None), ClosureRow.window_id == SlotRow.window_id),
            ClosureRow.start < SlotRow.end,
            ClosureRow.end > SlotRow.start,
        )
        .exists()
    )
    reopened = 0
    for slots in _locked(connection, touched):
        free = connection.scalars(
            select(SlotRow.id).where(SlotRow.id.in_(slots), SlotRow.closed.is_(True), ~still_closed)
        ).all()
        # What is gone by stays closed: nobody stayed away from it.
        reopened += connection.execute(
            update(SlotRow).where(SlotRow.id.in_(free), SlotRow.start > now).values(closed=False)
        ).rowcount
        _tell_reopened(connection, free, now=now)
    return reopened


def _touched(
    connection: Connection, hall_id: int, window_id: int | None, start: datetime, end: datetime
) -> Sequence[int]:
    """Return the slots of a hall, or of one window, that ``[start, end)`` touches."""
    statement = select(SlotRow.id).where(
        SlotRow.hall_id == hall_id,
        # No slot is that long: the search need not walk through all of history.
        SlotRow.start > start - timedelta(days=1),
        SlotRow.start < end,
        SlotRow.end > start,
    )
    if window_id is not None:
        statement = statement.where(SlotRow.window_id == window_id)
    return connection.scalars(statement.order_by(SlotRow.id)).all()


def _locked(connection: Connection, slots: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield ``slots``, which ascend, in batches that are locked."""
    for first in range(0, len(slots), AT_ONCE):
        batch = slots[first : first + AT_ONCE]
        lock_slots(connection, batch)
        yield batch
