"""Reading when somebody wants to come, out of a Chinese sentence.

Plain function of the text and a clock. Days that need a calendar of feasts, or a month
counted from now, are read by jionlp, and parts of the day have jionlp's bounds. Ours are the
rules where it does not fit an appointment: a weekday or date that is over means the next
one, 三点 at a public hall is in the afternoon, 以后 and 以前 have an end within the day, two
days may be joined, and what is not a time in running text (3号窗口, 六千以上) is left alone.
"""

import contextlib
import io
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from language.numerals import chinese_number
from language.text import half_width
from language.time_patterns import (
    BETWEEN_DAYS,
    CLOCK,
    DAY,
    PART_OF_DAY,
    PARTS,
    SOON,
)
from store.clock import SHANGHAI, to_shanghai


@dataclass(frozen=True)
class TimeSpan:
    """A half-open interval, aware, Asia/Shanghai; ``text`` is the words it was read from."""

    start: datetime
    end: datetime
    text: str


SOON_DAYS = 3
"""尽快 means the coming three days, today included."""

POINT = timedelta(hours=1)
"""A bare clock time means the hour that begins then."""

ABOUT = timedelta(minutes=30)
"""左右 means so much before and after."""


@dataclass(frozen=True)
class _Days:
    """Days ``[first, last)`` read at ``[begin, end)`` of the text.

    ``step`` is how much later is meant when the time said turns out to be over today; None
    when the words rule that out.
    """

    first: date
    last: date
    begin: int
    end: int
    step: timedelta | None = None


def read_times(text: str, now: datetime) -> TimeSpan | None:
    """Return when the words mean, seen from ``now`` (aware); None when they name no time.

    A time that is over is read as the next one like it, unless the words rule that out
    (今天, 这周一). The span may begin before ``now``: it is what was said, not what is left.
    """
    local = to_shanghai(now)
    plain = half_width(text)
    days = _read_days(plain, local.date())
    hours = _read_hours(plain, days)
    if days is None and hours is None:
        return _soon(plain, local)
    if hours is None and days is not None:
        return TimeSpan(_midnight(days.first), _midnight(days.last), plain[days.begin : days.end])
    return _on(days, hours, plain, local) if hours is not None else None


def _on(days: _Days | None, hours: "_Hours", plain: str, local: datetime) -> TimeSpan:
    begin, end = hours.begin, hours.end
    if days is None:
        days = _Days(local.date(), local.date() + timedelta(days=1), begin, end, timedelta(days=1))
    # Hours on several days run from the first day's to the last day's: one interval is given.
    start = _midnight(days.first) + hours.start
    stop = _midnight(days.last - timedelta(days=1)) + hours.stop
    over = stop <= local or (stop - start == POINT and start < local)
    if days.step is not None and days.first == local.date() and over:
        start, stop = start + days.step, stop + days.step
    return TimeSpan(start, stop, plain[min(begin, days.begin) : max(end, days.end)])


def _soon(plain: str, local: datetime) -> TimeSpan | None:
    found = SOON.search(plain)
    if found is None:
        return None
    end = _midnight(local.date() + timedelta(days=SOON_DAYS))
    return TimeSpan(local, end, found.group())


# Days ------------------------------------------------------------------------------------


def _read_days(plain: str, today: date) -> _Days | None:
    for match in DAY.finditer(plain):
        days = _days(match, today)
        if days is None:
            continue
        joint = BETWEEN_DAYS.match(plain, match.end())
        second = DAY.match(plain, joint.end()) if joint else None
        until = _days(second, today) if second else None
        if second and until is not None and until.first < days.first:
            until = _days(second, days.first)
        if until is not None and until.first >= days.first:
            return _Days(days.first, until.last, days.begin, until.end)
        return days
    return None


def _days(match: re.Match[str], today: date) -> _Days | None:
    kind = next(name for name in READERS if match[name])
    read = READERS[kind](match, today)
    if read is None:
        return None
    first, length, step = read
    return _Days(first, first + timedelta(days=length), match.start(), match.end(), step)


_Read = tuple[date, int, timedelta | None]
"""The first day, how many days, and the step to the next such day."""

WEEK_STEP = timedelta(days=7)


def _both(match: re.Match[str], today: date) -> _Read:
    return today + timedelta(days=1 if "后" in match["both"] else 0), 2, None


def _ahead(days: int) -> Callable[[re.Match[str], date], _Read]:
    return lambda _match, today: (today + timedelta(days=days), 1, None)


def _monday(of: str | None, today: date) -> date:
    weeks = {"下下": 2, "下": 1, "上": -1}.get((of or "").removesuffix("个"), 0)
    return today + timedelta(weeks=weeks, days=-today.weekday())


def _weekend(match: re.Match[str], today: date) -> _Read:
    return _monday(match["weekend_of"], today) + timedelta(days=5), 2, None


def _weekday(match: re.Match[str], today: date) -> _Read:
    number = 7 if match["n"] in "日天" else chinese_number(match["n"])
    day = _monday(match["weekday_of"], today) + timedelta(days=number - 1)
    if match["weekday_of"]:
        return day, 1, None
    return (day + WEEK_STEP if day < today else day), 1, WEEK_STEP


def _week(match: re.Match[str], today: date) -> _Read:
    return _monday(match["week_of"], today), 7, None


def _iso(match: re.Match[str], _today: date) -> _Read | None:
    day = _date(int(match["y"]), int(match["ym"]), int(match["yd"]))
    return None if day is None else (day, 1, None)


