"""The forecast against a simulation of single people, and what it refuses."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from actions.appointments.staggering.day import Group, HallDay
from actions.appointments.staggering.forecast import forecast
from actions.appointments.staggering.planner import plan_day
from actions.appointments.staggering.profiles import timeline, walk_in_rates

DAY = ((9 * 60, 12 * 60), (13 * 60 + 30, 17 * 60))
RUNS = 800
HALL = HallDay(DAY, (Group(8, 12, 8, 49),), cap=40)

Bookings = dict[tuple[int, int], float]
Floats = NDArray[np.float64]


def booked(day: HallDay) -> Bookings:
    """All seats of the day's plan taken."""
    taken: Bookings = {}
    for seat in plan_day(day).seats:
        taken[seat.group, seat.minute] = taken.get((seat.group, seat.minute), 0) + seat.seats
    return taken


def simulated(
    day: HallDay, bookings: Bookings, seed: int
) -> tuple[NDArray[np.int64], list[tuple[Floats, Floats]]]:
    """People in the hall (runs, minutes), and arrivals and waits (runs, people) of each group.

    Every run is a day of single people, served first come, first served by gamma distributed
    services; who does not come arrives at infinity.
    """
    rng = np.random.default_rng(seed)
    line = timeline(day)
    ends = np.arange(line.opening, line.end) + 1
    people = np.zeros((RUNS, len(ends)), dtype=np.int64)
    waits = []
    for number, group in enumerate(day.groups):
        minutes = [m for (g, m), n in bookings.items() if g == number for _ in range(round(n))]
        called = np.array(minutes, dtype=float) - day.early
        came = rng.normal(called, day.jitter, (RUNS, len(minutes)))
        came[rng.random(came.shape) > day.show] = np.inf
        arrivals = np.sort(np.concatenate([came, walking(rng, day, group)], axis=1), axis=1)
        shape = (group.mean / group.spread) ** 2
        service = rng.gamma(shape, group.mean / shape, arrivals.shape)
        started = served_in_turn(day, line.lead, group.windows, arrivals, service)
        for run in range(RUNS):
            inside = np.searchsorted(arrivals[run], ends)
            people[run] += inside - np.searchsorted(np.sort((started + service)[run]), ends)
        with np.errstate(invalid="ignore"):
            waits.append((arrivals, started - arrivals))
    return people, waits


def walking(rng: np.random.Generator, day: HallDay, group: Group) -> Floats:
    """When walk-ins come, infinity for those who do not (runs, most)."""
    line = timeline(day)
    most = round(group.walk_ins + 6 * group.walk_ins**0.5)
    rates = walk_in_rates(day, group, line) / max(group.walk_ins, 1e-9)
    walked = np.searchsorted(np.cumsum(rates), rng.random((RUNS, most))) + line.start
    return np.where(
        np.arange(most) < rng.poisson(group.walk_ins, RUNS)[:, None],
        walked + rng.random(walked.shape),
        np.inf,
    )


def served_in_turn(
    day: HallDay, lead: int, windows: int, arrivals: Floats, service: Floats
) -> Floats:
    """When each person's service starts."""
    free = np.zeros((RUNS, windows))
    started = np.empty_like(arrivals)
    openings = [(0, day.sessions[0][0]), *((start - lead, start) for start, _ in day.sessions[1:])]
    for person in range(arrivals.shape[1]):
        came = arrivals[:, person]
        begin = came
        for gathering, opening in openings:
            begin = np.where((came >= gathering) & (came < opening), opening, begin)
        window = free.argmin(axis=1)
        begin = np.maximum(begin, free[np.arange(RUNS), window])
        started[:, person] = begin
        free[np.arange(RUNS), window] = begin + service[:, person]
    return started


def in_session(day: HallDay) -> NDArray[np.bool_]:
    minutes = np.arange(day.sessions[0][0], day.sessions[-1][1])
    return np.logical_or.reduce([(minutes >= a) & (minutes < b) for a, b in day.sessions])


