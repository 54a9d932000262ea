"""Which free times to offer, and in which order: fit to the wish, and calm. No I/O."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import count

from actions.calendar import minute_of
from store.clock import to_shanghai

POINT = timedelta(hours=1)
"""A wish no longer than this means its start; a longer one means anywhere in it."""

APART = (timedelta(minutes=90), timedelta(minutes=45), timedelta(minutes=15), timedelta())
"""Times offered are so far apart while there are such, so that they are a real choice."""
NEAR_APART = APART[2:]

HOUR_AWAY, DAY_AWAY, DAY_LATER = 0.25, 0.3, 0.05
POINT_HOUR_AWAY = 2.0
"""What an hour or a day beside the wish, or a day later in it, weighs: 1 is a full hall."""

MINUTES = 60
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Choice:
    """A time with a free seat and how many people the whole hall expects then.

    ``day`` and ``minute``, from midnight, are the same time in Asia/Shanghai.
    """

    start: datetime
    day: date
    minute: int
    people: int


@dataclass(frozen=True)
class Wanted:
    """A wished stretch, half-open; ``earliest`` asks for its first times before calm ones."""

    start: datetime
    end: datetime
    earliest: bool = False

    @property
    def is_point(self) -> bool:
        """Whether a moment is meant rather than a stretch."""
        return self.end - self.start <= POINT

    def covers(self, moment: datetime) -> bool:
        """Whether a time is as wished."""
        return self.start <= moment < self.end

    @cached_property
    def days(self) -> tuple[date, date]:
        """First and last day of the wish."""
        last = self.end - timedelta(microseconds=1)
        return to_shanghai(self.start).date(), to_shanghai(last).date()

    @cached_property
    def band(self) -> tuple[int, int]:
        """Minutes of the day that suit: on another day the same hours will suit best."""
        first, last = self.days
        if first != last:
            return 0, DAY_MINUTES
        start = minute_of(self.start)
        return (start, start) if self.is_point else (start, minute_of(self.end) or DAY_MINUTES)


def rank(found: Iterable[Choice], wanted: Wanted, capacity: int) -> Iterator[Choice]:
    """Yield every choice once, the best first; those next to each other are well apart.

    A wish for a point takes the nearest, one for the earliest goes by time. Otherwise, and
    always beside the wish, calm and fit are weighed, and different days come first.
    """
    left = sorted(found, key=lambda choice: (_cost(choice, wanted, capacity), choice.start))
    strict = all(wanted.covers(choice.start) for choice in left)
    narrow = strict and (wanted.is_point or wanted.earliest)
    taken: list[Choice] = []
    if not narrow:
        for choice in _of_different_days(left):
            taken.append(choice)
            yield choice
    for apart in NEAR_APART if narrow else APART:
        for choice in [choice for choice in left if choice not in taken]:
            if all(abs(choice.start - other.start) >= apart for other in taken):
                taken.append(choice)
                yield choice


def _of_different_days(ordered: Sequence[Choice]) -> list[Choice]:
    best: dict[date, Choice] = {}
    for choice in ordered:
        best.setdefault(choice.day, choice)
    return list(best.values())


def _cost(choice: Choice, wanted: Wanted, capacity: int) -> float:
    """Weigh how far a time is from the wish and how full the hall is; less is better."""
    if wanted.covers(choice.start) and wanted.earliest:
        return (choice.start - wanted.start).total_seconds()
    day, (first, last) = choice.day, wanted.days
    beside = max((first - day).days, (day - last).days, 0)
    later = min(max((day - first).days, 0), (last - first).days)
    low, high = wanted.band
    hours = max(low - choice.minute, choice.minute - high, 0) / MINUTES
    per_hour = POINT_HOUR_AWAY if wanted.is_point else HOUR_AWAY
    return choice.people / capacity + per_hour * hours + DAY_AWAY * beside + DAY_LATER * later


def nearness(place: str, other: str) -> int:
    """Say how near two GB/T 2260 codes are: 3 one district, 2 one city, 1 one province, 0."""
    return next(3 - n for n in count() if n == 3 or place[: 6 - 2 * n] == other[: 6 - 2 * n])
