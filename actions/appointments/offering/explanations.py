"""Saying why an offer departs from what was wished. Plain functions, no I/O."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from actions.appointments import sentences as say
from actions.appointments.halls.calendar import CALENDAR_DAYS, sessions_on
from actions.appointments.offering.selection import Wanted
from actions.appointments.records import Hall
from language.times.working_days import day_kind, holiday_name
from language.wording import date_with_weekday
from store.clock import to_shanghai

REASON_LENGTH = 30
SATURDAY = 5


@dataclass(frozen=True)
class Found:
    """What stands in a wished stretch that has no seat to offer.

    ``full``: there are arrival times, and every seat is taken. ``closure`` is why the hall
    is closed then; ``last`` when its last slot begins, None when it has none. ``elsewhere``:
    seats are free, and the person has another booking at their times.
    """

    full: bool
    closure: str | None
    last: datetime | None
    elsewhere: bool = False


def why_not(hall: Hall, wanted: Wanted, found: Found, *, soonest: datetime) -> str:
    """Say why nothing can be offered in the wished stretch."""
    if wanted.end <= soonest:
        return say.NOTE_PAST
    if found.elsewhere:
        return say.NOTE_ELSEWHERE
    if found.full:
        return say.NOTE_FULL
    if found.closure is not None:
        return say.NOTE_CLOSURE.format(reason=short(found.closure))
    start = max(wanted.start, soonest)
    days = days_of(start, wanted.end)
    working = [day for day in days if day_kind(day).working]
    if not working:
        return _day_off(days)
    if found.last is not None and start > found.last:
        last = to_shanghai(found.last).date()
        return say.NOTE_TOO_FAR.format(last=date_with_weekday(last))
    if not any(
        opens < wanted.end and start < closes
        for day in working
        for opens, closes in sessions_on(hall, day)
    ):
        return say.NOTE_CLOSED_HOURS.format(hours=hall.hours)
    return say.NOTE_NO_ARRIVALS


def made_up(days: Iterable[date]) -> str:
    """Say which of the wished days is at a week-end and worked all the same, if it is one."""
    worked = [day for day in days if day.weekday() >= SATURDAY and day_kind(day).working]
    return say.NOTE_MAKE_UP.format(day=date_with_weekday(worked[0])) if worked else ""


def uncertain(days: Iterable[date]) -> str:
    """Say of which years the days off are not known yet."""
    years = sorted({day.year for day in days if not day_kind(day).certain})
    return "".join(say.NOTE_UNCERTAIN.format(year=year) for year in years)


def days_of(start: datetime, end: datetime) -> list[date]:
    """Return the days of a stretch, no more than a calendar holds."""
    first = to_shanghai(start).date()
    last = to_shanghai(end - timedelta(microseconds=1)).date()
    span = min(max((last - first).days, 0), CALENDAR_DAYS)
    return [first + timedelta(days=ahead) for ahead in range(span + 1)]


def short(reason: str) -> str:
    """Return the beginning of a closure's reason, fit for a sentence."""
    plain = reason.strip().rstrip("。.！!")
    return plain if len(plain) <= REASON_LENGTH else plain[: REASON_LENGTH - 1] + "…"


def _day_off(days: list[date]) -> str:
    if len(days) > 1:
        return say.NOTE_CLOSED_DAYS
    named = holiday_name(days[0])
    if named is None:
        return say.NOTE_CLOSED_DAY.format(day=date_with_weekday(days[0]))
    return say.NOTE_HOLIDAY.format(day=date_with_weekday(days[0]), holiday=named)
