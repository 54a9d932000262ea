"""Times that somebody does not want, or has no time in: never offered. Pure."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta

from actions.appointments.records import Busy
from language.wording import WEEKDAYS
from store.clock import to_shanghai

HALVES = {"上午": (time(0), time(12)), "中午": (time(11), time(14)), "下午": (time(12), time.max)}
BETWEEN = "/"


def suits(unwanted: Iterable[str], busy: Sequence[Busy]) -> Callable[[datetime], bool]:
    """Return whether a time may be offered: none of ``unwanted``, beside whatever is ``busy``.

    ``unwanted`` are 周一, 上午, or an interval of two ISO moments joined by /.
    """
    refused = [_refuses(each) for each in unwanted]

    def fits(start: datetime) -> bool:
        end = start + VISIT
        clashes = any(b.start - b.travel < end and start < b.end + b.travel for b in busy)
        return not clashes and not any(refuses(to_shanghai(start)) for refuses in refused)

    return fits


VISIT = timedelta(minutes=15)
"""A visit that begins so long before another one is in its way."""


def _refuses(unwanted: str) -> Callable[[datetime], bool]:
    if unwanted in HALVES:
        low, high = HALVES[unwanted]
        return lambda moment: low <= moment.time() < high
    if unwanted[:1] == "周" and unwanted[1:] in WEEKDAYS:
        return lambda moment: WEEKDAYS[moment.weekday()] == unwanted[1:]
    first, _, last = unwanted.partition(BETWEEN)
    try:
        start, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
    except ValueError:
        return lambda moment: False
    if start.tzinfo is None or end.tzinfo is None:
        return lambda moment: False
    return lambda moment: start <= moment < end
