"""Which of the running processes hangs: it lives, yet has not answered for too long."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

CHECKS = 3
"""So many times in a row it must have been asked: a pause of our own proves nothing."""


@dataclass
class _Pulse:
    """How one process was last heard; one that has never been is still starting."""

    pid: int
    since: float
    started: bool = False
    missed: int = 0


class Watchdog:
    """Asks each process and tells which of them hang.

    ``answers`` blocks, and says whether the process of a name gives any answer at all: under load
    a late one will do. It may be silent for ``seconds`` together, or for ``start_seconds`` until
    its first answer, since a model takes its time to load.
    """

    def __init__(
        self,
        answers: Callable[[str], bool],
        *,
        seconds: float,
        start_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._answers = answers
        self._seconds = seconds
        self._start_seconds = start_seconds
        self._clock = clock
        self._pulses: dict[str, _Pulse] = {}

    def hanging(self, running: Mapping[str, int]) -> Iterator[tuple[str, float]]:
        """Ask the processes (name and pid) once; yield those to be ended, and how long silent."""
        for name, pid in running.items():
            pulse = self._pulses.get(name)
            if pulse is None or pulse.pid != pid:
                pulse = self._pulses[name] = _Pulse(pid, self._clock())
            if self._answers(name):
                pulse.since, pulse.started, pulse.missed = self._clock(), True, 0
                continue
            pulse.missed += 1
            silent = self._clock() - pulse.since
            patience = self._seconds if pulse.started else self._start_seconds
            if pulse.missed >= CHECKS and silent >= patience:
                yield name, silent
