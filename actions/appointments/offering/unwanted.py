"""Times that somebody does not want: never offered. Pure."""

from collections.abc import Callable, Iterable
from datetime import datetime, time

from language.wording import WEEKDAYS
from store.clock import to_shanghai

HALVES = {"上午": (time(0), time(12)), "中午": (time(11), time(14)), "下午": (time(12), time.max)}
BETWEEN = "/"


def suits(unwanted: Iterable[str]) -> Callable[[datetime], bool]:
    """Return whether a time may be offered: none of ``unwanted``.

    These are 周一, 上午, or an interval of two ISO moments joined by /.
    """
    refused = [_refuses(each) for each in unwanted]
    return lambda start: not any(refuses(to_shanghai(start)) for refuses in refused)


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
