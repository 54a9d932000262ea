"""When people may be told something unasked. Plain functions, no I/O."""

from datetime import date, datetime

from store.clock import to_shanghai


def is_quiet(now: datetime, hours: str) -> bool:
    """Whether nobody is to be disturbed; ``hours`` as in 「21-8」: Asia/Shanghai, [from, to)."""
    first, last = (int(each) for each in hours.split("-"))
    hour = to_shanghai(now).hour
    if first <= last:
        return first <= hour < last
    return hour >= first or hour < last


def digest_day(now: datetime) -> date:
    """Return the day whose one digest something belongs to."""
    return to_shanghai(now).date()
