"""How long visits took that were called and finished: learned every night, for the planning."""

from array import array
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from sqlalchemy import Connection, delete, insert, select

from actions.appointments.booking.queries import SERVED
from actions.appointments.booking.tables import BookingRow, WalkInRow
from actions.appointments.halls.service_times import ServiceTime, seen
from actions.appointments.halls.tables import HallRow, ServiceTimeRow, SlotRow
from actions.appointments.lock_retry import within_time
from store.database import Database

MEMORY = timedelta(days=90)


@within_time
def learn(database: Database, *, now: datetime) -> int:
    """Write how long businesses took in each hall during MEMORY; return how many are known.

    What is no longer borne out by ENOUGH visits is forgotten. Safe at any time and by many.
    """
    with database.read() as session:
        halls = session.scalars(select(HallRow.id).order_by(HallRow.id)).all()
    known = 0
    for hall_id in halls:
        with database.read() as session:
            times = _hall_times(session.connection(), hall_id, now)
        database.transact(partial(_write, hall_id=hall_id, times=times, now=now))
        known += len(times)
    return known


def _hall_times(connection: Connection, hall_id: int, now: datetime) -> dict[int, ServiceTime]:
    lengths: dict[int, array[float]] = {}
    visits = chain(_booked(connection, hall_id, now), _walked_in(connection, hall_id, now))
    for business_id, called_at, ended_at in visits:
        minutes = (ended_at - called_at).total_seconds() / 60
        lengths.setdefault(business_id, array("d")).append(minutes)
    times = {business_id: seen(found) for business_id, found in lengths.items()}
    return {business_id: time for business_id, time in times.items() if time is not None}


def _booked(
    connection: Connection, hall_id: int, now: datetime
) -> Iterator[tuple[int, datetime, datetime]]:
    statement = (
        select(BookingRow.business_id, BookingRow.called_at, BookingRow.ended_at)
        .join(SlotRow, SlotRow.id == BookingRow.slot_id)
        .where(
            SlotRow.hall_id == hall_id,
            SlotRow.start > now - MEMORY,
            SlotRow.start <= now,
            BookingRow.status == SERVED,
            BookingRow.called_at.is_not(None),
            BookingRow.ended_at.is_not(None),
        )
    )
    for row in connection.execute(statement):
        yield row.business_id, row.called_at, row.ended_at


def _walked_in(
    connection: Connection, hall_id: int, now: datetime
) -> Iterator[tuple[int, datetime, datetime]]:
    statement = select(WalkInRow.business_id, WalkInRow.called_at, WalkInRow.ended_at).where(
        WalkInRow.hall_id == hall_id,
        WalkInRow.arrived_at > now - MEMORY,
        WalkInRow.arrived_at <= now,
        WalkInRow.called_at.is_not(None),
        WalkInRow.ended_at.is_not(None),
    )
    for row in connection.execute(statement):
        yield row.business_id, row.called_at, row.ended_at


def _write(
    connection: Connection, *, hall_id: int, times: dict[int, ServiceTime], now: datetime
) -> None:
    # Two processes that learn at once would both insert: the hall's row keeps them apart.
    connection.execute(select(HallRow.id).where(HallRow.id == hall_id).with_for_update())
    connection.execute(delete(ServiceTimeRow).where(ServiceTimeRow.hall_id == hall_id))
    rows = [
        {
            "hall_id": hall_id,
            "business_id": business_id,
            "mean": time.mean,
            "spread": time.spread,
            "n": time.n,
            "learned_at": now,
        }
        for business_id, time in sorted(times.items())
    ]
    if rows:
        connection.execute(insert(ServiceTimeRow), rows)
