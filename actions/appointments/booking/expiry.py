"""Holds that ran out, visits nobody came to, and visits nobody noted the end of."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, Connection, Row, select, update

from actions.appointments.booking import notices, waitlist
from actions.appointments.booking.queries import (
    CANCELLED,
    CHECKED_IN,
    CONFIRMED,
    HELD,
    NO_SHOW,
    SERVED,
)
from actions.appointments.booking.rules import CHECK_IN_UNTIL, STAY_AT_MOST
from actions.appointments.booking.seats import give_seat_back, lock_slots
from actions.appointments.booking.tables import BookingRow
from actions.appointments.halls.tables import SlotRow
from actions.appointments.lock_retry import within_time
from store.database import Database

BATCH = 50
LOOK_BACK = timedelta(days=7)
"""Older visits have long been settled: the search need not walk through all of history."""


@within_time
def release_lapsed(database: Database, *, now: datetime) -> int:
    """Free the seats of all holds that ran out by ``now``; return how many.

    Safe to call at any time and by many at once: each hold is released exactly once.
    WindowsBusy where a lock cannot be had in time; what was released stays released.
    """
    released = 0
    while True:
        found = database.transact(partial(release_some, now=now))
        released += found
        if found < BATCH:
            return released


def release_some(
    connection: Connection, *where: ColumnElement[bool], now: datetime, limit: int = BATCH
) -> int:
    """Free the seats of up to ``limit`` lapsed holds that meet ``where``; return how many."""
    lapsed = connection.execute(
        select(BookingRow.id, BookingRow.slot_id)
        .where(BookingRow.status == HELD, BookingRow.hold_until <= now, *where)
        .order_by(BookingRow.hold_until, BookingRow.id)
        .limit(limit)
    ).all()
    if not lapsed:
        return 0
    lock_slots(connection, [row.slot_id for row in lapsed])
    return sum(_release(connection, row, now) for row in lapsed)


def _release(connection: Connection, row: Row[int, int], now: datetime) -> bool:
    # Found before its slot was locked: it may have been confirmed, moved or released since.
    ran_out = BookingRow.hold_until <= now
    ended = _end(connection, row.id, row.slot_id, HELD, ran_out, now=now, status=CANCELLED)
    if ended:
        waitlist.settle(connection, row.id, waitlist.MISSED)
        waitlist.pass_on(connection, row.slot_id, now=now)
    return ended


@within_time
def note_no_shows(database: Database, *, now: datetime) -> int:
    """Settle confirmed visits that nobody came to; return how many.

    Where the hall was closed, or its reopening was told too late, it was not the person who
    stayed away: such a booking is cancelled and counts for nothing.
    """
    noted = 0
    while True:
        found = database.transact(partial(settle_missed, now=now))
        noted += found
        if found < BATCH:
            return noted


def settle_missed(connection: Connection, *where: ColumnElement[bool], now: datetime) -> int:
    """Settle some missed visits that meet ``where``; return how many."""
    missed = connection.execute(
        select(BookingRow.id, BookingRow.slot_id, SlotRow.closed, SlotRow.start)
        .join(SlotRow, SlotRow.id == BookingRow.slot_id)
        .where(
            BookingRow.status == CONFIRMED,
            BookingRow.active,
            SlotRow.start <= now - CHECK_IN_UNTIL,
            SlotRow.start > now - LOOK_BACK,
            *where,
        )
        .order_by(SlotRow.start, BookingRow.id)
        .limit(BATCH)
    ).all()
    words = notices.last_words(connection, [row.id for row in missed])
    called_off = [
        row
        for row in missed
        if row.closed or (row.id in words and words[row.id].excuses(row.slot_id, row.start))
    ]
    if called_off:
        lock_slots(connection, [row.slot_id for row in called_off])
    for row in called_off:
        if _end(
            connection,
            row.id,
            row.slot_id,
            CONFIRMED,
            now=now,
            status=CANCELLED,
            ended_by="staff",
        ):
            give_seat_back(connection, row.slot_id)
    for row in missed:
        if row not in called_off and _end(
            connection, row.id, row.slot_id, CONFIRMED, now=now, status=NO_SHOW
        ):
            notices.notify(connection, row.id, notices.NO_SHOW, now)
    return len(missed)


@within_time
def end_forgotten(database: Database, *, now: datetime) -> int:
    """End visits that nobody noted the end of, since they bar the next booking; return how many.

    When they ended is not known and stays unwritten: nothing is to be learned from it.
    """
    return database.transact(partial(_end_forgotten, now=now))


def _end_forgotten(connection: Connection, *, now: datetime) -> int:
    long_ago = select(SlotRow.id).where(
        SlotRow.start <= now - STAY_AT_MOST, SlotRow.start > now - LOOK_BACK
    )
    return connection.execute(
        update(BookingRow)
        .where(BookingRow.status == CHECKED_IN, BookingRow.active, BookingRow.slot_id.in_(long_ago))
        .values(status=SERVED, active=False, place=None, ended_by="lapse")
    ).rowcount


def _end(
    connection: Connection,
    booking_id: int,
    slot_id: int,
    was: str,
    *where: ColumnElement[bool],
    now: datetime,
    status: str,
    ended_by: str = "lapse",
) -> bool:
    ended = connection.execute(
        update(BookingRow)
        .where(
            BookingRow.id == booking_id,
            BookingRow.slot_id == slot_id,
            BookingRow.status == was,
            *where,
        )
        .values(
            status=status,
            active=False,
            place=None,
            hold_until=None,
            ended_at=now,
            ended_by=ended_by,
        )
    )
    return ended.rowcount > 0
