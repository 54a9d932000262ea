"""The chain of people in a group of windows against results known in closed form."""

from math import factorial

import numpy as np
import pytest

from actions.appointments.staggering.day import Group, HallDay
from actions.appointments.staggering.profiles import punctuality, smear, timeline, walk_in_rates
from actions.appointments.staggering.queues import Queues, evolve, queues_for, settled

MORNING = ((9 * 60, 12 * 60),)
DAY = (*MORNING, (13 * 60 + 30, 17 * 60))


def queues_of(day: HallDay, most: float, walk_ins: float | None = None) -> Queues:
    """The day's chains with room for so many people; walk-ins a minute, else the day's own."""
    line = timeline(day)
    rates = [walk_in_rates(day, group, line) for group in day.groups]
    if walk_ins is not None:
        rates = [np.full_like(each, walk_ins) for each in rates]
    return queues_for(day, line, np.array(rates), [most] * len(rates))


def erlang_c(windows: int, offered: float) -> tuple[float, float]:
    """Mean people in the system of M/M/c and mean wait in units of service (Erlang 1917)."""
    busy = offered**windows / factorial(windows) * windows / (windows - offered)
    waiting = busy / (sum(offered**n / factorial(n) for n in range(windows)) + busy)
    wait = waiting / (windows - offered)
    return offered + offered * wait, wait


@pytest.mark.parametrize(("windows", "mean", "load"), [(1, 5, 0.6), (3, 12, 0.8), (8, 12, 0.85)])
def test_constant_poisson_arrivals_settle_at_erlang_c(
    windows: int, mean: float, load: float
) -> None:
    day = HallDay(((0, 24 * 60),), (Group(windows, mean, mean, 0),), cap=99, early=0, jitter=0)
    rate = load * windows / mean
    queues = queues_of(day, most=8.0 * windows + 30, walk_ins=2 * rate)
    path = evolve(queues, queues.empty[:, None], np.full((1, 1, 24 * 60), rate), 0)
    last = settled(queues, path[:, :, 0], 0)[-1, 0]
    people, wait = erlang_c(windows, load * windows)
    assert last @ queues.people[0] == pytest.approx(people, rel=0.02)
    assert last @ queues.wait[0] == pytest.approx(wait * mean, rel=0.02)


def test_steady_service_and_arrivals_queue_less_by_the_known_factor() -> None:
    """Allen and Cunneen: the queue of M/G/1 is (1 + cs²) / 2 of M/M/1's."""
    rate, mean, spread = 0.16, 5.0, 2.5
    day = HallDay(((0, 24 * 60),), (Group(1, mean, spread, 0),), cap=99, early=0, jitter=0)
    queues = queues_of(day, most=40.0, walk_ins=1.0)
    path = evolve(queues, queues.empty[:, None], np.full((1, 1, 24 * 60), rate), 0)
    wait = path[-1, 0, 0] @ queues.half[0] @ queues.wait[0]
    khinchine = rate * (mean**2 + spread**2) / (2 * (1 - rate * mean))
    assert wait == pytest.approx(khinchine, rel=0.1)


def test_nobody_comes_nobody_is_there() -> None:
    queues = queues_of(HallDay(DAY, (Group(3, 12, 8, 0),), cap=40), most=3.0)
    path = evolve(queues, queues.empty[:, None], np.zeros((1, 1, 200)), 0)
    assert path[..., 0].min() == pytest.approx(1.0, abs=1e-12)


def test_who_comes_in_goes_out() -> None:
    """Arrivals equal those still inside plus the departures of the busy windows."""
    day = HallDay(DAY, (Group(4, 12, 8, 60),), cap=40)
    line = timeline(day)
    came = walk_in_rates(day, day.groups[0], line)[: line.lead + 180]
    queues = queues_of(day, most=40.0)
    path = evolve(queues, queues.empty[:, None], came[None, None], 0)[:, 0, 0]
    people = path @ queues.people[0]
    after = path @ queues.minute[0] @ queues.people[0]
    left = np.where(queues.calling[0, 1 : len(path)], people[:-1] - after[:-1], 0.0).sum()
    assert left > 30
    assert people[-1] + left == pytest.approx(came.sum(), rel=1e-3)


def test_windows_call_after_the_session_until_people_gather_for_the_next() -> None:
    day = HallDay(DAY, (Group(4, 12, 8, 0),), cap=40)
    line = timeline(day)
    assert line.lead == 18
    assert not line.serving[: line.lead].any()
    assert line.serving[12 * 60 + 30 - line.start]
    assert not line.serving[13 * 60 + 20 - line.start]
    assert line.serving[13 * 60 + 30 - line.start :].all()


@pytest.mark.parametrize("sessions", [MORNING, DAY, ((540, 570),), ((540, 600), (610, 625))])
@pytest.mark.parametrize("shape", [(), tuple(float(n % 7) for n in range(48))])
def test_walk_ins_add_up_and_come_while_it_is_open(
    sessions: tuple[tuple[int, int], ...], shape: tuple[float, ...]
) -> None:
    group = Group(3, 10, 5, 42.0, shape)
    day = HallDay(sessions, (group,), cap=40)
    line = timeline(day)
    rates = walk_in_rates(day, group, line)
    opened = np.zeros_like(rates, dtype=bool)
    for start, end in sessions:
        opened[start - line.start : end - line.start] = True
    assert rates.sum() == pytest.approx(42.0)
    assert rates[~opened].sum() == 0


def test_half_of_the_walk_ins_rush_in_the_first_ninety_minutes() -> None:
    group = Group(8, 12, 8, 50)
    day = HallDay(DAY, (group,), cap=40)
    line = timeline(day)
    rates = walk_in_rates(day, group, line)
    assert rates[line.lead : line.lead + 90].sum() == pytest.approx(25)
    assert rates[13 * 60 + 30 - line.start] > rates[16 * 60 - line.start] > 0


@pytest.mark.parametrize(("early", "jitter"), [(3.0, 5.0), (0.0, 0.0), (-4.0, 2.0), (10.0, 0.5)])
def test_booked_people_come_around_their_minute(early: float, jitter: float) -> None:
    day = HallDay(DAY, (Group(1, 12, 8, 0),), cap=9, early=early, jitter=jitter, show=0.9)
    line = timeline(day)
    booked = np.zeros((2, line.end - line.start))
    booked[0, 100] = 10
    came = smear(booked, punctuality(day, line), line)
    minutes = np.arange(booked.shape[1]) + (0.5 if jitter else 0.0)
    mean = came[0] @ minutes / came[0].sum()
    assert came[0].sum() == pytest.approx(9.0)
    assert came[1].sum() == 0
    assert mean == pytest.approx(100 - early, abs=0.02)
    assert np.sqrt(came[0] @ (minutes - mean) ** 2 / 9) == pytest.approx(jitter, abs=0.15)
