"""How often something may happen: so many at once, then one in so many seconds.

Kept in memory, by each process for itself: what several replicas let through together is so
many times as much, and a restart forgets. Both are harmless for limits that only machines meet.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_KEYS = 50_000
"""Keys remembered; the one unused for longest is forgotten first."""


@dataclass(frozen=True)
class Rate:
    """``burst`` at once, then one every ``seconds``; 0 seconds: no limit."""

    burst: int
    seconds: float

    @classmethod
    def of(cls, written: str) -> "Rate":
        """Read a rate as the settings write it, ``20/2``."""
        burst, _, seconds = written.partition("/")
        return cls(int(burst), float(seconds))


class Buckets:
    """Counts by key, each against the same ``rate``.

    Of a key only the moment is kept at which all that was taken will have come back.
    """

    def __init__(
        self, rate: Rate, *, most: int = MOST_KEYS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate = rate
        self._most = most
        self._clock = clock
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def take(self, key: str, *, owing: bool = False) -> float:
        """Take one and return 0; with none left return in how many seconds there will be one.

        That one is taken all the same where the taker will wait for it (``owing``).
        """
        now = self._clock()
        full_at = max(now, self._full_at.get(key, now))
        spare = (self._rate.burst - 1) * self._rate.seconds
        wait = max(0.0, full_at - now - spare)
        if wait and not owing:
            return wait
        self._full_at[key] = full_at + self._rate.seconds
        self._full_at.move_to_end(key)
        if len(self._full_at) > self._most:
            self._full_at.popitem(last=False)
        return wait

    def give_back(self, key: str) -> None:
        """Give one back that was taken and not used."""
        if key in self._full_at:
            self._full_at[key] -= self._rate.seconds

    def knows(self, key: str) -> bool:
        """Whether the key was used so lately that it is still remembered."""
        return key in self._full_at
