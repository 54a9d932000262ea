"""Figures of wage guidance. Pure; pay is whole yuan a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from language.pay import DAYS_PER_MONTH, HOURS_PER_DAY

LEAST = 10
"""Of fewer postings nothing is reckoned: one employer would make the figure."""

PER_MONTH = {
    "month": 1.0,
    "year": 12.0,
    "day": 1 / DAYS_PER_MONTH,
    "hour": 1 / (DAYS_PER_MONTH * HOURS_PER_DAY),
}
"""What a month's pay is by another unit; days and hours as the law reckons them
(劳社部发〔2008〕3 号)."""

BELOW, WITHIN, ABOVE = "below", "within", "above"


@dataclass(frozen=True)
class Quartiles:
    """A quarter earns less than ``q1``, half less than ``median``, a quarter more than ``q3``."""

    q1: int
    median: int
    q3: int

    def by(self, unit: str) -> "Quartiles":
        """Return them by another unit of PER_MONTH, rounded to whole yuan."""
        factor = PER_MONTH[unit]
        return Quartiles(*(round(each * factor) for each in (self.q1, self.median, self.q3)))


def quartiles(pays: Sequence[int]) -> Quartiles | None:
    """Return the quartiles of some pays, the ends counted in; None of fewer than LEAST."""
    if len(pays) < LEAST:
        return None
    return Quartiles(*(round(each) for each in quantiles(pays, n=4, method="inclusive")))


def stands(pay: int, beside: Quartiles) -> str:
    """Tell whether a pay lies below, within or above the middle half."""
    if pay < beside.q1:
        return BELOW
    return ABOVE if pay > beside.q3 else WITHIN


def difference(pay: int, median: int) -> int:
    """Return by how many whole per cent a pay is above the median; below it is negative."""
    return round(100 * (pay - median) / median)
