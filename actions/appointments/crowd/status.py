"""How full a hall is now, and when it is calmer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, case, func, select
from sqlalchemy.orm import Session

from actions.appointments.booking.queries import CHECKED_IN
from actions.appointments.booking.tables import BookingRow, WalkInRow
from actions.appointments.crowd.expectation import HALF_HOUR, DayLoad
from actions.appointments.crowd.loads import day_loads, open_half_hours
from actions.appointments.halls import queries
from actions.appointments.halls.calendar import Stretch, is_open
from actions.appointments.halls.closures import hall_closed
from actions.appointments.halls.tables import SlotRow
from actions.appointments.records import Crowd, Hall, QuietTime
from actions.calendar import at_minute, minute_of
from language.times.working_days import next_working_day
from store.clock import to_shanghai
from store.schema import UtcDateTime

QUIET_TIMES = 3
STAYED = timedelta(hours=3)
"""Who came longer ago has left, though nobody noted it."""

_START = bindparam("start", type_=UtcDateTime)
_END = bindparam("end", type_=UtcDateTime)
_SINCE = bindparam("since", type_=UtcDateTime)
_BOOKED = (
    select(
        func.count(BookingRow.checked_in_at),
        func.sum(
            case(
                (
                    and_(BookingRow.status == CHECKED_IN, BookingRow.checked_in_at > _SINCE),
                    1,
                ),
                else_=0,
            )
        ),
    )
    .join_from(SlotRow, BookingRow, BookingRow.slot_id == SlotRow.id)
    .where(SlotRow.hall_id == bindparam("hall"), SlotRow.start >= _START, SlotRow.start < _END)
)
_WALKED_IN = select(
    func.count(WalkInRow.id),
    func.sum(case((and_(WalkInRow.ended_at.is_(None), WalkInRow.arrived_at > _SINCE), 1), else_=0)),
).where(
    WalkInRow.hall_id == bindparam("hall"),
    WalkInRow.arrived_at >= _START,
    WalkInRow.arrived_at < _END,
)


def crowd(session: Session, hall: str, *, now: datetime) -> Crowd:
    """Return how many people are in a hall, and when it is calmer; UnknownHall."""
    found = queries.hall_named(queries.halls(session), hall)
    today = to_shanghai(now).date()
    days = (today, next_working_day(today))
    connection = session.connection()
    closed = hall_closed(connection, found.id, at_minute(today, 0))
    loads = day_loads(connection, found.id, days)
    open_now = is_open(found, now, closed)
    predicted = round(loads[today].people(minute_of(now))) if open_now else 0
    counted = _counted(connection, found.id, today, now) if open_now else None
    people = predicted if counted is None else counted
    return Crowd(
        hall=found.name,
        is_open=open_now,
        people=people,
        capacity=found.capacity,
        hours=found.hours,
        quiet=_quiet(found, loads, closed, now, people if open_now else None),
        counted=counted,
        predicted=predicted,
    )


def _counted(connection: Connection, hall_id: int, today: date, now: datetime) -> int | None:
    """Count who has come and not left; None where nobody's coming was noted today."""
    values = {
        "hall": hall_id,
        "start": at_minute(today, 0),
        "end": at_minute(today + timedelta(days=1), 0),
        "since": now - STAYED,
    }
    noted = here = 0
    for statement in (_BOOKED, _WALKED_IN):
        came, stayed = connection.execute(statement, values).one()
        noted, here = noted + int(came), here + int(stayed or 0)
    return here if noted else None


def _quiet(
    hall: Hall,
    loads: dict[date, DayLoad],
    closed: Sequence[Stretch],
    now: datetime,
    people: int | None,
) -> tuple[QuietTime, ...]:
    """Return the calmest half hours of the first day that has any calmer than now."""
    for day, load in loads.items():
        times = [
            QuietTime(
                at_minute(day, minute),
                at_minute(day, minute + HALF_HOUR),
                round(load.mean(minute, minute + HALF_HOUR)),
            )
            for minute in open_half_hours(hall, day, closed)
            if at_minute(day, minute) > now
        ]
        calmer = [time for time in times if people is None or time.expected_people < people]
        if calmer:
            calmer.sort(key=lambda time: (time.expected_people, time.start))
            return tuple(sorted(calmer[:QUIET_TIMES], key=lambda time: time.start))
    return ()
