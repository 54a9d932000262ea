"""How long a business takes in a hall, learned from visits that were called and finished.

What was seen is mixed with what is stated: ``PRIOR`` visits' worth of the stated minutes and
spread, so that a figure moves slowly while there is little to go by.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from math import exp, log, sqrt
from statistics import fmean, median, pvariance

from sqlalchemy import Connection, delete, insert, select

from actions.appointments.booking.queries import SERVED
from actions.appointments.booking.tables import BookingRow, WalkInRow
from actions.appointments.halls.tables import HallRow, ServiceTimeRow, SlotRow
from actions.appointments.lock_retry import within_time
from store.database import Database

MEMORY = timedelta(days=90)
ENOUGH = 30
"""So many visits of known length before anything is learned."""
PRIOR = 30
"""How many visits the stated time is worth."""
SHORTEST, LONGEST = 1.0, 120.0
"""Minutes; outside them somebody pressed twice, or forgot to press."""
FENCE = 3.5
"""Lengths so many robust standard deviations off, in logarithms, are slips of the hand.

Modified z-score of Iglewicz and Hoaglin (1993); of logarithms, since service times are
skewed to the right. Of log-normal times it leaves out one in two thousand.
"""
MAD_TO_DEVIATION = 1.4826


@dataclass(frozen=True)
class ServiceTime:
    """Mean and standard deviation in minutes, from ``n`` visits; 0 where only stated."""

    mean: float
    spread: float
    n: int = 0


def believed(stated: ServiceTime, seen: ServiceTime | None) -> ServiceTime:
    """Return what to plan with: what was seen, shrunk to what is stated."""
    if seen is None or seen.n < ENOUGH:
        return stated
    weight = seen.n / (seen.n + PRIOR)
    return ServiceTime(
        mean=weight * seen.mean + (1 - weight) * stated.mean,
        spread=sqrt(weight * seen.spread**2 + (1 - weight) * stated.spread**2),
        n=seen.n,
    )


def seen(lengths: Sequence[float]) -> ServiceTime | None:
    """Return mean and spread of visits' lengths in minutes; None where there are too few.

    Lengths outside SHORTEST to LONGEST, and then beyond FENCE, are left out.
    """
    possible = [length for length in lengths if SHORTEST <= length <= LONGEST]
    if len(possible) < ENOUGH:
        return None
    kept = _within_fence(possible)
    if len(kept) < ENOUGH:
        return None
    mean = fmean(kept)
    return ServiceTime(mean, sqrt(pvariance(kept, mean)), len(kept))


def _within_fence(lengths: Sequence[float]) -> Sequence[float]:
    logs = [log(length) for length in lengths]
    middle = median(logs)
    deviation = MAD_TO_DEVIATION * median(abs(value - middle) for value in logs)
    if deviation == 0:  # more than half of them alike: nothing to measure the rest by
        return lengths
    low, high = exp(middle - FENCE * deviation), exp(middle + FENCE * deviation)
    return [length for length in lengths if low <= length <= high]


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
