"""Taking turns: so many at a time, first come first served."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class FairSemaphore:
    """A semaphore that lets nobody overtake.

    SQLAlchemy's pool gives a returned connection to whoever asks first, which is the one
    that has just returned it: with more threads than connections some waited for seconds.
    """

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def acquired(self) -> Iterator[None]:
        """Wait for a turn, and pass it on at the end."""
        gate = threading.Event()
        with self._mutex:
            if self._free:
                self._free -= 1
                gate.set()
            else:
                self._waiting.append(gate)
        gate.wait()
        try:
            yield
        finally:
            with self._mutex:
                if self._waiting:
                    self._waiting.popleft().set()
                else:
                    self._free += 1

    def waiting(self) -> int:
        """Return how many wait for a turn."""
        with self._mutex:
            return len(self._waiting)
