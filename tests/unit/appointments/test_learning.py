"""What is learned of service times from lengths of visits, slips of the hand among them."""

import random
from math import exp, log, sqrt

import pytest

from actions.appointments.halls.layout import mix
from actions.appointments.halls.service_times import ENOUGH, ServiceTime, believed, seen

STATED = ServiceTime(10.0, 6.0)


def lengths(n: int, mean: float = 14.0, spread: float = 7.0) -> list[float]:
    """Log-normal service times, the same in every run."""
    chance = random.Random(7)  # noqa: S311
    sigma = sqrt(log(1 + (spread / mean) ** 2))
    return [exp(chance.gauss(log(mean) - sigma**2 / 2, sigma)) for _ in range(n)]


def test_mean_and_spread_are_found() -> None:
    found = seen(lengths(4000))
    assert found is not None
    assert found.mean == pytest.approx(14.0, rel=0.03)
    assert found.spread == pytest.approx(7.0, rel=0.08)
    assert found.n > 3950


@pytest.mark.parametrize("slip", [0.05, 240.0, 119.0])
def test_slips_of_the_hand_change_little(slip: float) -> None:
    """Pressed twice at once, forgotten over night, forgotten over lunch."""
    honest = lengths(600)
    clean, slipped = seen(honest), seen(honest + [slip] * 30)
    assert clean is not None
    assert slipped is not None
    assert slipped.n <= len(honest)
    assert slipped.mean == pytest.approx(clean.mean, rel=0.02)
    assert slipped.spread == pytest.approx(clean.spread, rel=0.05)


def test_too_few_teach_nothing() -> None:
    few = [12.0] * (ENOUGH - 1)
    assert seen(few) is None
    assert seen([*few, 0.2, 500.0]) is None
    assert seen([*few, 12.0]) == ServiceTime(12.0, 0.0, ENOUGH)
    assert seen([]) is None


@pytest.mark.parametrize("n", [30, 60, 300, 100_000])
def test_what_was_seen_is_shrunk_to_what_is_stated(n: int) -> None:
    found = believed(STATED, ServiceTime(16.0, 9.0, n))
    assert found.mean == pytest.approx((n * 16.0 + 30 * 10.0) / (n + 30))
    assert found.spread**2 == pytest.approx((n * 81.0 + 30 * 36.0) / (n + 30))


def test_too_few_visits_change_nothing() -> None:
    assert believed(STATED, None) == STATED
    assert believed(STATED, ServiceTime(16.0, 9.0, 29)) == STATED


def test_a_mix_has_the_variance_between_its_businesses_too() -> None:
    mean, spread = mix([ServiceTime(10.0, 3.0), ServiceTime(20.0, 4.0)])
    assert mean == pytest.approx(15.0)
    assert spread**2 == pytest.approx((9 + 16) / 2 + 25)


def test_a_mix_is_that_of_the_visits() -> None:
    """Against so many visits of each, one by one."""
    times = [ServiceTime(8.0, 2.0, 270), ServiceTime(20.0, 6.0, 70)]
    people = [8.0 - 2, 8.0 + 2] * 150 + [20.0 - 6, 20.0 + 6] * 50
    mean, spread = mix(times)
    assert mean == pytest.approx(sum(people) / len(people))
    assert spread**2 == pytest.approx(sum((p - mean) ** 2 for p in people) / len(people))
