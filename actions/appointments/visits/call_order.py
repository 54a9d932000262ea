"""Whom to call next: the rule of the day board. No I/O."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.appointments.booking.queries import CHECKED_IN, SERVED
from store.clock import to_shanghai

WAITING, SERVING = "waiting", "serving"
CALL, FINISH = "call", "finish"
"""The steps of a visit that staff note, and may undo."""

Group = frozenset[str]
"""The businesses that the windows of one group do."""

Windows = Mapping[str, Group]
"""What each window of a hall does, by the window's name."""


@dataclass(frozen=True)
class Step:
    """A step of a visit, CALL or FINISH, as noted ``at`` (aware): that tells two apart."""

    kind: str
    at: datetime


@dataclass(frozen=True)
class Visit:
    """Somebody who comes to a hall on one day, with a booking or, a ``walk_in``, without.

    ``start`` is the booked time, of a walk-in the time of arrival; ``window`` is the booked
    one, ``called_to`` the one called to: empty where there is none. ``closed`` says that the
    hall has since announced to be closed then. All times are aware, in Asia/Shanghai.
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
    called_to: str = ""
    ended_at: datetime | None = None

    @property
    def stage(self) -> str:
        """The status, with checked_in told apart: ``waiting`` to be called, or ``serving``."""
        if self.status != CHECKED_IN:
            return self.status
        return WAITING if self.called_at is None else SERVING

    @property
    def last_step(self) -> Step | None:
        """The step that may be undone; none where nobody noted it (an end that lapsed)."""
        if self.stage == SERVING and self.called_at is not None:
            return Step(CALL, self.called_at)
        if self.stage == SERVED and self.ended_at is not None:
            return Step(FINISH, self.ended_at)
        return None


def may_undo(step: Step, now: datetime) -> bool:
    """Tell whether a step may still be undone: on the day, in Asia/Shanghai, it was noted.

    A slip is noticed at the window, soon. When the hall has closed everybody has left, so
    nobody can be put back into its queue; and at night the day's service times are learned
    and planned with, which is to be done from what no longer changes.
    """
    return to_shanghai(step.at).date() == to_shanghai(now).date()


def calling_order(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """Return those who wait in the hall, in the order in which they are to be called.

    Priority people (老年人、残疾人) first; then by the later of booked time and arrival, so
    that who comes early overtakes nobody and who comes late has lost only the time of being
    late; who has no booking counts from arrival, and yields to a booking of the same minute.
    """
    return tuple(sorted((one for one in visits if one.stage == WAITING), key=_turn))


def groups_of(visit: Visit, windows: Windows) -> frozenset[Group]:
    """Return the groups of windows that are to serve a visit.

    Windows with the same businesses are one group with one queue. A booking is of its
    window's group, a walk-in of every group that does its business; so is a booking whose
    window is no more. Once called, a visit is of the group of the window called to.
    """
    for window in (visit.called_to, visit.window):
        if window in windows:
            return frozenset({windows[window]})
    return frozenset(does for does in windows.values() if visit.business in does)


def next_to_call(order: Iterable[Visit], windows: Windows) -> tuple[Visit, ...]:
    """Return who is next in each group of windows, in calling order, nobody twice."""
    waited_for: set[Group] = set()
    following = []
    for visit in order:
        groups = groups_of(visit, windows)
        if groups - waited_for:
            following.append(visit)
        waited_for |= groups
    return tuple(following)


def people_ahead(order: Iterable[Visit], windows: Windows) -> dict[str, int]:
    """Return, by code, how many are to be called before each one by a window of theirs."""
    before: list[frozenset[Group]] = []
    ahead = {}
    for visit in order:
        groups = groups_of(visit, windows)
        ahead[visit.code] = sum(not groups.isdisjoint(others) for others in before)
        before.append(groups)
    return ahead


def _turn(visit: Visit) -> tuple[bool, datetime, bool, datetime, str]:
    arrived = visit.arrived_at or visit.start
    return (
        not visit.priority,
        max(visit.start, arrived),
        visit.walk_in,
        arrived,
        visit.code,
    )
