"""Opening days for booking: each is planned once, and its arrival times written.

A day that has been opened is never opened again, whatever has changed since: people hold
bookings on it. Days are written one by one, so that nobody who books waits for long.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from actions.appointments.errors import CannotPlan
from actions.appointments.halls.calendar import CALENDAR_DAYS
from actions.appointments.halls.closures import Closed, closed_between, lock_hall
from actions.appointments.halls.layout import Layout, layout
from actions.appointments.halls.tables import HallDayRow, HallRow, SlotRow
from actions.appointments.lock_retry import within_time
from actions.appointments.staggering.day import STEP, HallDay, Plan
from actions.appointments.staggering.forecast import forecast
from actions.appointments.staggering.planner import plan_day
from actions.calendar import at_minute, working_days
from store.clock import to_shanghai
from store.database import Database

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class PlannedDay:
    """A plan, and what `HallDayRow` says of it."""

    plan: Plan
    lengths: tuple[timedelta, ...]
    first: int
    walk_ins: list[float]
    stay: float


@within_time
def open_days(database: Database, *, now: datetime, days: int = CALENDAR_DAYS) -> int:
    """Open today and the coming ``days`` of every hall; return how many slots that added.

    Safe at any time and by many at once. A hall that cannot be planned is left out, with a
    line in the log. Raises WindowsBusy; what was opened before that stays.
    """
    today = to_shanghai(now).date()
    wanted = list(working_days(today, days))
    with database.read() as session:
        halls = session.scalars(select(HallRow.id).order_by(HallRow.id)).all()
    planned: dict[HallDay, PlannedDay] = {}
    opened = 0
    for hall_id in halls:
        missing = _not_opened(database, hall_id, wanted)
        if not missing:
            continue
        try:
            with database.read() as session:
                shape = layout(session, hall_id)
            if shape.day not in planned:
                planned[shape.day] = plan(shape.day)
        except CannotPlan as error:
            logger.warning("hall_cannot_be_planned", hall_id=hall_id, reason=error.reason)
            continue
        _warn_of_none(shape, planned[shape.day].plan)
        opened += sum(_open(database, shape, planned[shape.day], day, now) for day in missing)
    return opened


def _warn_of_none(shape: Layout, plan: Plan) -> None:
    """Say in the log which windows open no time at all: what only they do cannot be booked."""
    for group in set(range(len(shape.windows))) - {seat.group for seat in plan.seats}:
        logger.warning(
            "windows_without_times", hall_id=shape.hall_id, window_ids=shape.windows[group]
        )


def plan(day: HallDay) -> PlannedDay:
    """Plan a hall's day; raises CannotPlan."""
    try:
        planned = plan_day(day)
        walking = forecast(day, {})
    except ValueError as error:
        raise CannotPlan(str(error)) from error
    coming = day.show * sum(seat.seats for seat in planned.seats)
    # Little's law: the person-minutes that bookings add to the hall, for each who comes.
    added = float(planned.forecast.people.sum() - walking.people.sum())
    usual = max(group.mean for group in day.groups)
    return PlannedDay(
        plan=planned,
        lengths=tuple(_length(group.mean) for group in day.groups),
        first=walking.start,
        walk_ins=[
            round(float(walking.people[minute : minute + STEP].mean()), 2)
            for minute in range(0, len(walking.people), STEP)
        ],
        stay=round(added / coming, 2) if coming and added > 0 else usual,
    )


def _length(mean: float) -> timedelta:
    """How long a slot says it lasts: the mean service, on the grid people read."""
    return timedelta(minutes=max(STEP, STEP * round(mean / STEP)))


def _not_opened(database: Database, hall_id: int, wanted: list[date]) -> list[date]:
    with database.read() as session:
        opened = set(
            session.scalars(
                select(HallDayRow.day).where(
                    HallDayRow.hall_id == hall_id, HallDayRow.day >= min(wanted, default=date.max)
                )
            )
        )
    return [day for day in wanted if day not in opened]


def _open(database: Database, shape: Layout, planned: PlannedDay, day: date, now: datetime) -> int:
    try:
        return database.transact(partial(_open_day, shape=shape, planned=planned, day=day, now=now))
    except IntegrityError:
        # Another process was quicker.
        return 0


def _open_day(
    connection: Connection, *, shape: Layout, planned: PlannedDay, day: date, now: datetime
) -> int:
    lock_hall(connection, shape.hall_id)
    connection.execute(
        insert(HallDayRow),
        {
            "hall_id": shape.hall_id,
            "day": day,
            "planned_at": now,
            "first": planned.first,
            "walk_ins": planned.walk_ins,
            "stay": planned.stay,
        },
    )
    start, end = at_minute(day, 0), at_minute(day, 24 * 60)
    if _has_slots(connection, shape.hall_id, start, end):
        # From before days were planned: people may hold bookings on them.
        return 0
    closed = closed_between(connection, shape.hall_id, start, end)
    rows = list(_slots(shape, planned, day, closed))
    if rows:
        connection.execute(insert(SlotRow), rows)
    return len(rows)


def _has_slots(connection: Connection, hall_id: int, start: datetime, end: datetime) -> bool:
    found = select(SlotRow.id).where(
        SlotRow.hall_id == hall_id, SlotRow.start >= start, SlotRow.start < end
    )
    return connection.scalar(found.limit(1)) is not None


def _slots(
    shape: Layout, planned: PlannedDay, day: date, closed: Closed
) -> Iterator[dict[str, object]]:
    for seat in planned.plan.seats:
        window_id = shape.windows[seat.group][seat.window]
        start = at_minute(day, seat.minute)
        end = start + planned.lengths[seat.group]
        yield {
            "hall_id": shape.hall_id,
            "window_id": window_id,
            "start": start,
            "end": end,
            "capacity": seat.seats,
            "taken": 0,
            "reserved": seat.reserved,
            "closed": closed.covers(window_id, start, end),
        }
