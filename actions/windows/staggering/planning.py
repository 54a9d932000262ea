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

from actions.windows.staggering.day import STEP, Group, HallDay, Plan, Seat
from actions.windows.staggering.forecasting import check, expect, together
from actions.windows.staggering.profiles import (
    Timeline,
    punctuality,
    smear,
    timeline,
    walk_in_rates,
)
from actions.windows.staggering.queueing import (
    Floats,
    evolve,
    fluid_peak,
    queues_for,
    settled,
)

LOADS = np.array(
    [0, 0.3, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.825, 0.85, 0.875, 0.9, 0.925, 0.95, 1.0, 1.1]
)
"""Loads of a group's windows that are tried."""
PART = 60
"""Minutes for which one load is chosen."""
LOOK_AHEAD = 60
"""Minutes after a part for which its load must be bearable, too: a part that fills the hall to
its limits would leave nothing for the next."""
CERTAINTY = 0.95
LAST_SERVED = 0.7
"""Probability that the last person called at their minute is done when the windows close."""


@dataclass(frozen=True)
class _Part:
    """Grid minutes before ``end`` get one load, which those before ``until`` try as well."""

    slots: tuple[tuple[int, ...], ...]  # per group
    start: int
    end: int
    until: int


def plan_day(day: HallDay) -> Plan:
    """The arrival times of a hall-day; raises ValueError for a day that cannot be."""
    check(day)
    line = timeline(day)
    places = _Planner(day, line).fill()
    return Plan(tuple(_seats(day, line, places)), expect(day, line, places))


class _Planner:
    """Fills a day from its beginning, keeping the distribution at the last decided minute."""

    def __init__(self, day: HallDay, line: Timeline) -> None:
        self.day, self.line = day, line
        self.kernel = punctuality(day, line)
        self.walk_ins = np.stack([walk_in_rates(day, group, line) for group in day.groups])
        self.queues = queues_for(
            day, line, self.walk_ins, [self._most(g) for g in range(len(day.groups))]
        )
        self.places = np.zeros_like(self.walk_ins)
        self.carry = np.full(len(day.groups), 0.5)
        self.state = self.queues.empty
        self.now = 0

    def _most(self, number: int) -> float:
        group = self.day.groups[number]
        target = group.windows * (1 + self.day.wait_target / group.mean)
        return max(target, fluid_peak(group, self.walk_ins[number], self.line.serving))

    def fill(self) -> Floats:
        """Seats per group and minute of the timeline."""
        for part in _parts(self.day):
            self._go_to(part.start - self.line.lead - self.line.start)
            self._decide(part)
        return self.places

    def _arrivals(self, places: Floats, stop: int) -> Floats:
        """People coming from now to ``stop`` with seats shaped (groups, trials, minutes)."""
        came = smear(places, self.kernel, self.line) + self.walk_ins[:, None]
        return np.asarray(came[..., self.now : stop])

    def _go_to(self, minute: int) -> None:
        if minute <= self.now:
            return
        arrivals = self._arrivals(self.places[:, None], minute)
        self.state = evolve(self.queues, self.state[:, None], arrivals, self.now)[-1, :, 0]
        self.now = minute

    def _decide(self, part: _Part) -> None:
        """Gives the part the most seats that keep to the limits."""
        trials, carries = self._trials(part)
        until = part.until - self.line.start
        state = np.repeat(self.state[:, None], len(LOADS), axis=1)
        path = evolve(self.queues, state, self._arrivals(trials, until), self.now)
        first = part.start - self.line.start - self.now
        ends = settled(self.queues, path[first:], self.now + first)
        loads = self._within_cap(ends, self._within_wait(ends))
        groups = np.arange(len(loads))
        self.places = trials[groups, loads]
        self.places[:, part.end - self.line.start :] = 0.0
        self.carry = carries[groups, loads]

    def _trials(self, part: _Part) -> tuple[Floats, Floats]:
        """Seats of the day so far with each load's for this part, and the shares left over."""
        trials = np.repeat(self.places[:, None], len(LOADS), axis=1)
        carries = np.repeat(self.carry[:, None], len(LOADS), axis=1)
        for number, group in enumerate(self.day.groups):
            slots = np.array(part.slots[number], dtype=np.int64) - self.line.start
            if not len(slots):
                continue
            walking = self.walk_ins[number, slots[:, None] + np.arange(STEP)].sum(axis=1)
            offered = LOADS[:, None] * group.windows * STEP / group.mean
            ideal = np.maximum(0.0, offered - walking) / self.day.show
            reached = self.carry[number] + np.cumsum(ideal, axis=1)
            whole = np.floor(reached)
            trials[number][:, slots] = np.diff(whole, axis=1, prepend=0.0)
            decided = np.searchsorted(slots, part.end - self.line.start)
            if decided:
                carries[number] = (reached - whole)[:, decided - 1]
        return trials, carries

    def _within_wait(self, ends: Floats) -> NDArray[np.int64]:
        """For each group the highest load that keeps the wait under the target.

        Minutes in which it is over the target without any further seat are nobody's fault.
        """
        waits = np.einsum("tgkn,gn->tgk", ends, self.queues.wait)
        good = (waits <= self.day.wait_target) | (waits <= waits[..., :1] * (1 + 1e-9))
        return _last_good(good.all(axis=0))

    def _within_cap(self, ends: Floats, loads: NDArray[np.int64]) -> NDArray[np.int64]:
        """The loads, the highest lowered alike until the hall stays under its cap."""
        groups = np.arange(len(loads))

        def certain(limit: int) -> NDArray[np.float64]:
            states = ends[:, groups, np.minimum(loads, limit)]
            hall = together(self.queues, states)
            return np.asarray(hall[:, : self.day.cap + 1].sum(axis=-1))

        alone: NDArray[np.float64] | None = None
        for limit in range(int(loads.max()), 0, -1):
            now = certain(limit)
            if (now >= CERTAINTY).all():
                return np.minimum(loads, limit)
            alone = certain(0) if alone is None else alone
            if ((now >= CERTAINTY) | (now >= alone - 1e-9)).all():
                return np.minimum(loads, limit)
        return np.zeros_like(loads)


