"""Looking through a hall's days, the nearest to a wish first, no further than needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Protocol

from actions.windows.halls.calendar import at_minute
from actions.windows.offering.choosing import Choice, Wanted, rank
from store.clock import to_shanghai

DAYS_TOGETHER = 3
"""So many days with free seats are weighed against each other before later ones are read."""

ONE_DAY = timedelta(days=1)


class Slots(Protocol):
    """The free times of one hall."""

    def first_free(self, start: datetime, end: datetime) -> datetime | None:
        """Return the first in ``[start, end)``."""

    def last_free(self, start: datetime, end: datetime) -> datetime | None:
        """Return the last in ``[start, end)``."""

    def on(self, days: Sequence[date]) -> list[Choice]:
        """Return those of some days."""


@dataclass(frozen=True)
class Search:
    """What is looked for, where: ``[soonest, until)`` is all that can be booked at all."""

    slots: Slots
    wanted: Wanted
    capacity: int
    soonest: datetime
    until: datetime

    def as_wished(self) -> Iterator[Choice]:
        """Yield the times that are as wished, the best first."""
        start, end = max(self.wanted.start, self.soonest), min(self.wanted.end, self.until)
        together = 1 if self.wanted.earliest else DAYS_TOGETHER
        yield from self._ranked(self._onward(start, end), together, wished=True)

    def beside(self) -> Iterator[Choice]:
        """Yield the times that are not, those of the nearest days first."""
        yield from self._ranked(self._nearest(), DAYS_TOGETHER, wished=False)

    def _ranked(self, days: Iterator[date], together: int, *, wished: bool) -> Iterator[Choice]:
        while pool := list(islice(days, together)):
            found = [
                choice
                for choice in self.slots.on(pool)
                if self.soonest <= choice.start < self.until
                and self.wanted.covers(choice.start) == wished
            ]
            yield from rank(found, self.wanted, self.capacity)

    def _onward(self, start: datetime, end: datetime) -> Iterator[date]:
        while start < end and (found := self.slots.first_free(start, end)):
            day = to_shanghai(found).date()
            yield day
            start = at_minute(day + ONE_DAY, 0)

    def _backward(self, start: datetime, end: datetime) -> Iterator[date]:
        while start < end and (found := self.slots.last_free(start, end)):
            day = to_shanghai(found).date()
            yield day
            end = at_minute(day, 0)

    def _nearest(self) -> Iterator[date]:
        """Yield the days with free times before and after the wish, the nearest first."""
        first, last = self.wanted.days
        onward = self._onward(max(self.wanted.end, self.soonest), self.until)
        backward = self._backward(self.soonest, min(self.wanted.start, self.until))
        ahead, behind = next(onward, None), next(backward, None)
        given = None
        while ahead or behind:
            if behind is None or (ahead is not None and ahead - last <= first - behind):
                day, ahead = ahead, next(onward, None)
            else:
                day, behind = behind, next(backward, None)
            if day is not None and day != given:
                given = day
                yield day
