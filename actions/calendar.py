"""Working days, and moments of the Asia/Shanghai day. Plain functions.

Working days come from chinesecalendar, which holds the yearly notice of the State Council's
General Office. A year whose notice it does not hold is read as Monday to Friday, and said to
be uncertain.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from store.clock import SHANGHAI, to_shanghai


@dataclass(frozen=True)
class DayKind:
    """Whether a day is worked, and whether that is known rather than guessed."""

    working: bool
    certain: bool


def day_kind(day: date) -> DayKind:
    """Tell whether people work on ``day``."""
    import chinese_calendar

    try:
        return DayKind(working=bool(chinese_calendar.is_workday(day)), certain=True)
    except NotImplementedError:
        return DayKind(working=day.weekday() < 5, certain=False)


def is_working_day(day: date) -> bool:
    """Tell whether people work on ``day``, guessed where it is not known."""
    return day_kind(day).working


def next_working_day(day: date) -> date:
    """Return the first working day after ``day``."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days(first: date, days: int) -> Iterator[date]:
    """Yield the working days from ``first`` to ``days`` days later, both included."""
    for ahead in range(days + 1):
        day = first + timedelta(days=ahead)
        if is_working_day(day):
            yield day


def at(day: date, clock: time) -> datetime:
    """Return a moment of the Asia/Shanghai day."""
    return datetime.combine(day, clock, SHANGHAI)


def at_minute(day: date, minute: int) -> datetime:
    """Return the moment so many minutes after the midnight that ``day`` begins with."""
    return at(day, time()) + timedelta(minutes=minute)


def minute_of(moment: datetime) -> int:
    """Return the whole minutes from midnight, Asia/Shanghai, to ``moment`` (aware)."""
    local = to_shanghai(moment)
    return local.hour * 60 + local.minute