def _last_good(good: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Index of the last of the leading trues in each row of (groups, trials)."""
    leading = np.logical_and.accumulate(good, axis=1)
    return np.maximum(0, leading.sum(axis=1) - 1)


def _parts(day: HallDay) -> Iterator[_Part]:
    """The sessions in parts of half an hour."""
    for session in day.sessions:
        start, end = session
        last = [_last_slot(group, session) for group in day.groups]
        for begin in range(start, end, PART):
            stop = min(begin + PART, end)
            until = min(stop + LOOK_AHEAD, end)
            grid = range(-(-begin // STEP) * STEP, until - STEP + 1, STEP)
            slots = tuple(tuple(m for m in grid if m <= latest) for latest in last)
            if any(slots):
                yield _Part(slots, begin, stop, until)


def _last_slot(group: Group, session: tuple[int, int]) -> int:
    """Latest minute to call somebody who is likely to be done when the windows close.

    A service that just fits is called at the start; one that takes longer, not at all.
    """
    start, end = session
    if group.mean > end - start:
        return -1
    needed = group.mean
    if group.spread > 0:  # gamma distribution, as service times are skewed to the right
        shape = (group.mean / group.spread) ** 2
        needed = float(gammaincinv(shape, LAST_SERVED)) * group.mean / shape
    return max(-(-start // STEP) * STEP, end - ceil(needed))


def _seats(day: HallDay, line: Timeline, places: Floats) -> Iterator[Seat]:
    """Seats dealt to the windows in turn, a share of them reserved."""
    for number, group in enumerate(day.groups):
        turn, due = 0, 0.5
        for minute in np.flatnonzero(places[number]):
            people = int(places[number, minute])
            called = min(people, group.windows)
            for extra in range(called):
                window = (turn + extra) % group.windows
                seats = people // called + (extra < people % called)
                due += day.reserved * seats
                reserved = due >= seats
                due -= seats if reserved else 0
                yield Seat(int(minute) + line.start, number, window, seats, reserved)
            turn += called
