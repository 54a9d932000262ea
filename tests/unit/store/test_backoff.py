"""Waits grow, are bounded, and leave to chance no more than they should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.backoff import Backoff

PACE = Backoff(first=1.0, longest=60.0)


def test_waits_double_up_to_the_longest() -> None:
    assert [PACE.wait(failures) for failures in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_a_factor_of_ones_own() -> None:
    assert Backoff(first=0.5, longest=100, factor=3).wait(4) == 13.5


@pytest.mark.parametrize("failures", [0, -3])
def test_no_failure_waits_as_after_the_first(failures: int) -> None:
    assert PACE.wait(failures) == 1.0


def test_a_million_failures_do_not_run_over() -> None:
    assert PACE.wait(1_000_000) == 60.0


@given(failures=st.integers(1, 200), chance=st.floats(0, 1), jitter=st.floats(0, 1))
def test_jitter_takes_no_more_than_its_share(failures: int, chance: float, jitter: float) -> None:
    pace = Backoff(first=1.0, longest=60.0, jitter=jitter)
    whole = PACE.wait(failures)
    waited = pace.wait(failures, chance=chance)
    assert whole * (1 - jitter) - 1e-9 <= waited <= whole + 1e-9
    assert pace.wait(failures, chance=1.0) == whole
