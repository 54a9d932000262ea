"""When people come: walk-ins over the day, and booked people around their minute.

Arrays have one entry a minute and begin at `Timeline.start`.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from actions.appointments.staggering.day import Group, HallDay

RUSH_MINUTES = 90
RUSH_SHARE = 0.5
AFTER_LUNCH_MINUTES = 60
AFTER_LUNCH_WEIGHT = 1.5
HALF_HOUR = 30
HAIR = 1e-5
REACH = 3.0
"""Nobody is expected further than this many standard deviations from the usual earliness."""


@dataclass(frozen=True)
class Timeline:
    """The minutes a hall-day is reckoned over.

    ``start`` lies so long before the opening that the earliest comers are seen, ``end`` is the
    last closing; ``lead`` is how long before their minute the first booked people come.
    ``serving`` says in which minutes windows call: in the sessions, and in a break until all
    who are left may have been served, but not when people already gather for the next session.
    """

    start: int
    opening: int
    end: int
    lead: int
    serving: NDArray[np.bool_]

    @property
    def opened(self) -> slice:
        """From the first opening to the last closing."""
        return slice(self.opening - self.start, self.end - self.start)


def timeline(day: HallDay) -> Timeline:
    """The minutes to reckon a day over."""
    lead = max(0, ceil(day.early + REACH * day.jitter))
    opening, end = day.sessions[0][0], day.sessions[-1][1]
    start = opening - lead
    serving = np.zeros(end - start, dtype=np.bool_)
    serving[lead:] = True
    for (_, closing), (reopening, _) in zip(day.sessions, day.sessions[1:], strict=False):
        gathering = min(lead, (reopening - closing) // 2)
        serving[reopening - gathering - start : reopening - start] = False
    return Timeline(start, opening, end, lead, serving)


def walk_in_rates(day: HallDay, group: Group, line: Timeline) -> NDArray[np.float64]:
    """Walk-ins expected in each minute; their sum is ``group.walk_ins``."""
    weights = _learned(group, line) if group.walk_in_shape else _usual(day, line)
    opened = np.zeros_like(weights)
    for start, end in day.sessions:
        opened[start - line.start : end - line.start] = 1.0
    weights = weights * opened
    if weights.sum() <= 0:  # learned from a day with other opening hours
        weights = opened
    return np.asarray(weights * (group.walk_ins / weights.sum()), dtype=np.float64)


def _learned(group: Group, line: Timeline) -> NDArray[np.float64]:
    """The shape found in the hall's own records."""
    minutes = np.clip(np.arange(line.start, line.end), 0, 24 * 60 - 1)
    return np.asarray(group.walk_in_shape, dtype=np.float64)[minutes // HALF_HOUR]


def _usual(day: HallDay, line: Timeline) -> NDArray[np.float64]:
    """Half in the first 90 minutes, the rest evenly with a smaller peak after each break."""
    weights = np.zeros(line.end - line.start)
    for number, (start, end) in enumerate(day.sessions):
        weights[start - line.start : end - line.start] = 1.0
        if number:
            peak = min(end, start + AFTER_LUNCH_MINUTES)
            weights[start - line.start : peak - line.start] = AFTER_LUNCH_WEIGHT
    first = line.opening - line.start
    rush = slice(first, min(first + RUSH_MINUTES, day.sessions[0][1] - line.start))
    rest = weights.sum() - weights[rush].sum()
    share = RUSH_SHARE / (1 - RUSH_SHARE)
    weights[rush] *= max(1.0, share * rest / weights[rush].sum())
    return weights


def punctuality(day: HallDay, line: Timeline) -> NDArray[np.float64]:
    """How a booked person's coming spreads over minutes, beginning ``line.lead`` before theirs.

    Sums to ``day.show``: the others do not come at all.
    """
    last = max(0, ceil(REACH * day.jitter - day.early))
    edges = np.arange(-line.lead, last + 2, dtype=np.float64)
    below = ndtr((edges - HAIR + day.early) / max(day.jitter, HAIR / 10))
    shares = np.diff(below)
    return np.asarray(shares * (day.show / shares.sum()), dtype=np.float64)


def smear(
    booked: NDArray[np.float64], kernel: NDArray[np.float64], line: Timeline
) -> NDArray[np.float64]:
    """People expected per minute from bookings per minute, both shaped (..., minutes).

    Who would come before the reckoning starts comes in its first minute.
    """
    length = booked.shape[-1]
    spread = np.zeros((*booked.shape[:-1], length + len(kernel) - 1))
    for offset, share in enumerate(kernel):
        spread[..., offset : offset + length] += share * booked
    came = spread[..., line.lead : line.lead + length].copy()
    if came.shape[-1]:
        came[..., 0] += spread[..., : line.lead].sum(axis=-1)
    return came
