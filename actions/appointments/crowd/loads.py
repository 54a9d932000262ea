"""Reading whom a hall expects: from its planned days and the seats taken, never the bookings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, func, select

from actions.appointments.crowd.expectation import HALF_HOUR, DayLoad, half_hours
from actions.appointments.halls.calendar import Stretch, sessions_on
from actions.appointments.halls.tables import HallDayRow, SlotRow
from actions.appointments.records import Hall
from actions.calendar import at_minute, minute_of
from store.clock import to_shanghai
from store.schema import UtcDateTime

ONE_DAY = timedelta(days=1)

_START = bindparam("start", type_=UtcDateTime)
_BOOKED = (
    select(SlotRow.start, func.sum(case((SlotRow.closed, 0), else_=SlotRow.taken)))
    .where(
        SlotRow.hall_id == bindparam("hall"),
        SlotRow.start >= _START,
        SlotRow.start < bindparam("end", type_=UtcDateTime),
    )
    .group_by(SlotRow.start)
)
_PLANNED = select(HallDayRow.day, HallDayRow.first, HallDayRow.walk_ins, HallDayRow.stay).where(
    HallDayRow.hall_id == bindparam("hall"), HallDayRow.day.in_(bindparam("days", expanding=True))
)


class Planned(NamedTuple):
    """What a day's plan says of who will be in the hall; see ``HallDayRow``."""

    first: int
    walk_ins: Sequence[float]
    stay: float


def day_loads(connection: Connection, hall_id: int, days: Iterable[date]) -> dict[date, DayLoad]:
    """Return whom a hall expects on each of ``days``, which must be in order."""
    booked: dict[date, dict[int, int]] = {day: {} for day in days}
    stretch = {
        "hall": hall_id,
        "start": at_minute(min(booked), 0),
        "end": at_minute(max(booked) + ONE_DAY, 0),
    }
    for start, taken in connection.execute(_BOOKED, stretch):
        day = to_shanghai(start).date()
        if day in booked:
            booked[day][minute_of(start)] = int(taken)
    known = planned(connection, hall_id, booked)
    return {day: load_of(taken, known.get(day)) for day, taken in booked.items()}


def planned(connection: Connection, hall_id: int, days: Iterable[date]) -> dict[date, Planned]:
    """Return what is planned for ``days``; those not planned are left out."""
    rows = connection.execute(_PLANNED, {"hall": hall_id, "days": list(days)})
    return {row.day: Planned(row.first, row.walk_ins, row.stay) for row in rows}


def load_of(booked: Mapping[int, int], plan: Planned | None) -> DayLoad:
    """Return whom a day expects; one that is not planned, only who has booked."""
    return (
        DayLoad(booked) if plan is None else DayLoad(booked, plan.first, plan.walk_ins, plan.stay)
    )


def open_half_hours(hall: Hall, day: date, closed: Sequence[Stretch]) -> tuple[int, ...]:
    """Return the beginnings of the half hours in which a hall is open on a day."""
    opened = sessions_on(hall, day, closed)
    return tuple(
        minute
        for minute in half_hours(minutes_of(hall))
        if any(
            start < at_minute(day, minute + HALF_HOUR) and at_minute(day, minute) < end
            for start, end in opened
        )
    )


def minutes_of(hall: Hall) -> list[tuple[int, int]]:
    """Return a hall's opening hours in minutes after midnight."""
    return [
        (opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute)
        for opens, closes in hall.sessions
    ]
