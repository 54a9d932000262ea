"""How long to wait before the next try. No I/O, no clock, no chance but what is passed in."""

from dataclasses import dataclass

MOST_STEPS = 64
"""No wait grows any more by then; without it a float would run over in the end."""


@dataclass(frozen=True)
class Backoff:
    """Waits that grow from ``first`` seconds by ``factor`` each time, to ``longest`` at most.

    ``jitter`` is the share of a wait that is left to chance, 0 to 1: so that those who failed
    together do not come back together.
    """

    first: float
    longest: float
    factor: float = 2.0
    jitter: float = 0.0

    def wait(self, failures: int, *, chance: float = 1.0) -> float:
        """Return the seconds to wait after ``failures`` in a row, counted from 1.

        ``chance``, 0 to 1, is drawn by the caller where there is jitter: 1 is the whole wait.
        """
        steps = min(max(failures, 1) - 1, MOST_STEPS)
        whole = min(self.first * self.factor**steps, self.longest)
        return whole * (1 - self.jitter * (1 - chance))