def _month_day(month: int, day: int, today: date) -> _Read | None:
    """Return the next such date that is not over, this year or next."""
    for year in (today.year, today.year + 1):
        found = _date(year, month, day)
        if found is not None and found >= today:
            return found, 1, None
    return None


def _of_month(match: re.Match[str], today: date) -> _Read | None:
    day = chinese_number(match["md"])
    for ahead in range(3):
        months = today.month - 1 + ahead
        found = _date(today.year + months // 12, months % 12 + 1, day)
        if found is not None and found >= today:
            return found, 1, None
    return None


def _hence(match: re.Match[str], today: date) -> _Read:
    days = chinese_number(match["hn"]) * (1 if match["unit"] == "天" else 7)
    return today + timedelta(days=days), 1, None


def _month(match: re.Match[str], today: date) -> _Read | None:
    if match["month_of"]:
        ahead = 1 if match["month_of"].startswith("下") else 0
        first = (today.replace(day=1) + timedelta(days=32 * ahead)).replace(day=1)
    else:
        month = chinese_number(match["mn"])
        found = _date(today.year + (month < today.month), month, 1)
        if found is None:
            return None
        first = found
    return first, monthrange(first.year, first.month)[1], None


def _month_end(_match: re.Match[str], today: date) -> _Read:
    last = monthrange(today.year, today.month)[1]
    first = max(today.day, last - 4)
    return today.replace(day=first), last - first + 1, None


def _named(match: re.Match[str], today: date) -> _Read | None:
    """Read feasts, lunar dates and days of the next month, which jionlp knows."""
    for year in (today.year, today.year + 1):
        base = {"year": year, "month": today.month, "day": today.day, "hour": 0}
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                import jionlp

                time_of: dict[str, Any] = jionlp.parse_time(match["named"], time_base=base)
        except ValueError:
            return None
        first, last = (datetime.fromisoformat(moment).date() for moment in time_of["time"])
        if last >= today:
            return first, (last - first).days + 1, None
    return None


READERS: dict[str, Callable[[re.Match[str], date], _Read | None]] = {
    "both": _both,
    "far": _ahead(3),
    "after": _ahead(2),
    "tomorrow": _ahead(1),
    "today": _ahead(0),
    "yesterday": _ahead(-1),
    "before": _ahead(-2),
    "weekend": _weekend,
    "weekday": _weekday,
    "week": _week,
    "iso": _iso,
    "date": lambda m, today: _month_day(chinese_number(m["m"]), chinese_number(m["d"]), today),
    "slash": lambda m, today: _month_day(int(m["sm"]), int(m["sd"]), today),
    "ofmonth": _of_month,
    "hence": _hence,
    "month": _month,
    "monthend": _month_end,
    "named": _named,
}


# Hours -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Hours:
    """Offsets from midnight ``[start, stop)``, read at ``[begin, end)`` of the text."""

    start: timedelta
    stop: timedelta
    begin: int
    end: int


def _read_hours(plain: str, days: _Days | None) -> _Hours | None:
    # The days' own digits are blanked, so that 「3日10点」 is not read as 「日10」 or 「310」.
    if days is not None:
        blank = "。" * (days.end - days.begin)
        keep = plain[days.end - 1 : days.end] if days.end > days.begin else ""
        plain = plain[: days.begin] + blank[:-1] + keep + plain[days.end :]
    clock = CLOCK.search(plain)
    if clock is not None:
        return _clock(clock)
    part = PART_OF_DAY.search(plain)
    if part is None:
        return None
    low, high = PARTS[part["part"]]
    return _Hours(timedelta(hours=low), timedelta(hours=high), part.start(), part.end())


def _clock(match: re.Match[str]) -> _Hours | None:
    part = match["part"]
    start = _moment(match, "", part)
    stop = start + POINT
    if match["h2"] or match["hc2"]:
        stop = _moment(match, "2", match["part2"] or part)
        if stop <= start:
            stop += timedelta(hours=12)
    mod = match["mod"] or ""
    if mod in ("左右", "前后"):
        start, stop = start - ABOUT, start + ABOUT
    elif mod in ("以前", "之前", "前"):
        low = PARTS[part][0] if part else 0
        start, stop = timedelta(hours=low), start
    elif mod:
        stop = timedelta(hours=24)
    day = timedelta(hours=24)
    if start >= day:
        return None
    return _Hours(max(start, timedelta()), min(max(stop, start), day), match.start(), match.end())


def _moment(match: re.Match[str], which: str, part: str | None) -> timedelta:
    colon = match[f"h{which}"] is not None
    hour = int(match[f"h{which}"]) if colon else chinese_number(match[f"hc{which}"])
    minute = int(match[f"mi{which}"]) if colon else _minutes(match[f"mc{which}"])
    if part is None:
        # Halls are open from nine to half past four: 三点 is in the afternoon.
        afternoon = 1 <= hour <= 6
    elif PARTS[part][0] >= 12:
        afternoon = hour < 12 and not (part == "中午" and hour >= 10)
    else:
        afternoon = False
    return timedelta(hours=hour + (12 if afternoon else 0), minutes=minute)


def _minutes(words: str | None) -> int:
    fixed = {None: 0, "": 0, "整": 0, "钟": 0, "半": 30, "一刻": 15, "三刻": 45}
    if words in fixed:
        return fixed[words]
    return chinese_number(str(words).removesuffix("分").removeprefix("零"))


# Small things ----------------------------------------------------------------------------


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
