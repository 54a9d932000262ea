"""What a hall's days are planned from: its windows in groups, and how long they take."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.appointments.errors import CannotPlan, UnknownHall
from actions.appointments.halls.calendar import read_sessions
from actions.appointments.halls.service_times import PRIOR, ServiceTime, believed
from actions.appointments.halls.tables import (
    BusinessRow,
    HallRow,
    ServiceTimeRow,
    WindowBusinessRow,
    WindowRow,
)
from actions.appointments.staggering.day import Group, HallDay

PLANNED_LOAD = 0.75
"""Share of the opening hours that windows are expected to be busy.

It sets how many walk-ins a day are reckoned with: ``walk_in_share`` of those served.
"""


@dataclass(frozen=True)
class Layout:
    """A hall as the planning sees it; ``windows[g]`` are the ids of group ``g``'s windows."""

    hall_id: int
    day: HallDay
    windows: tuple[tuple[int, ...], ...]


def layout(session: Session, hall_id: int) -> Layout:
    """Return how a hall's days are planned; raises UnknownHall, CannotPlan.

    Windows that do nothing yet are left out. Groups are in the order of their first window.
    """
    hall = session.get(HallRow, hall_id)
    if hall is None:
        raise UnknownHall
    grouped = _windows_by_businesses(session, hall_id)
    if not grouped:
        raise CannotPlan("no window of the hall does any business")
    times = _service_times(session, hall_id)
    sessions = _minutes(hall)
    groups = [
        _group(hall, sessions, len(windows), [times[business] for business in sorted(does)])
        for does, windows in grouped.items()
    ]
    day = HallDay(
        sessions=sessions,
        groups=tuple(groups),
        cap=hall.capacity,
        wait_target=hall.wait_target,
        reserved=hall.reserved_share,
    )
    return Layout(hall_id, day, tuple(tuple(windows) for windows in grouped.values()))


def _windows_by_businesses(session: Session, hall_id: int) -> dict[frozenset[int], list[int]]:
    does: dict[int, set[int]] = {}
    statement = (
        select(WindowRow.id, WindowBusinessRow.business_id)
        .join(WindowBusinessRow, WindowBusinessRow.window_id == WindowRow.id)
        .where(WindowRow.hall_id == hall_id)
        .order_by(WindowRow.id)
    )
    for window_id, business_id in session.execute(statement):
        does.setdefault(window_id, set()).add(business_id)
    groups: dict[frozenset[int], list[int]] = {}
    for window_id, businesses in does.items():
        groups.setdefault(frozenset(businesses), []).append(window_id)
    return groups


def _service_times(session: Session, hall_id: int) -> dict[int, ServiceTime]:
    learned = {
        row.business_id: ServiceTime(row.mean, row.spread, row.n)
        for row in session.scalars(select(ServiceTimeRow).where(ServiceTimeRow.hall_id == hall_id))
    }
    return {
        row.id: believed(ServiceTime(row.minutes, row.spread), learned.get(row.id))
        for row in session.execute(select(BusinessRow.id, BusinessRow.minutes, BusinessRow.spread))
    }


def _minutes(hall: HallRow) -> tuple[tuple[int, int], ...]:
    try:
        sessions = read_sessions(hall.sessions)
    except ValueError as error:
        raise CannotPlan("the hall's opening hours cannot be read") from error
    return tuple(
        (opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute)
        for opens, closes in sessions
    )


def _group(
    hall: HallRow,
    sessions: tuple[tuple[int, int], ...],
    windows: int,
    times: Sequence[ServiceTime],
) -> Group:
    mean, spread = mix(times)
    if mean <= 0:
        raise CannotPlan("a business takes no time")
    opened = sum(end - start for start, end in sessions)
    served = PLANNED_LOAD * windows * opened / mean
    return Group(windows, mean, spread, walk_ins=hall.walk_in_share * served)


def mix(times: Sequence[ServiceTime]) -> tuple[float, float]:
    """Return mean and spread of whoever comes next, by the law of total variance.

    Businesses weigh as often as they were seen, each PRIOR times more: alike where nothing
    is known.
    """
    total = sum(time.n + PRIOR for time in times)
    shares = [(time.n + PRIOR) / total for time in times]
    mean = sum(share * time.mean for share, time in zip(shares, times, strict=True))
    variance = sum(
        share * (time.spread**2 + (time.mean - mean) ** 2)
        for share, time in zip(shares, times, strict=True)
    )
    return mean, sqrt(variance)
