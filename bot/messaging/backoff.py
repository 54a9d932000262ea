"""How long to wait before trying again what failed."""

MOST_DOUBLINGS = 32


def doubling(failures: int, *, first: float, longest: float) -> float:
    """Return the seconds to wait after a failure that ``failures`` others went before.

    ``first`` after the first one, then twice as long each time, ``longest`` at most.
    """
    return min(first * 2.0 ** min(failures, MOST_DOUBLINGS), longest)