@pytest.mark.parametrize(
    "day",
    [
        HALL,
        replace(HALL, groups=(Group(3, 15, 6, 12), Group(5, 8, 6, 30), Group(1, 12, 8, 3))),
        replace(HALL, groups=(Group(4, 20, 14, 0),), show=0.8, jitter=8.0),
    ],
    ids=["one queue", "three groups", "no walk-ins, unpunctual"],
)
def test_forecast_agrees_with_simulated_people(day: HallDay) -> None:
    bookings = booked(day)
    cap = int(forecast(day, bookings).people_p95.max())
    day = replace(day, cap=cap)
    expected = forecast(day, bookings)
    people, waits = simulated(day, bookings, seed=11)
    opened = in_session(day)
    seen = people.mean(axis=0)
    assert expected.people[opened].mean() == pytest.approx(seen[opened].mean(), rel=0.06)
    assert np.abs(expected.people - seen)[opened].max() < 0.2 * seen.max()
    high = np.quantile(people, 0.95, axis=0, method="inverted_cdf")
    assert expected.people_p95[opened].mean() == pytest.approx(high[opened].mean(), rel=0.12)
    within = (people <= cap).mean(axis=0)
    noise = 3 * np.sqrt(0.05 * 0.95 / RUNS)
    assert (expected.within_cap - within)[opened].max() < 0.02 + noise
    if len(day.groups) == 1:
        came, waited = waits[0]
        inside = np.isfinite(came)
        assert np.average(expected.wait[opened]) == pytest.approx(
            waited[inside].mean(), rel=0.35, abs=0.5
        )


def test_hourly_blocks_are_seen_to_crowd_the_hall() -> None:
    """The fluid part of a surge: 40 people at once are 40 people at once."""
    blocks = {(0, minute): 30.0 for minute in (540, 600, 660, 810, 870, 930, 990)}
    expected = forecast(HALL, blocks)
    people, _ = simulated(HALL, blocks, seed=5)
    opened = in_session(HALL)
    seen = people.mean(axis=0)
    assert seen.max() > 20
    assert expected.people.max() == pytest.approx(seen.max(), rel=0.08)
    assert np.abs(expected.people - seen)[opened].max() < 0.12 * seen.max()


def test_nobody_expected_nobody_predicted() -> None:
    empty = forecast(replace(HALL, groups=(Group(8, 12, 8, 0),)), {})
    assert empty.people.max() == pytest.approx(0, abs=1e-9)
    assert empty.people_p95.max() == 0
    assert empty.within_cap.min() == pytest.approx(1.0)
    assert empty.wait.max() == pytest.approx(0, abs=1e-9)


def test_arrays_cover_the_opening_minute_by_minute() -> None:
    seen = forecast(HALL, {(0, 600): 2.0})
    assert seen.start == 540
    assert {len(a) for a in (seen.people, seen.people_p95, seen.within_cap, seen.wait)} == {480}


def test_more_bookings_never_calm_the_hall() -> None:
    some = forecast(HALL, {(0, m): 2.0 for m in range(540, 700, 5)})
    more = forecast(HALL, {(0, m): 3.0 for m in range(540, 700, 5)})
    assert (more.people >= some.people - 1e-6).all()
    assert (more.wait >= some.wait - 1e-6).all()
    assert (more.within_cap <= some.within_cap + 1e-6).all()


def test_services_longer_than_the_session_stay_into_the_break() -> None:
    day = HallDay(((540, 570), (600, 630)), (Group(1, 90, 30, 0),), cap=5)
    seen = forecast(day, {(0, 540): 1.0})
    assert seen.people[75] > 0.3


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (replace(HALL, groups=()), "window"),
        (replace(HALL, groups=(Group(0, 12, 8, 0),)), "window"),
        (replace(HALL, groups=(Group(1, 0, 0, 0),)), "more than 0 minutes"),
        (replace(HALL, groups=(Group(1, -3, 0, 0),)), "more than 0 minutes"),
        (replace(HALL, groups=(Group(1, float("nan"), 0, 0),)), "more than 0 minutes"),
        (replace(HALL, groups=(Group(1, 12, -1, 0),)), "negative"),
        (replace(HALL, groups=(Group(1, 12, 8, -1),)), "negative"),
        (replace(HALL, groups=(Group(1, 12, 8, 5, (1.0, 2.0)),)), "48"),
        (replace(HALL, sessions=()), "sessions"),
        (replace(HALL, sessions=((540, 540),)), "end after they start"),
        (replace(HALL, sessions=((600, 700), (540, 610))), "order"),
        (replace(HALL, sessions=((540, 1500),)), "within the day"),
        (replace(HALL, show=0.0), "show"),
        (replace(HALL, reserved=1.5), "reserved"),
        (replace(HALL, cap=-1), "cap"),
        (replace(HALL, jitter=-1.0), "jitter"),
    ],
)
def test_a_day_that_cannot_be_is_refused(wrong: HallDay, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        forecast(wrong, {})
    with pytest.raises(ValueError, match=says):
        plan_day(wrong)


@pytest.mark.parametrize("where", [(1, 600), (-1, 600), (0, 539), (0, 1020)])
def test_bookings_of_no_group_or_minute_are_refused(where: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no group"):
        forecast(HALL, {where: 1.0})


def test_negative_bookings_are_refused() -> None:
    with pytest.raises(ValueError, match="booked"):
        forecast(HALL, {(0, 600): -1.0})
