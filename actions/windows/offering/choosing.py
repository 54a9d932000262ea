"""Which free slots to offer: spread over the wish, calm first. Plain functions, no I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from store.clock import to_shanghai

POINT = timedelta(hours=2)
"""A wish no longer than this means its start; a longer one means anywhere in it."""


@dataclass(frozen=True)
class Load:
    """A slot and the seats taken in it."""

    id: int
    start: datetime
    end: datetime
    capacity: int
    taken: int
    does_business: bool

    @property
    def is_free(self) -> bool:
        """Whether it is for the wished business and has a seat left."""
        return self.does_business and self.taken < self.capacity


@dataclass(frozen=True)
class Choice:
    """A free slot and how many people the whole hall expects during it."""

    load: Load
    people: int

    @property
    def start(self) -> datetime:
        """When it begins."""
        return self.load.start


def expected_people(loads: Sequence[Load], start: datetime, end: datetime) -> int:
    """Count the booked visits of a hall whose slots overlap ``[start, end)``."""
    return sum(load.taken for load in loads if load.start < end and start < load.end)


def choices(loads: Sequence[Load], start: datetime, end: datetime, now: datetime) -> list[Choice]:
    """Return what may be offered in ``[start, end)``, by time, one for each starting time.

    ``loads`` are all slots of one hall around the wish, whatever their business; where
    several windows begin at one time, the one with most seats left stands for them.
    """
    best: dict[datetime, Load] = {}
    for load in loads:
        if not load.is_free or load.start <= now or not start <= load.start < end:
            continue
        rival = best.get(load.start)
        if rival is None or _emptier(load, rival):
            best[load.start] = load
    return [
        Choice(load, expected_people(loads, load.start, load.end))
        for _, load in sorted(best.items())
    ]


def _emptier(load: Load, rival: Load) -> bool:
    free, rival_free = load.capacity - load.taken, rival.capacity - rival.taken
    return (-free, load.id) < (-rival_free, rival.id)


def pick(
    found: Sequence[Choice], start: datetime, end: datetime, *, limit: int, offset: int
) -> list[Choice]:
    """Pick ``limit`` choices after ``offset`` have been shown, the best first.

    A wish for a point takes the nearest. A wish for a stretch is cut into as many parts as
    there are choices to show, and the calmest of each part is taken, so that the person has
    a real choice and not three times the same half hour. Pages do not overlap.
    """
    left = list(found)
    page: list[Choice] = []
    shown = 0
    while left and shown < offset + limit:
        page = _page(left, start, end, min(limit, offset + limit - shown))
        left = [choice for choice in left if choice not in page]
        shown += len(page)
    return page if shown > offset else []


def _page(left: list[Choice], start: datetime, end: datetime, limit: int) -> list[Choice]:
    if end - start <= POINT:
        return sorted(left, key=lambda choice: _fit(choice, start))[:limit]
    parts = min(limit, len(left))
    edges = [len(left) * part // parts for part in range(parts + 1)]
    spread = [min(left[low:high], key=_calm) for low, high in pairwise(edges)]
    return sorted(spread, key=_calm)


def _fit(choice: Choice, wished: datetime) -> tuple[timedelta, int]:
    return abs(choice.start - wished), choice.people


def _calm(choice: Choice) -> tuple[int, datetime]:
    return choice.people, choice.start


def nearest_days(
    found: Sequence[Choice], start: datetime, end: datetime, *, enough: int
) -> list[Choice]:
    """Keep the choices of the days nearest to the wish, until there are ``enough``."""
    days = {to_shanghai(choice.start).date() for choice in found}
    first, last = to_shanghai(start).date(), to_shanghai(end - timedelta(microseconds=1)).date()

    def distance(day: date) -> int:
        return max((first - day).days, (day - last).days, 0)

    kept: list[Choice] = []
    for day in sorted(days, key=lambda day: (distance(day), day < first)):
        kept += [choice for choice in found if to_shanghai(choice.start).date() == day]
        if len(kept) >= enough:
            break
    return sorted(kept, key=lambda choice: choice.start)
