"""Looking through a hall's days, the nearest to a wish first, no further than needed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from actions.appointments.offering.selection import Choice, Wanted, rank
from actions.calendar import at_minute
from language.times.working_days import next_working_day
from store.clock import to_shanghai

DAYS_TOGETHER = 3
"""So many days are weighed against each other before later ones are read."""

ONE_DAY = timedelta(days=1)
AS_NEAR = timedelta(days=3)
"""Days before and after a wish are weighed together if one is not so much nearer."""


class Slots(Protocol):
    """The free times of one hall."""

    def first_free(self, start: datetime, end: datetime) -> datetime | None:
        """Return the first in ``[start, end)``."""

    def last_free(self, start: datetime, end: datetime) -> datetime | None:
        """Return the last in ``[start, end)``."""

    def between(self, first: date, last: date) -> list[Choice]:
        """Return those from one day to another, both included."""


@dataclass(frozen=True)
class Search:
    """What is looked for, where: ``[soonest, until)`` is all that can be booked at all.

    ``suits`` says whether somebody can come at a time.
    """

    slots: Slots
    wanted: Wanted
    capacity: int
    soonest: datetime
    until: datetime
    suits: Callable[[datetime], bool] = lambda start: True

    def as_wished(self) -> Iterator[Choice]:
        """Yield the times that are as wished, the best first."""
        together = 1 if self.wanted.earliest else DAYS_TOGETHER
        start, end = max(self.wanted.start, self.soonest), min(self.wanted.end, self.until)
        while (first := self._first(start, end)) is not None:
            last = min(_working_day_after(first, together - 1), self.wanted.days[1])
            yield from self._ranked(self.slots.between(first, last), wished=True)
            start = at_minute(last + ONE_DAY, 0)

    def beside(self) -> Iterator[Choice]:
        """Yield the times that are not, those of the nearest days first."""
        first, last = self.wanted.days
        start, end = max(self.wanted.end, self.soonest), min(self.wanted.start, self.until)
        ahead, behind = self._first(start, self.until), self._last(self.soonest, end)
        while ahead or behind:
            days = set()
            if ahead and not (behind and ahead - last > first - behind + AS_NEAR):
                days.add(ahead)
            if behind and not (ahead and first - behind > ahead - last + AS_NEAR):
                days.add(behind)
            found = [choice for day in sorted(days) for choice in self.slots.between(day, day)]
            yield from self._ranked(found, wished=False)
            if ahead in days:
                ahead = self._first(at_minute(max(days) + ONE_DAY, 0), self.until)
            if behind in days:
                behind = self._last(self.soonest, at_minute(min(days), 0))

    def _ranked(self, found: list[Choice], *, wished: bool) -> Iterator[Choice]:
        fitting = [
            choice
            for choice in found
            if self.soonest <= choice.start < self.until
            and self.wanted.covers(choice.start) == wished
            and self.suits(choice.start)
        ]
        return rank(fitting, self.wanted, self.capacity)

    def _first(self, start: datetime, end: datetime) -> date | None:
        found = self.slots.first_free(start, end) if start < end else None
        return None if found is None else to_shanghai(found).date()

    def _last(self, start: datetime, end: datetime) -> date | None:
        found = self.slots.last_free(start, end) if start < end else None
        return None if found is None else to_shanghai(found).date()


def _working_day_after(day: date, ahead: int) -> date:
    """Return the working day so many working days after ``day``."""
    for _ in range(ahead):
        day = next_working_day(day)
    return day
