"""What a hall-day's bookings lead to: people in the hall and waits, minute by minute."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from actions.appointments.staggering.day import Forecast, Group, HallDay
from actions.appointments.staggering.profiles import (
    Timeline,
    punctuality,
    smear,
    timeline,
    walk_in_rates,
)
from actions.appointments.staggering.queues import (
    Floats,
    Queues,
    evolve,
    fluid_peaks,
    queues_for,
    settled,
    waits,
)
from actions.appointments.staggering.threads import on_one_thread

NEGLIGIBLE = 1e-10


@on_one_thread
def forecast(day: HallDay, booked: Mapping[tuple[int, int], float]) -> Forecast:
    """What to expect when ``booked[group, minute]`` people have booked for that minute.

    Raises ValueError for a day that cannot be (no windows, no sessions, no service time) and
    for bookings of no group or outside the day.
    """
    check(day)
    line = timeline(day)
    places = np.zeros((len(day.groups), line.end - line.start))
    for (group, minute), people in booked.items():
        if not (0 <= group < len(day.groups) and line.opening <= minute < line.end):
            raise ValueError(f"no group {group} is open at minute {minute}")
        if people < 0:
            raise ValueError(f"{people} people booked for minute {minute}")
        places[group, minute - line.start] += people
    return expect(day, line, places)


def expect(day: HallDay, line: Timeline, places: Floats) -> Forecast:
    """The forecast for bookings shaped (groups, minutes of ``line``)."""
    walk_ins = np.stack([walk_in_rates(day, group, line) for group in day.groups])
    arrivals = walk_ins + smear(places, punctuality(day, line), line)
    queues = queues_for(day, line, walk_ins, fluid_peaks(day, arrivals, line))
    path = evolve(queues, queues.empty[:, None], arrivals[:, None], 0)
    ends = settled(queues, path[:, :, 0], 0)[line.opened]
    hall = together(queues, ends)
    below = np.cumsum(hall, axis=-1)
    return Forecast(
        start=line.opening,
        people=np.einsum("tgn,gn->t", ends, queues.people),
        people_p95=np.argmax(below >= 0.95, axis=-1),
        within_cap=below[:, min(day.cap, below.shape[-1] - 1)],
        wait=waits(queues, path)[line.opened, :, 0].max(axis=-1),
    )


def together(queues: Queues, states: Floats) -> Floats:
    """Distribution of whole people in the hall from states shaped (..., groups, n).

    A state that stands for 3.4 people counts as 3 or 4, so that the mean stays; the groups'
    people come independently.
    """
    parts = [
        _trimmed(states[..., group, :] @ _rounding(people))
        for group, people in enumerate(queues.people)
    ]
    if len(parts) == 1:
        return parts[0]
    length = next_fast_len(sum(part.shape[-1] for part in parts), real=True)
    spectrum = np.prod([rfft(part, n=length) for part in parts], axis=0)
    return np.asarray(np.maximum(0.0, irfft(spectrum, n=length)))


def _trimmed(numbers: Floats) -> Floats:
    """Without the numbers that nearly never come."""
    likely = np.flatnonzero(numbers.reshape(-1, numbers.shape[-1]).max(axis=0) > NEGLIGIBLE)
    return numbers[..., : likely[-1] + 1]


def _rounding(people: Floats) -> Floats:
    """Matrix that shares each state between the two whole numbers of people next to it."""
    lower = np.floor(people).astype(np.int64)
    matrix = np.zeros((len(people), int(lower[-1]) + 2))
    rows = np.arange(len(people))
    matrix[rows, lower] = 1 - (people - lower)
    matrix[rows, lower + 1] = people - lower
    return matrix


def check(day: HallDay) -> None:
    """Raises ValueError with what is wrong when nothing can be reckoned for ``day``."""
    if not day.groups or any(group.windows < 1 for group in day.groups):
        raise ValueError("a hall-day needs at least one window in every group")
    for group in day.groups:
        _check_group(group)
    if not day.sessions or any(start >= end for start, end in day.sessions):
        raise ValueError("a hall-day needs sessions that end after they start")
    if day.sessions[0][0] < 0 or day.sessions[-1][1] > 24 * 60:
        raise ValueError("sessions must lie within the day")
    if any(end > start for (_, end), (start, _) in pairwise(day.sessions)):
        raise ValueError("sessions must be in order and apart")
    if not (0 < day.show <= 1 and 0 <= day.reserved <= 1):
        raise ValueError("show must be within 0..1 and not 0, reserved within 0..1")
    if day.jitter < 0 or day.wait_target < 0 or day.cap < 0:
        raise ValueError("jitter, wait_target and cap must not be negative")


def _check_group(group: Group) -> None:
    if not group.mean > 0:
        raise ValueError(f"service must take more than 0 minutes, not {group.mean}")
    if not (group.spread >= 0 and group.walk_ins >= 0):
        raise ValueError("spread and walk_ins must not be negative")
    if group.walk_in_shape and (len(group.walk_in_shape) != 48 or min(group.walk_in_shape) < 0):
        raise ValueError("walk_in_shape needs 48 half-hours, none negative")
