"""How long a business takes in a hall, believed from what is stated and what was seen. No I/O.

What was seen is mixed with what is stated: ``PRIOR`` visits' worth of the stated minutes and
spread, so that a figure moves slowly while there is little to go by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import fmean, median, pvariance

ENOUGH = 30
"""So many visits of known length before anything is learned."""
PRIOR = 30
"""How many visits the stated time is worth."""
SHORTEST, LONGEST = 1.0, 120.0
"""Minutes; outside them somebody pressed twice, or forgot to press."""
FENCE = 3.5
"""Lengths so many robust standard deviations off, in logarithms, are slips of the hand.

Modified z-score of Iglewicz and Hoaglin (1993); of logarithms, since service times are
skewed to the right. Of log-normal times it leaves out one in two thousand.
"""
MAD_TO_DEVIATION = 1.4826


@dataclass(frozen=True)
class ServiceTime:
    """Mean and standard deviation in minutes, from ``n`` visits; 0 where only stated."""

    mean: float
    spread: float
    n: int = 0


def believed(stated: ServiceTime, seen: ServiceTime | None) -> ServiceTime:
    """Return what to plan with: what was seen, shrunk to what is stated."""
    if seen is None or seen.n < ENOUGH:
        return stated
    weight = seen.n / (seen.n + PRIOR)
    return ServiceTime(
        mean=weight * seen.mean + (1 - weight) * stated.mean,
        spread=sqrt(weight * seen.spread**2 + (1 - weight) * stated.spread**2),
        n=seen.n,
    )


def seen(lengths: Sequence[float]) -> ServiceTime | None:
    """Return mean and spread of visits' lengths in minutes; None where there are too few.

    Lengths outside SHORTEST to LONGEST, and then beyond FENCE, are left out.
    """
    possible = [length for length in lengths if SHORTEST <= length <= LONGEST]
    if len(possible) < ENOUGH:
        return None
    kept = _within_fence(possible)
    if len(kept) < ENOUGH:
        return None
    mean = fmean(kept)
    return ServiceTime(mean, sqrt(pvariance(kept, mean)), len(kept))


def _within_fence(lengths: Sequence[float]) -> Sequence[float]:
    logs = [log(length) for length in lengths]
    middle = median(logs)
    deviation = MAD_TO_DEVIATION * median(abs(value - middle) for value in logs)
    if deviation == 0:  # more than half of them alike: nothing to measure the rest by
        return lengths
    low, high = exp(middle - FENCE * deviation), exp(middle + FENCE * deviation)
    return [length for length in lengths if low <= length <= high]
