"""The people of one simulated day, drawn once and the same under every policy."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from actions.appointments.simulation.scenarios import Group, Scenario

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class People:
    """Everybody of a day, one entry each: first those who book, in the order of booking.

    ``wish`` is when somebody would like to be there (for a walk-in, when they come), ``early``
    how much before their appointment a booked person comes, both in minutes; ``service`` is
    how long they take at the window.
    """

    group: NDArray[np.int64]
    books: NDArray[np.bool_]
    wish: Floats
    early: Floats
    shows: NDArray[np.bool_]
    priority: NDArray[np.bool_]
    service: Floats

    def __len__(self) -> int:
        return len(self.wish)


def draw(scenario: Scenario, rng: Generator) -> People:
    """Draw the people of one day: a fixed number who book, a Poisson number of walk-ins."""
    groups = range(len(scenario.groups))
    booking = rng.permutation(np.repeat(groups, [bookings(scenario, g) for g in scenario.groups]))
    means = [walk_ins(scenario, group) for group in scenario.groups]
    unexpected = 1 + scenario.walk_ins.unexpected
    walking = np.repeat(groups, [rng.poisson(mean * unexpected) for mean in means])
    group = np.concatenate([booking, walking]).astype(np.int64)
    total, booked = len(group), len(booking)
    books = np.arange(total) < booked
    behaviour = scenario.booked
    return People(
        group=group,
        books=books,
        wish=np.concatenate(
            [_wishes(scenario, booked, rng), _walking(scenario, total - booked, rng)]
        ),
        early=rng.normal(behaviour.early, behaviour.jitter, total),
        shows=~books | (rng.random(total) < behaviour.show),
        priority=books & (rng.random(total) < behaviour.priority),
        service=_services(scenario, group, rng),
    )


def walk_ins(scenario: Scenario, group: Group) -> float:
    """Walk-ins that are expected in the hall for ``group``."""
    return scenario.comers(group) * scenario.walk_ins.share


def bookings(scenario: Scenario, group: Group) -> int:
    """How many book, so that those of them who come make up the rest of the load."""
    return round(scenario.comers(group) * (1 - scenario.walk_ins.share) / scenario.booked.show)


def _services(scenario: Scenario, group: NDArray[np.int64], rng: Generator) -> Floats:
    """Lognormal minutes of the group's mean and spread."""
    mean = np.array([each.mean for each in scenario.groups])[group]
    spread = np.array([each.spread for each in scenario.groups])[group]
    variance = np.log1p((spread / mean) ** 2)
    normal = rng.standard_normal(len(group))
    return np.asarray(mean * np.exp(np.sqrt(variance) * normal - variance / 2))


def _opened(scenario: Scenario, moment: Floats) -> Floats:
    """The clock at so many minutes of opening after the day's first."""
    clock = np.zeros_like(moment)
    before = 0
    for start, end in scenario.sessions:
        clock = np.where(moment >= before, moment - before + start, clock)
        before += end - start
    return clock


def _wishes(scenario: Scenario, number: int, rng: Generator) -> Floats:
    """Wishes around the peaks, the others evenly over the opening hours."""
    wish = _opened(scenario, rng.random(number) * scenario.open_minutes)
    edges = np.cumsum([0.0, *(peak.share for peak in scenario.wishes)])
    kind = rng.random(number)
    for peak, low, high in zip(scenario.wishes, edges, edges[1:], strict=False):
        mine = np.flatnonzero((kind >= low) & (kind < high))
        while len(mine):
            wish[mine] = rng.normal(peak.at, peak.spread, len(mine))
            mine = mine[~_within(scenario, wish[mine])]
    return wish


def _within(scenario: Scenario, moment: Floats) -> NDArray[np.bool_]:
    inside = [(moment >= start) & (moment < end) for start, end in scenario.sessions]
    return np.asarray(np.logical_or.reduce(inside))


def _walking(scenario: Scenario, number: int, rng: Generator) -> Floats:
    """When walk-ins come: the rush after opening, the others evenly over the rest of the day."""
    rush = min(scenario.walk_ins.rush_minutes, scenario.open_minutes)
    rest = scenario.open_minutes - rush
    rushing = rng.random(number) < (scenario.walk_ins.rush_share if rest else 1.0)
    moment = rng.random(number)
    return _opened(scenario, np.where(rushing, moment * rush, rush + moment * rest))
