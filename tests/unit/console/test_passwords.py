"""Checking passwords is kept apart from all other work."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from bot.console.login import passwords
from bot.console.login.passwords import AT_ONCE, WAITING, Busy, PasswordPool

ROOM = AT_ONCE + WAITING


class Hasher:
    """Stands where Argon2 does: notes who works, and how many at once, until let go."""

    def __init__(self) -> None:
        self.threads: set[str] = set()
        self.at_once = self.most = 0
        self.go = threading.Event()

    def verify(self, _hash: str, _password: str) -> bool:
        self.threads.add(threading.current_thread().name)
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.go.wait()
        self.at_once -= 1
        return True


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hasher]:
    stand_in = Hasher()
    monkeypatch.setattr(passwords, "_hasher", stand_in)
    yield stand_in
    stand_in.go.set()


async def test_a_flood_is_sent_away_and_leaves_the_other_threads_free(hasher: Hasher) -> None:
    pool = PasswordPool()
    waiting = [asyncio.create_task(pool.fits("hash", "guess")) for _ in range(ROOM)]
    await asyncio.sleep(0)
    assert pool.full
    for _ in range(16):
        with pytest.raises(Busy):
            await pool.fits("hash", "guess")
    assert await asyncio.to_thread(lambda: "the database answers") == "the database answers"
    hasher.go.set()
    assert await asyncio.gather(*waiting) == [True] * ROOM
    assert hasher.most == AT_ONCE
    assert all(name.startswith("passwords") for name in hasher.threads)
    assert not pool.full


async def test_who_goes_away_leaves_the_place_only_when_the_work_is_done(hasher: Hasher) -> None:
    pool = PasswordPool()
    waiting = [asyncio.create_task(pool.fits("hash", "guess")) for _ in range(ROOM)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.gather(waiting[0], return_exceptions=True)
    assert pool.full
    hasher.go.set()
    await asyncio.gather(*waiting[1:])
    assert not pool.full


async def test_right_and_wrong_and_nobodys() -> None:
    pool = PasswordPool()
    password_hash = await pool.hashed("correct horse battery")
    assert password_hash.startswith("$argon2id$")
    assert await pool.fits(password_hash, "correct horse battery")
    assert not await pool.fits(password_hash, "wrong")
    assert not await pool.fits(None, "nobody has this password"), "the decoy's own password"
    assert not await pool.fits("not a hash", "x")
    assert not await pool.fits(password_hash, "x" * 100_000)
