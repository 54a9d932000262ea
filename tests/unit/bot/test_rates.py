"""So many at once, then one in so many seconds."""

import pytest

from bot.limits.rates import Buckets, Rate


class Clock:
    """A clock that is put forward by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_burst_then_one_at_a_time(clock: Clock) -> None:
    buckets = Buckets(Rate.of("3/2"), clock=clock)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2]
    assert buckets.take("b") == 0
    clock.now += 1.5
    assert buckets.take("a") == 0.5
    clock.now += 0.5
    assert [buckets.take("a"), buckets.take("a")] == [0, 2]
    clock.now += 100
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2]


def test_who_waits_takes_all_the_same(clock: Clock) -> None:
    buckets = Buckets(Rate.of("1/2"), clock=clock)
    assert [buckets.take("a", owing=True) for _ in range(3)] == [0, 2, 4]


def test_what_is_given_back_may_be_taken(clock: Clock) -> None:
    buckets = Buckets(Rate.of("1/2"), clock=clock)
    buckets.take("a")
    buckets.give_back("a")
    assert buckets.take("a") == 0


def test_no_limit_is_none(clock: Clock) -> None:
    buckets = Buckets(Rate.of("1/0"), clock=clock)
    assert [buckets.take("a") for _ in range(1000)] == [0] * 1000


def test_memory_is_bounded_and_forgets_who_came_least_lately(clock: Clock) -> None:
    buckets = Buckets(Rate.of("1/60"), most=3, clock=clock)
    for key in "abcabd":
        buckets.take(key, owing=True)
    assert [buckets.knows(key) for key in "abcd"] == [True, True, False, True]
