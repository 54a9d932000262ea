"""What takes long to make is made once for all who ask, and never twice at a time."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest

from bot.web.ttl_cache import TtlCache

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def test_it_is_kept_for_a_while() -> None:
    made: list[tuple[str, datetime]] = []
    kept = TtlCache[str, int](lambda key, now: made.append((key, now)) or len(made), MINUTE)
    assert await kept.get("a", now=NOW) == 1
    assert await kept.get("a", now=NOW + MINUTE / 2) == 1
    assert await kept.get("b", now=NOW + MINUTE / 2) == 2
    assert await kept.get("a", now=NOW + MINUTE) == 3
    assert made == [("a", NOW), ("b", NOW + MINUTE / 2), ("a", NOW + MINUTE)]


async def test_a_clock_set_back_does_not_keep_it_for_ever() -> None:
    kept = TtlCache[str, datetime](lambda _, now: now, MINUTE)
    await kept.get("a", now=NOW)
    earlier = NOW - timedelta(days=1)
    assert await kept.get("a", now=earlier) == earlier


async def test_many_who_ask_at_once_have_one_made_for_them() -> None:
    at_work, most, made = 0, 0, 0
    mutex, all_asked = threading.Lock(), threading.Event()

    def make(key: str, now: datetime) -> str:
        nonlocal at_work, most, made
        with mutex:
            at_work, made = at_work + 1, made + 1
            most = max(most, at_work)
        assert all_asked.wait(10)
        with mutex:
            at_work -= 1
        return key

    kept = TtlCache[str, str](make, MINUTE)
    asking = [asyncio.create_task(kept.get(key, now=NOW)) for key in "abab" * 5]
    await asyncio.sleep(0)
    all_asked.set()
    assert await asyncio.gather(*asking) == list("abab" * 5)
    assert (most, made) == (1, 2)


async def test_what_fails_is_made_anew() -> None:
    calls: list[str] = []

    def make(key: str, now: datetime) -> str:
        calls.append(key)
        if len(calls) == 1:
            raise ValueError("the first time")
        return key

    kept = TtlCache[str, str](make, MINUTE)
    with pytest.raises(ValueError, match="the first time"):
        await kept.get("a", now=NOW)
    assert await kept.get("a", now=NOW) == "a"
