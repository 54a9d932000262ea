"""How many people stand in each group of windows, minute by minute.

A discrete-time Markov chain on the number in the system, reckoned for all groups of a hall
and for several trial arrivals at once. It counts in units of less than a person, which gives
the chain the variance of real arrivals and service (docs/staggering.md tells why).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, exp, sqrt

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from actions.appointments.staggering.day import STEP, Group, HallDay
from actions.appointments.staggering.profiles import Timeline

Floats = NDArray[np.float64]

HOUR = 60
BUSY = 0.9
"""Load at which the mix of walk-ins and booked people is taken."""
SMALLEST_UNIT = 0.25
DEVIATIONS = 6.0
TIDY = 8
"""Minutes after which those whom the last state had no room for are put into it."""
HORIZON = 20.0
"""Minutes over which the regularity of booked arrivals counts."""


@dataclass(frozen=True)
class Queues:
    """The groups of a hall as chains over states 0..n-1 of ``units`` people each.

    ``minute`` and ``half`` are the transition matrices, shaped (groups, n, n), of a minute and
    of half a minute of service without arrivals; ``people[g, i]`` is how many people state i
    stands for and ``wait[g, i]`` how many minutes somebody who finds it waits.
    ``calling[g, t]`` says in which minutes of the timeline the group's windows finish services.
    """

    units: Floats
    minute: Floats
    half: Floats
    calling: NDArray[np.bool_]
    people: Floats
    wait: Floats

    @property
    def empty(self) -> Floats:
        """The state of an empty hall, shaped (groups, n)."""
        state = np.zeros(self.people.shape)
        state[:, 0] = 1.0
        return state


def variability(day: HallDay, group: Group, walk_ins: Floats) -> float:
    """(ca² + cs²) / 2, the factor of Allen and Cunneen's formula for the queue of G/G/c.

    Walk-ins are Poisson; bookings scatter by no-shows and, within the horizon, by punctuality.
    The mix is that of the hour with most walk-ins, when the windows are nearly all busy.
    """
    busiest = float(np.convolve(walk_ins, np.ones(HOUR)).max())
    share = min(1.0, busiest / (BUSY * group.windows * HOUR / group.mean))
    edges = 2 * day.show * day.jitter / (sqrt(np.pi) * max(HORIZON, group.mean))
    booked = min(1.0, 1 - day.show + edges)
    arrivals = share + (1 - share) * booked
    return float(arrivals + (group.spread / group.mean) ** 2) / 2


def calling_minutes(group: Group, line: Timeline) -> NDArray[np.bool_]:
    """The minutes in which services end.

    At the opening all services are fresh, and none that is steadier than exponential ends at
    once: a window is then behind the chain's by (1 - cs²) / 2 services in the long run (Cox
    1962, chapter 4), as if it had begun so much later. Half a minute more is due to `evolve`.
    """
    late = max(0.0, group.mean * (1 - (group.spread / group.mean) ** 2) / 2)
    calling = line.serving.copy()
    openings = np.flatnonzero(np.diff(line.serving, prepend=False) & line.serving)
    for opening in openings:
        calling[opening : opening + round(late + 0.5)] = False
    return calling


def queues_for(day: HallDay, line: Timeline, walk_ins: Floats, most: Sequence[float]) -> Queues:
    """Chains for the groups of ``day`` that hold ``most[g]`` expected people with room to spare."""
    factors = [
        variability(day, group, rates) for group, rates in zip(day.groups, walk_ins, strict=True)
    ]
    units = [min(1.0, max(SMALLEST_UNIT, factor)) for factor in factors]
    states = max(
        ceil((people + DEVIATIONS * sqrt(unit * people) + 2) / unit)
        for people, unit in zip(most, units, strict=True)
    )
    states = -(-states // 8) * 8  # few sizes, so that the matrices are found ready
    halves = [
        _service(states, group.windows / unit, group.mean)
        for group, unit in zip(day.groups, units, strict=True)
    ]
    half = np.stack(halves)
    calling = np.stack([calling_minutes(group, line) for group in day.groups])
    numbers = np.arange(states, dtype=np.float64)
    people, wait = [], []
    for group, unit, factor in zip(day.groups, units, factors, strict=True):
        stretch = max(1.0, factor / unit)
        queue = np.maximum(0.0, numbers * unit - group.windows)
        people.append(np.minimum(numbers * unit, group.windows) + stretch * queue)
        behind = np.maximum(0.0, numbers * unit - group.windows + unit)
        wait.append(stretch * behind * group.mean / group.windows)
    return Queues(np.array(units), half @ half, half, calling, np.array(people), np.array(wait))


@lru_cache(maxsize=256)
def _service(states: int, servers: float, mean: float) -> Floats:
    """Transition matrix of half a minute of service: min(n, servers) busy at rate 1/mean.

    By uniformisation (Jensen 1953): a Poisson number of steps of a one-step chain.
    """
    rates = np.minimum(np.arange(states), servers) / mean
    fastest = max(float(rates.max()), 1e-12)
    down = rates / fastest
    power = np.eye(states)
    mass = fastest / 2
    pieces = max(1, ceil(mass / 20))
    mass /= pieces
    weight = exp(-mass)
    piece = weight * power
    for step in range(1, ceil(mass + 8 * sqrt(mass) + 12)):
        moved = power * (1 - down)
        moved[:, :-1] += power[:, 1:] * down[1:]
        power = moved
        weight *= mass / step
        piece += weight * power
    piece /= piece.sum(axis=1, keepdims=True)
    return np.asarray(np.linalg.matrix_power(piece, pieces))


def poisson(means: Floats) -> Floats:
    """Probabilities of 0, 1, … arrivals on a new last axis, reversed for `evolve`."""
    top = float(means.max(initial=0.0))
    taps = np.arange(ceil(top + 4.5 * sqrt(top)) + 2)
    logs = np.cumsum(np.log(np.maximum(taps, 1)))
    safe = np.maximum(means, 1e-300)[..., None]
    table = np.exp(taps * np.log(safe) - safe - logs)
    table /= table.sum(axis=-1, keepdims=True)
    return np.asarray(table[..., ::-1])


def evolve(queues: Queues, state: Floats, arrivals: Floats, first: int) -> Floats:
    """Distributions after each minute's arrivals, shaped (minutes, groups, trials, n).

    ``state`` is shaped (groups, trials, n), ``arrivals`` people (groups, trials, minutes) from
    minute ``first`` of the timeline. A minute's arrivals come together in its middle (Strang
    splitting): `settled` gives the distributions at the ends of the minutes.
    """
    groups, trials, size = state.shape
    kernels = poisson(np.moveaxis(arrivals, -1, 0) / queues.units[:, None])
    taps = kernels.shape[-1]
    path = np.empty((len(kernels), groups, trials, size))
    padded = np.zeros((groups, trials, taps - 1 + size))
    windows = sliding_window_view(padded, taps, axis=-1)
    room = padded[..., taps - 1 :]
    idle = ~queues.calling[:, first : first + len(kernels)]
    some_idle = np.logical_or.reduce(idle, axis=0)
    for minute, kernel in enumerate(kernels):
        np.matmul(state, queues.minute, out=room)
        if some_idle[minute]:
            room[idle[:, minute]] = state[idle[:, minute]]
        state = path[minute]
        np.einsum("gkna,gka->gkn", windows, kernel, out=state)
        if minute % TIDY == 0:
            state[..., -1] += 1.0 - state.sum(axis=-1)
    path[..., -1] += 1.0 - path.sum(axis=-1)
    return path


def settled(queues: Queues, path: Floats, first: int) -> Floats:
    """The distributions of one trial, shaped (minutes, groups, n), at the ends of its minutes."""
    calling = queues.calling[:, first : first + len(path)]
    before = np.ascontiguousarray(path.swapaxes(0, 1))
    after = before @ queues.half
    return np.where(calling[..., None], after, before).swapaxes(0, 1)


def waits(queues: Queues, path: Floats) -> Floats:
    """Mean wait of somebody who comes, shaped (minutes, groups, trials).

    Half a minute of service has passed since the minute's arrivals, as at its end. In a break,
    the time till the windows open again is not counted.
    """
    ahead = np.einsum("gij,gj->gi", queues.half, queues.wait)
    return np.asarray(np.einsum("tgkn,gn->tgk", path, ahead))


def fluid_peaks(day: HallDay, arrivals: Floats, line: Timeline) -> list[float]:
    """The most people in each group if arrivals, (groups, minutes), and service flowed evenly."""
    windows = np.array([group.windows for group in day.groups], dtype=np.float64)
    share = 1 - np.exp(-STEP / np.array([group.mean for group in day.groups]))
    starts = np.arange(0, len(line.serving), STEP)
    coming = np.add.reduceat(arrivals, starts, axis=1).T
    people, most = np.zeros(len(windows)), windows
    for came, served in zip(coming, line.serving[starts], strict=True):
        people = people + came - (share * np.minimum(people, windows) if served else 0.0)
        most = np.maximum(most, people)
    return [float(each) for each in most]
