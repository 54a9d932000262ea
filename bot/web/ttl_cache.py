"""What takes long to make and changes slowly: made once for all who ask."""

import asyncio
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class TtlCache(Generic[Key, Value]):
    """Values by key, each kept for a while; one is made at a time, in a worker thread.

    Keys must be few: they are never forgotten.
    """

    def __init__(self, make: Callable[[Key, datetime], Value], keep: timedelta) -> None:
        self._make = make
        self._keep = keep
        self._made: dict[Key, tuple[datetime, Value]] = {}
        self._making = asyncio.Lock()

    async def get(self, key: Key, *, now: datetime) -> Value:
        """Return the value of ``key`` as it was at ``now`` or shortly before."""
        if not self._fresh(key, now):
            async with self._making:
                # Somebody who waited here before may have had it made.
                if not self._fresh(key, now):
                    self._made[key] = now, await asyncio.to_thread(self._make, key, now)
        return self._made[key][1]

    def _fresh(self, key: Key, now: datetime) -> bool:
        made = self._made.get(key)
        return made is not None and abs(now - made[0]) < self._keep
