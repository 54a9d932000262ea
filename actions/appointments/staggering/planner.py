"""Which arrival times a hall-day opens, so that it never fills and nobody waits long.

Part by part of the day, every group takes the highest load at which the forecast keeps the
wait under the target; then the hall lowers the highest loads until the people in it stay
under the cap with 95% probability.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from actions.appointments.staggering.day import STEP, ArrivalTime, Group, HallDay, Plan
from actions.appointments.staggering.forecast import check, expect, together
from actions.appointments.staggering.profiles import (
    Timeline,
    punctuality,
    smear,
    timeline,
    walk_in_rates,
)
from actions.appointments.staggering.queues import (
    Floats,
    evolve,
    fluid_peaks,
    queues_for,
    settled,
    waits,
)
from actions.appointments.staggering.threads import on_one_thread

LOADS = np.array(
    [0, 0.3, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.825, 0.85, 0.875, 0.9, 0.925, 0.95, 1.0, 1.1]
)
"""Loads of a group's windows that are tried."""
PART = 60
"""Minutes for which one load is chosen."""
OPENING = 0.4
"""Of the windows, how many get somebody in the first two steps of a session, over and above the
stream: they would stand idle until it has come (Welch and Bailey 1952)."""
LOOK_AHEAD = 60
"""Minutes after a part for which its load must be bearable, too: a part that fills the hall to
its limits would leave nothing for the next."""
CERTAINTY = 0.951
"""Probability of staying under the cap, a hair above the 95% promised, for rounding."""
MARGIN = 0.99
"""Of the wait target, likewise."""
LAST_SERVED = 0.7
"""Probability that the last person called at their minute is done when the windows close."""


@dataclass(frozen=True)
class _Part:
    """Grid minutes of which those before ``end`` get one load; all before ``until`` try it."""

    grid: NDArray[np.int64]
    start: int
    end: int
    until: int
    opening: bool
    last: NDArray[np.int64]
    """For each group the latest minute to call somebody in this session."""


@on_one_thread
def plan_day(day: HallDay) -> Plan:
    """The arrival times of a hall-day; raises ValueError for a day that cannot be."""
    check(day)
    line = timeline(day)
    places = _Planner(day, line).fill()
    return Plan(tuple(_seats(day, line, places)), expect(day, line, places))


