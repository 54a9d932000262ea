"""Waits between attempts double up to a ceiling, however long the trouble lasts."""

from bot.messaging.backoff import doubling


def test_waits_double_up_to_the_longest() -> None:
    waits = [doubling(failures, first=1.0, longest=60.0) for failures in range(8)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_trouble_without_end_is_no_trouble() -> None:
    assert doubling(100_000, first=30.0, longest=3600.0) == 3600.0
