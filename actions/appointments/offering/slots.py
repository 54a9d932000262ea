"""Reading free times out of the slots: for one hall, and for a day at a time.

Nobody's bookings are read but the person's own, and every statement walks an index over a
stretch of one hall's slots (or stops at its first row), so that the numbers of bookings, of past
slots and of halls do not matter.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, case, false, func, or_, select

from actions.appointments.booking.persons import OwnTime
from actions.appointments.crowd.loads import Planned, load_of, planned
from actions.appointments.halls.tables import BusinessRow, ClosureRow, SlotRow, WindowBusinessRow
from actions.appointments.offering.selection import Choice
from actions.calendar import at_minute
from store.clock import to_shanghai
from store.schema import UtcDateTime

DAY_MINUTES = 24 * 60

_START = bindparam("start", type_=UtcDateTime)
_END = bindparam("end", type_=UtcDateTime)
_OF_HALL = SlotRow.hall_id == bindparam("hall")
_WITHIN = and_(SlotRow.start >= _START, SlotRow.start < _END)
_DOES_IT = SlotRow.window_id.in_(bindparam("windows", expanding=True))
_FREE = and_(
    SlotRow.taken < SlotRow.capacity,
    SlotRow.closed == false(),
    or_(SlotRow.reserved == false(), bindparam("priority")),
)

_FIRST_FREE = (
    select(SlotRow.start).where(_OF_HALL, _WITHIN, _DOES_IT, _FREE).order_by(SlotRow.start).limit(1)
)
_LAST_FREE = (
    select(SlotRow.start)
    .where(_OF_HALL, _WITHIN, _DOES_IT, _FREE)
    .order_by(SlotRow.start.desc())
    .limit(1)
)
_TIMES = (
    select(
        SlotRow.start,
        func.sum(case((SlotRow.closed, 0), else_=SlotRow.taken)).label("taken"),
        func.max(case((and_(_DOES_IT, _FREE), SlotRow.end))).label("end"),
    )
    .where(_OF_HALL, _WITHIN)
    .group_by(SlotRow.start)
    .order_by(SlotRow.start)
)
_SEATS = (
    select(SlotRow.id, SlotRow.start, SlotRow.end, SlotRow.reserved)
    .where(_OF_HALL, SlotRow.start.in_(bindparam("starts", expanding=True)), _DOES_IT, _FREE)
    .order_by(SlotRow.start, SlotRow.reserved.desc(), SlotRow.id)
)
_OPENED = select(SlotRow.id).where(_OF_HALL, _WITHIN, _DOES_IT, SlotRow.closed == false()).limit(1)
_LAST = select(func.max(SlotRow.start)).where(_OF_HALL)
_FIRST_OF_ALL = select(func.min(SlotRow.start)).where(SlotRow.start >= _START)
_SEATS_OF_HALLS = (
    select(SlotRow.hall_id, func.sum(SlotRow.capacity - SlotRow.taken))
    .where(
        SlotRow.window_id.in_(
            select(WindowBusinessRow.window_id)
            .join(BusinessRow, BusinessRow.id == WindowBusinessRow.business_id)
            .where(BusinessRow.name == bindparam("business"))
        ),
        _WITHIN,
        _FREE,
    )
    .group_by(SlotRow.hall_id)
)
_REASON = (
    select(ClosureRow.reason)
    .where(
        ClosureRow.hall_id == bindparam("hall"), ClosureRow.start < _END, ClosureRow.end > _START
    )
    .order_by(ClosureRow.window_id.is_not(None), ClosureRow.id.desc())
    .limit(1)
)


def first_of_all(connection: Connection, start: datetime) -> datetime | None:
    """Return when the first slot of any hall from ``start`` on begins."""
    return connection.scalar(_FIRST_OF_ALL, {"start": start})


def seats_of_halls(
    connection: Connection,
    business: str,
    start: datetime,
    end: datetime,
    *,
    priority: bool,
) -> dict[int, int]:
    """Return how many seats halls have left for a business; those without are left out."""
    values = {"business": business, "start": start, "end": end, "priority": priority}
    rows = connection.execute(_SEATS_OF_HALLS, values)
    return {hall: int(seats) for hall, seats in rows}


class _Time(NamedTuple):
    """A start of any slot of the hall, how many are booked for it, when a free seat ends."""

    start: datetime
    minute: int
    taken: int
    end: datetime | None


@dataclass(frozen=True)
class FreeSlot:
    """A slot with a free seat."""

    slot_id: int
    end: datetime
    reserved: bool


@dataclass(frozen=True)
class HallSlots:
    """One hall's slots, seen by somebody who comes for a business."""

    connection: Connection
    hall_id: int
    windows: tuple[int, ...]
    priority: bool
    own: OwnTime

    def first_free(self, start: datetime, end: datetime) -> datetime | None:
        """Return the first start in ``[start, end)`` with a free seat."""
        return self.connection.scalar(_FIRST_FREE, self._values(start=start, end=end))

    def last_free(self, start: datetime, end: datetime) -> datetime | None:
        """Return the last start in ``[start, end)`` with a free seat."""
        return self.connection.scalar(_LAST_FREE, self._values(start=start, end=end))

    def between(self, first: date, last: date) -> list[Choice]:
        """Return the starts with a seat that the person can have, day to day, by time."""
        stretch = self._values(start=at_minute(first, 0), end=at_minute(last, DAY_MINUTES))
        rows: dict[date, list[_Time]] = {}
        for start, taken, end in self.connection.execute(_TIMES, stretch).all():
            local = to_shanghai(start)
            time = _Time(start, local.hour * 60 + local.minute, int(taken), end)
            rows.setdefault(local.date(), []).append(time)
        plans = planned(self.connection, self.hall_id, rows)
        return [
            choice
            for day, of_day in rows.items()
            for choice in self._free(day, of_day, plans.get(day))
        ]

    def _free(self, day: date, times: list[_Time], plan: Planned | None) -> list[Choice]:
        load = load_of({time.minute: time.taken for time in times}, plan)
        return [
            Choice(time.start, day, time.minute, round(load.people(time.minute)))
            for time in times
            if time.end is not None and self.own.allows(time.start, time.end)
        ]

    def seats(self, starts: list[datetime]) -> dict[datetime, list[FreeSlot]]:
        """Return for each start the slots to choose from, one or more.

        Who may have a reserved seat leaves the others to those who may not.
        """
        found: dict[datetime, list[FreeSlot]] = {}
        for row in self.connection.execute(_SEATS, self._values(starts=starts)):
            seats = found.setdefault(row.start, [])
            if not seats or seats[0].reserved == row.reserved:
                seats.append(FreeSlot(row.id, row.end, row.reserved))
        return found

    def opened(self, start: datetime, end: datetime) -> bool:
        """Whether any slot begins in ``[start, end)`` that is not closed, free or not."""
        found = self.connection.scalar(_OPENED, self._values(start=start, end=end))
        return found is not None

    def last(self) -> datetime | None:
        """Return when the hall's last slot begins."""
        return self.connection.scalar(_LAST, {"hall": self.hall_id})

    def closure(self, start: datetime, end: datetime) -> str | None:
        """Return why the hall, or one of its windows, is closed in ``[start, end)``."""
        return self.connection.scalar(_REASON, {"hall": self.hall_id, "start": start, "end": end})

    def _values(self, **values: object) -> dict[str, object]:
        return {
            "hall": self.hall_id,
            "windows": self.windows,
            "priority": self.priority,
            **values,
        }
