"""How many people a hall expects at a minute of a day. Plain functions, no I/O.

Minutes count from midnight in Asia/Shanghai.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from actions.appointments.staggering.day import STEP, HallDay

SHOW = HallDay.show
"""Share of booked people who come."""

HALF_HOUR = 30


@dataclass(frozen=True)
class DayLoad:
    """Who comes to a hall on a day: ``booked`` people by the minute of their booking.

    ``walk_ins`` are people in the hall without a booking, one number for each ``STEP``
    minutes from minute ``first`` on; ``stay`` is how long a booked person is in the hall.
    """

    booked: Mapping[int, int]
    first: int = 0
    walk_ins: Sequence[float] = ()
    stay: float = 0.0
    _minutes: list[int] = field(init=False, repr=False)
    _came: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        minutes = sorted(self.booked)
        object.__setattr__(self, "_minutes", minutes)
        came = accumulate((self.booked[minute] for minute in minutes), initial=0)
        object.__setattr__(self, "_came", list(came))

    def people(self, minute: int) -> float:
        """Expect so many: without a booking, and booked for ``(minute - stay, minute]``."""
        step = (minute - self.first) // STEP
        walking = self.walk_ins[step] if 0 <= step < len(self.walk_ins) else 0.0
        return walking + SHOW * (self._until(minute) - self._until(minute - self.stay))

    def mean(self, start: int, end: int) -> float:
        """Return the mean expected over ``[start, end)``."""
        steps = range(start, end, STEP)
        return sum(self.people(minute) for minute in steps) / len(steps)

    def _until(self, minute: float) -> int:
        """Count those booked up to ``minute``, that included."""
        return self._came[bisect_right(self._minutes, minute)]


def half_hours(sessions: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Return the beginnings of the half hours from first opening to last closing."""
    first, last = sessions[0][0], sessions[-1][1]
    return tuple(range(first - first % HALF_HOUR, last, HALF_HOUR))