class _Planner:
    """Fills a day from its beginning, keeping the distribution at the last decided minute.

    Loads are indices of `LOADS`, shaped (groups, trials).
    """

    def __init__(self, day: HallDay, line: Timeline) -> None:
        self.day, self.line = day, line
        self.kernel = punctuality(day, line)
        self.walk_ins = np.stack([walk_in_rates(day, group, line) for group in day.groups])
        self.targets = np.array([[self.day.target(group)] for group in day.groups])
        self.windows = np.array([[group.windows] for group in day.groups])
        self.pace = np.array([[STEP * group.windows / group.mean] for group in day.groups])
        usual = [group.windows * (1 + day.target(group) / group.mean) for group in day.groups]
        most = np.maximum(usual, fluid_peaks(day, self.walk_ins, line))
        self.queues = queues_for(day, line, self.walk_ins, most.tolist())
        self.places = np.zeros_like(self.walk_ins)
        self.coming = self.walk_ins.copy()
        self.carry = np.full((len(day.groups), 1), 0.5)
        self.state = self.queues.empty
        self.now = 0
        self.limit = len(LOADS) // 2  # the load the cap allowed last: the next is near

    def fill(self) -> Floats:
        """Seats per group and minute of the timeline."""
        for part in _parts(self.day):
            self._go_to(part.start - self.line.lead - self.line.start)
            loads = self._under_cap(part, *self._bearable(part))
            self._take(part, loads[:, None])
        return self.places

    def _go_to(self, minute: int) -> None:
        if minute > self.now:
            coming = self.coming[:, None, self.now : minute]
            self.state = evolve(self.queues, self.state[:, None], coming, self.now)[-1, :, 0]
            self.now = minute

    def _take(self, part: _Part, loads: NDArray[np.int64]) -> None:
        """Opens the part's seats at these loads of one trial."""
        seats, left = self._seats(part, loads)
        decided = part.grid < part.end
        if decided.any():
            seats, self.carry = seats[:, 0] * decided, left[..., decided.sum() - 1]
            self.places[:, part.grid - self.line.start] = seats
            self.coming = self.walk_ins + smear(self.places, self.kernel, self.line)

    def _seats(self, part: _Part, loads: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Whole seats on the grid and the shares left over, shaped (groups, trials, grid).

        Their running sum follows the ideal curve instead of each being rounded by itself.
        """
        minutes = part.grid[:, None] - self.line.start + np.arange(STEP)
        walking = self.walk_ins[:, minutes].sum(axis=-1)[:, None]
        offered = LOADS[loads] * self.pace
        wanted = np.repeat(offered[..., None], len(part.grid), axis=-1)
        if part.opening:
            wanted[..., :2] += OPENING / 2 * (LOADS[loads] * self.windows)[..., None]
        ideal = np.maximum(0.0, wanted - walking) / self.day.show
        ideal *= (part.grid <= part.last[:, None])[:, None]
        reached = self.carry[:, :, None] + np.cumsum(ideal, axis=-1)
        whole = np.floor(reached + 1e-9)
        return np.diff(whole, axis=-1, prepend=0.0), reached - whole

    def _outlook(self, part: _Part, loads: NDArray[np.int64]) -> Floats:
        """Distributions from the part's first early comer to the end of what it looks ahead to."""
        seats, _ = self._seats(part, loads)
        trial = np.zeros((*loads.shape, self.walk_ins.shape[1]))
        trial[..., part.grid - self.line.start] = seats
        until = part.until - self.line.start
        window = slice(self.now, until)
        coming = self.coming[:, None, window] + smear(trial, self.kernel, self.line)[..., window]
        state = np.repeat(self.state[:, None], loads.shape[1], axis=1)
        return evolve(self.queues, state, coming, self.now)

    def _bearable(self, part: _Part) -> tuple[NDArray[np.int64], Floats, Floats]:
        """For each group the highest load that keeps the wait under the target.

        With the outlook for these loads and for no further seat. In minutes in which even that
        would break the target, nothing may be added to the wait.
        """
        coarse = round(len(LOADS) ** 0.5)
        groups = np.arange(len(self.day.groups))
        outlook = self._outlook(part, np.tile(coarse * np.arange(coarse), (len(groups), 1)))
        alone = outlook[:, :, 0]
        limit = np.maximum(self.targets * MARGIN, waits(self.queues, outlook)[..., :1])
        best = coarse * _leading(waits(self.queues, outlook) <= limit)
        outlook = self._outlook(part, best[:, None] + np.arange(coarse))
        further = _leading(waits(self.queues, outlook) <= limit)
        return best + further, outlook[:, groups, further], alone

    def _certainty(self, outlook: Floats) -> Floats:
        """Probability of staying under the cap from distributions (minutes, groups, n)."""
        ends = settled(self.queues, outlook, self.now)
        return np.asarray(together(self.queues, ends)[:, : self.day.cap + 1].sum(axis=-1))

    def _under_cap(
        self, part: _Part, loads: NDArray[np.int64], outlook: Floats, alone: Floats
    ) -> NDArray[np.int64]:
        """The loads, the highest lowered alike until the hall stays under its cap."""
        if (self._certainty(outlook) >= CERTAINTY).all():
            return loads
        needed = np.minimum(CERTAINTY, self._certainty(alone))
        low, high = 0, int(loads.max())
        usual = self.limit
        while high - low > 1:
            near = (usual, usual + 1, usual - 1)
            middle = next((each for each in near if low < each < high), (low + high) // 2)
            trial = self._outlook(part, np.minimum(loads, middle)[:, None])[:, :, 0]
            good = (self._certainty(trial) >= needed).all()
            low, high = (middle, high) if good else (low, middle)
        self.limit = low
        return np.minimum(loads, low)


def _leading(good: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The last trial up to which all are good in all of (minutes, groups, trials); else 0."""
    always = np.logical_and.reduce(good, axis=0)
    return np.asarray(np.maximum(0, np.logical_and.accumulate(always, axis=1).sum(axis=1) - 1))


def _parts(day: HallDay) -> Iterator[_Part]:
    """The sessions in parts of an hour."""
    for start, end in day.sessions:
        last = np.array([_last_slot(group, (start, end)) for group in day.groups])
        for begin in range(start, end, PART):
            stop = min(begin + PART, end)
            until = min(stop + LOOK_AHEAD, end)
            grid = np.arange(-(-begin // STEP) * STEP, until - STEP + 1, STEP)
            if len(grid):
                yield _Part(grid, begin, stop, until, begin == start, last)


def _last_slot(group: Group, session: tuple[int, int]) -> int:
    """Latest minute to call somebody who is likely to be done when the windows close.

    A service that just fits is called at the start; one that takes longer, not at all.
    """
    start, end = session
    if group.mean > end - start:
        return -1
    needed = group.mean
    if (
        group.spread > group.mean / 100
    ):  # gamma distribution, as service times are skewed to the right
        shape = (group.mean / group.spread) ** 2
        needed = float(gammaincinv(shape, LAST_SERVED)) * group.mean / shape
    return max(-(-start // STEP) * STEP, end - ceil(needed))


def _seats(day: HallDay, line: Timeline, places: Floats) -> Iterator[ArrivalTime]:
    """Seats dealt to the windows in turn, a share of them reserved."""
    for number, group in enumerate(day.groups):
        turn, due = 0, 0.5
        for minute in np.flatnonzero(places[number]):
            people = round(places[number, minute])
            called = min(people, group.windows)
            for extra in range(called):
                window = (turn + extra) % group.windows
                seats = people // called + (extra < people % called)
                due += day.reserved * seats
                reserved = due >= seats
                due -= seats if reserved else 0
                yield ArrivalTime(int(minute) + line.start, number, window, seats, reserved)
            turn += called
