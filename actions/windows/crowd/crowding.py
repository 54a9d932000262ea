"""How full a hall is, and when it is calmer: counted from its bookings."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from actions.windows import reading
from actions.windows.halls.calendar import CALENDAR_DAYS, is_open
from actions.windows.offering.choosing import Load, expected_people
from actions.windows.records import Crowd, QuietTime
from store.clock import to_shanghai

QUIET_TIMES = 3


def crowd(session: Session, hall: str, *, now: datetime) -> Crowd:
    """Return how many people a hall expects now; UnknownHall."""
    found = reading.hall_named(reading.halls(session), hall)
    horizon = now + timedelta(days=CALENDAR_DAYS)
    loads = reading.loads(session, found.id, None, now, horizon)
    open_now = is_open(now)
    people = expected_people(loads, now, now + timedelta(microseconds=1)) if open_now else 0
    return Crowd(
        hall=found.name,
        is_open=open_now,
        people=people,
        capacity=found.capacity,
        hours=found.hours,
        quiet=_quiet(loads, now, people if open_now else None),
    )


def _quiet(loads: list[Load], now: datetime, people: int | None) -> tuple[QuietTime, ...]:
    """Return the calmest times of the first day that has any calmer than now."""
    ahead = [load for load in loads if load.start > now and load.taken < load.capacity]
    for day in sorted({to_shanghai(load.start).date() for load in ahead}):
        times = {(x.start, x.end) for x in ahead if to_shanghai(x.start).date() == day}
        expected = [
            QuietTime(to_shanghai(start), to_shanghai(end), expected_people(loads, start, end))
            for start, end in times
        ]
        calmer = [t for t in expected if people is None or t.expected_people < people]
        if calmer:
            calmer.sort(key=lambda t: (t.expected_people, t.start))
            return tuple(sorted(calmer[:QUIET_TIMES], key=lambda t: t.start))
    return ()
