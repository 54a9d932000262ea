"""Working days, opening hours, and how a window's day is cut into slots.

Working days come from chinesecalendar, which holds the yearly notice of the State Council's
General Office. A year whose notice it does not hold is read as Monday to Friday, and said to
be uncertain.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from store.clock import SHANGHAI

SESSIONS = ((time(9, 0), time(11, 30)), (time(13, 30), time(16, 30)))
"""Opening hours of a hall, Asia/Shanghai, half-open."""

SLOT_LENGTH = timedelta(minutes=30)
CALENDAR_DAYS = 14
"""How many days ahead slots are open for booking, today included."""


@dataclass(frozen=True)
class DayKind:
    """Whether a day is worked, and whether that is known rather than guessed."""

    working: bool
    certain: bool


def day_kind(day: date) -> DayKind:
    """Tell whether halls work on ``day``."""
    import chinese_calendar

    try:
        return DayKind(working=bool(chinese_calendar.is_workday(day)), certain=True)
    except NotImplementedError:
        return DayKind(working=day.weekday() < 5, certain=False)


def is_working_day(day: date) -> bool:
    """Tell whether halls work on ``day``, guessed where it is not known."""
    return day_kind(day).working


def next_working_day(day: date) -> date:
    """Return the first working day after ``day``."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def at(day: date, clock: time) -> datetime:
    """Return a moment of the Asia/Shanghai day."""
    return datetime.combine(day, clock, SHANGHAI)


def is_open(moment: datetime) -> bool:
    """Tell whether halls are open at ``moment`` (aware)."""
    local = moment.astimezone(SHANGHAI)
    inside = any(start <= local.time() < end for start, end in SESSIONS)
    return inside and is_working_day(local.date())


def slot_times(day: date, offset: int) -> Iterator[tuple[datetime, datetime]]:
    """Yield a window's slots of one day, the first ``offset`` minutes after opening.

    Windows with different offsets call people at different minutes: that is the staggering.
    """
    if not is_working_day(day):
        return
    for opens, closes in SESSIONS:
        start = at(day, opens) + timedelta(minutes=offset)
        while start + SLOT_LENGTH <= at(day, closes):
            yield start, start + SLOT_LENGTH
            start += SLOT_LENGTH
