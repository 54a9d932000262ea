"""Whom a hall expects in the coming working days, half hour by half hour."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from actions.appointments.crowd.expectation import HALF_HOUR, half_hours
from actions.appointments.crowd.loads import day_loads, minutes_of, open_half_hours
from actions.appointments.halls import queries
from actions.appointments.halls.closures import hall_closed
from actions.appointments.records import Week
from actions.calendar import at_minute
from language.times.working_days import is_working_day, next_working_day
from store.clock import to_shanghai

DAYS = 6
"""A week of working days, and the same day again: 「下周这一天」 is asked for, too."""


def week(session: Session, hall: str, *, now: datetime) -> Week:
    """Return a hall's coming working days, today included where it is one; UnknownHall."""
    found = queries.hall_named(queries.halls(session), hall)
    days = _days(to_shanghai(now).date())
    connection = session.connection()
    closed = hall_closed(connection, found.id, at_minute(days[0], 0))
    loads = day_loads(connection, found.id, days)
    times = half_hours(minutes_of(found))
    people = []
    for day in days:
        opened = open_half_hours(found, day, closed)
        load = loads[day]
        people.append(
            tuple(
                round(load.mean(time, time + HALF_HOUR)) if time in opened else None
                for time in times
            )
        )
    return Week(found.name, found.capacity, days, times, tuple(people))


def _days(today: date) -> tuple[date, ...]:
    days: list[date] = []
    day = today if is_working_day(today) else next_working_day(today)
    while len(days) < DAYS:
        days.append(day)
        day = next_working_day(day)
    return tuple(days)
