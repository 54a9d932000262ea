"""Hashing and checking passwords, in a thread of its own that gives way to everything else.

Argon2 is meant to be slow: in the threads that the database's work runs in, sixteen people
guessing passwords would keep everybody who chats waiting.
"""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

T = TypeVar("T")

# A password longer than this is nobody's: refuse it before hashing costs anything.
LONGEST = 200
AT_ONCE = 1
"""Checks at a time: each takes 64 MiB and a core."""
WAITING = 8
"""Checks that may wait: about a second's worth. Who comes then is told to come later."""
NICENESS = 5
"""Gives way to the chat, yet on a busy machine a clerk still comes in within seconds."""

# One lane: Argon2's own threads would take the other cores.
_hasher = PasswordHasher(parallelism=1)


class Busy(Exception):
    """More passwords are being checked than there is room for."""


def hashed(password: str) -> str:
    """Return what to keep of a password (blocking, a tenth of a second)."""
    return _hasher.hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    """Tell whether a password fits (blocking); of nobody's hash it costs as much and does not."""
    if len(password) > LONGEST:
        return False
    try:
        return _hasher.verify(password_hash or _decoy(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Tell whether the hash was made with other costs than today's."""
    return _hasher.check_needs_rehash(password_hash)


class PasswordPool:
    """The one thread in which a server checks passwords, and the short queue before it."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, "passwords", initializer=_give_way)
        self._mutex = threading.Lock()
        self._inside = 0

    @property
    def full(self) -> bool:
        """Whether somebody who comes now is sent away."""
        return self._inside >= AT_ONCE + WAITING

    async def fits(self, password_hash: str | None, password: str) -> bool:
        """Tell whether a password fits; raise Busy at once if too many wait."""
        return await self._run(fits, password_hash, password)

    async def hashed(self, password: str) -> str:
        """Return what to keep of a password; raise Busy at once if too many wait."""
        return await self._run(hashed, password)

    async def _run(self, work: Callable[..., T], *args: str | None) -> T:
        with self._mutex:
            if self.full:
                raise Busy
            self._inside += 1
        # Its place is free when the thread is done with it, also if nobody waits any more.
        doing = self._threads.submit(work, *args)
        doing.add_done_callback(lambda _: self._leave())
        return await asyncio.wrap_future(doing)

    def _leave(self) -> None:
        with self._mutex:
            self._inside -= 1


def _give_way() -> None:
    """Lower this thread's priority, where the system knows one for a thread."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


@cache
def _decoy() -> str:
    return hashed("nobody has this password")
