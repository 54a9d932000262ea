"""Whom to call next: the rule of the day board. No I/O."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.windows.booking.reading import CHECKED_IN

WAITING, SERVING = "waiting", "serving"


@dataclass(frozen=True)
class Visit:
    """Somebody who comes to a hall on one day, with a booking or, a ``walk_in``, without.

    ``start`` is the booked time, of a walk-in the time of arrival; a walk-in has no
    ``window`` until called. ``closed`` says that the hall has since announced to be closed
    then. All times are aware, in Asia/Shanghai.
    """

    code: str
    business: str
    window: str
    start: datetime
    status: str
    priority: bool
    walk_in: bool = False
    closed: bool = False
    hold_until: datetime | None = None
    arrived_at: datetime | None = None
    called_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def stage(self) -> str:
        """The status, with checked_in told apart: ``waiting`` to be called, or ``serving``."""
        if self.status != CHECKED_IN:
            return self.status
        return WAITING if self.called_at is None else SERVING


def calling_order(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """Return those who wait in the hall, in the order in which they are to be called.

    Priority people (老年人、残疾人) first; then by the later of booked time and arrival, so
    that who comes early overtakes nobody and who comes late has lost only the time of being
    late; who has no booking counts from arrival, and yields to a booking of the same minute.
    """
    return tuple(sorted((one for one in visits if one.stage == WAITING), key=_turn))


def may_serve(visit: Visit, window: str, windows: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a window is to serve a visit.

    ``windows`` holds each window's businesses. Windows with the same ones are one group with
    one queue; a booking is of its window's group, a walk-in of every group that does its
    business.
    """
    if visit.walk_in:
        return visit.business in windows[window]
    return windows.get(visit.window) == windows[window]


def next_to_call(
    order: Iterable[Visit], windows: Mapping[str, frozenset[str]]
) -> tuple[Visit, ...]:
    """Return who is next in each group of windows, in calling order, nobody twice."""
    waiting = tuple(order)
    one_of_each = {does: window for window, does in windows.items()}.values()
    first = {
        next((one for one in waiting if may_serve(one, window, windows)), None)
        for window in one_of_each
    }
    return tuple(one for one in waiting if one in first)


def _turn(visit: Visit) -> tuple[bool, datetime, bool, datetime, str]:
    arrived = visit.arrived_at or visit.start
    return (
        not visit.priority,
        max(visit.start, arrived),
        visit.walk_in,
        arrived,
        visit.code,
    )
