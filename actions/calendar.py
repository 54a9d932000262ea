"""Working days ahead, and moments of the Asia/Shanghai day. Plain functions."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from language.times.working_days import is_working_day
from store.clock import SHANGHAI, to_shanghai


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
