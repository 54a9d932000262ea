"""What the words of time stand for: days, and hours of a day."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

STRETCH, WEEKDAY, RELATIVE, DATE = range(4)
"""How exactly a word names its day: of two that stand in apposition the exacter is meant."""

WEEK_STEP = timedelta(days=7)
DAY_STEP = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """Days ``[first, last)``.

    ``step`` is how much later is meant when the time said turns out to be over today; None
    when the words rule that out. ``feast`` days are followed by days off; a ``closing``
    stretch (月底) before which something is to happen is itself still before it.
    """

    first: date
    last: date
    rank: int = STRETCH
    step: timedelta | None = None
    feast: bool = False
    closing: bool = False


@dataclass(frozen=True)
class Hours:
    """Offsets from midnight ``[start, stop)``; a ``point`` is an hour that was named itself."""

    start: timedelta
    stop: timedelta
    point: bool = False
    limit: bool = False


def one_day(day: date, rank: int, step: timedelta | None = None) -> Days:
    """Return the one day."""
    return Days(day, day + DAY_STEP, rank, step)


def real_date(year: int, month: int, day: int) -> date | None:
    """Return the date; None when there is no such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months_on(day: date, months: int) -> date:
    """Return the day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
