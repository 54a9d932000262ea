"""What is to be told: written with its cause, handed out once.

A notice is looked at again when it is due: what has been overtaken (a reminder of a booking
that was moved since) is void and never sent.

What somebody was last told of their visit, that the hall is closed then or that it is not, is
read from the notices that were sent: nobody is told twice what they know.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, insert, or_, select, update
from sqlalchemy.orm import aliased

from actions.appointments.booking import queries
from actions.appointments.booking.rules import REMIND_BEFORE, reminder_times
from actions.appointments.booking.tables import BookingRow, NoticeRow
from actions.appointments.records import Booking
from store.database import Database

WAITING, SENT, VOID = "waiting", "sent", "void"
REMINDERS = REMINDER_DAY, REMINDER_HOURS = "reminder_day", "reminder_hours"
FREED, CLOSED, REOPENED, NO_SHOW = "freed", "closed", "reopened", "no_show"


@dataclass(frozen=True)
class Notice:
    """Something to tell ``booking.owner`` now; ``data`` holds what the booking does not say."""

    id: int
    kind: str
    booking: Booking
    data: Mapping[str, Any]

    @property
    def conversation(self) -> str:
        """Where the owner is told: people are known by their conversation."""
        return self.booking.owner


@dataclass(frozen=True)
class Word:
    """That a slot is ``closed``, or is no longer, as its booking's owner was told at ``told_at``.

    ``told_at`` is None while it waits to be told.
    """

    slot_id: int | None
    closed: bool
    told_at: datetime | None

    def excuses(self, slot_id: int, start: datetime) -> bool:
        """Tell whether who heard it could stay away from a visit: not told in time to come."""
        if self.slot_id != slot_id or self.told_at is None:
            return False
        return self.closed or self.told_at > start - REMIND_BEFORE


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
    """Void what was still to be told of a booking as it was.

    Not that its hall has reopened: who gave it up, because of the closure, wants to know.
    """
    connection.execute(
        update(NoticeRow)
        .where(
            NoticeRow.booking_id == booking_id,
            NoticeRow.status == WAITING,
            NoticeRow.kind != REOPENED,
        )
        .values(status=VOID, settled_at=now)
    )


def last_words(
    connection: Connection,
    bookings: Select[int] | Collection[int],
    *,
    about_to: bool = False,
) -> dict[int, Word]:
    """Return what the owners of bookings were last told of a closure, by id of booking.

    ``about_to`` counts a closure that is about to be told as told.
    """
    told = NoticeRow.status == SENT
    if about_to:
        told |= (NoticeRow.kind == CLOSED) & (NoticeRow.status == WAITING)
    rows = connection.execute(
        select(NoticeRow.booking_id, NoticeRow.kind, NoticeRow.data, NoticeRow.settled_at)
        .where(
            NoticeRow.booking_id.in_(bookings),
            NoticeRow.kind.in_((CLOSED, REOPENED)),
            told,
        )
        .order_by(NoticeRow.id)
    )
    return {
        row.booking_id: Word(row.data.get("slot"), row.kind == CLOSED, row.settled_at)
        for row in rows
    }


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
        found = {b.id: b for b in queries.bookings(connection, BookingRow.id.in_(wanted))}
        return tuple(Notice(row.id, row.kind, found[row.booking_id], row.data) for row in rows)


def settle(connection: Connection, *notices: Notice, now: datetime) -> set[int]:
    """Mark notices as told, or void where they hold no longer; return the ids of those to send.

    To be called in the transaction that puts the words into the outbox: of two processes
    that found the same notice one gets its id. Of one kind about one booking the last holds.
    """
    waiting = set(
        connection.scalars(
            select(NoticeRow.id)
            .where(NoticeRow.id.in_([n.id for n in notices]), NoticeRow.status == WAITING)
            .order_by(NoticeRow.id)  # two processes that settle the same must not cross
            .with_for_update()
        )
    )
    wanted = {n.booking.id for n in notices}
    current = {b.id: b for b in queries.bookings(connection, BookingRow.id.in_(wanted))}
    last = {(n.booking.id, n.kind): n for n in notices if n.id in waiting}
    hold = {
        n.id
        for n in last.values()
        if n.booking.id in current and _holds(connection, n, current[n.booking.id], now)
    }
    for status, ids in ((SENT, hold), (VOID, waiting - hold)):
        if ids:
            settled = update(NoticeRow).where(NoticeRow.id.in_(ids))
            connection.execute(settled.values(status=status, settled_at=now))
    return hold


def _holds(connection: Connection, notice: Notice, booking: Booking, now: datetime) -> bool:
    if not still_true(notice.kind, booking, now):
        return False
    return notice.kind != REOPENED or _is_news(connection, notice, booking, now)


def still_true(kind: str, booking: Booking, now: datetime) -> bool:
    """Tell whether a notice about ``booking``, as it is now, is still worth saying."""
    if kind in REMINDERS:
        return booking.status == queries.CONFIRMED and not booking.closed and booking.start > now
    if kind == FREED:
        until = booking.hold_until
        return booking.status == queries.HELD and until is not None and until > now
    if kind == CLOSED:
        return booking.status in queries.COMING and booking.closed and booking.start > now
    if kind == REOPENED:
        may_come = booking.status in (*queries.COMING, queries.CANCELLED)
        return may_come and not (booking.closed and booking.start > now)
    return booking.status == queries.NO_SHOW


def stands(booking: Booking, now: datetime) -> bool:
    """Tell whether somebody may come for a booking, now that the hall is open again."""
    return booking.status in queries.COMING and booking.start > now


def _is_news(connection: Connection, notice: Notice, booking: Booking, now: datetime) -> bool:
    """Whether the owner believes the slot closed, and has not booked something else since."""
    word = last_words(connection, [booking.id]).get(booking.id)
    if word is None or not word.closed or word.slot_id != booking.slot_id:
        return False
    if stands(booking, now):
        return True
    this, other = aliased(BookingRow), aliased(BookingRow)
    booked_since = (
        select(other.id)
        .join(this, (this.owner == other.owner) & (this.business_id == other.business_id))
        .where(
            this.id == booking.id,
            other.id != this.id,
            or_(other.active.is_(True), other.id > this.id),
        )
    )
    return not connection.scalar(select(exists(booked_since.subquery())))
