"""Which days are worked. Plain functions of the day.

Working days come from chinesecalendar, which holds the yearly notice of the State Council's
General Office. A year whose notice it does not hold is read as Monday to Friday without the
days off that are fixed by law, and said to be uncertain: make-up days are not known yet.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from language.times.feasts import statutory_days


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
        off = day.weekday() >= 5 or day in statutory_days(day.year)
        return DayKind(working=not off, certain=False)


def holiday_name(day: date) -> str | None:
    """Return the feast a day is off for; None at a week-end, and where it is not known."""
    import chinese_calendar

    try:
        _, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    return None if name is None else str(chinese_calendar.Holiday(name).chinese)


def is_working_day(day: date) -> bool:
    """Tell whether people work on ``day``, guessed where it is not known."""
    return day_kind(day).working


def next_working_day(day: date) -> date:
    """Return the first working day after ``day``."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def days_off_around(day: date) -> tuple[date, date]:
    """Return the half-open run of days off that ``day`` lies in; ``day`` alone if it is worked."""
    first, last = day, day + timedelta(days=1)
    if is_working_day(day):
        return first, last
    while not is_working_day(first - timedelta(days=1)):
        first -= timedelta(days=1)
    while not is_working_day(last):
        last += timedelta(days=1)
    return first, last
