"""How days, clocks and pay are said to people: one function for each wording.

Moments are aware and said in Asia/Shanghai; ``now`` is the caller's clock.
"""

import re
from datetime import date, datetime

from store.clock import to_shanghai

WEEKDAYS = "一二三四五六日"
"""By ``date.weekday()``."""

PAY_FROM_TO = "{low}–{high} 元/月"
PAY_FROM = "{low} 元/月起"
PAY_TO = "最高 {high} 元/月"
PAY_UNKNOWN = "工资面议"
PAY_STATED = "{stated}（{pay}）"
PLAIN_PAY = re.compile(r"\d.*元")
PAY_AT_LEAST = "{low} 元以上"

_NEAR_DAYS = ("今天", "明天", "后天")


# Moments ---------------------------------------------------------------------------------


def day_and_time(moment: datetime, now: datetime) -> str:
    """Say when, as people do: 今天 15:20, 明天11月22日周日 09:00, 11月24日周二 09:00."""
    return f"{day(moment, now)} {clock(moment)}"


def clock(moment: datetime) -> str:
    """Say what time it is: 15:20."""
    return f"{to_shanghai(moment):%H:%M}"


def day(moment: datetime, now: datetime) -> str:
    """Say which day, seen from ``now``: with its weekday, unless it is today."""
    local = to_shanghai(moment).date()
    ahead = (local - to_shanghai(now).date()).days
    if ahead == 0:
        return _NEAR_DAYS[0]
    near = _NEAR_DAYS[ahead] if 0 < ahead < len(_NEAR_DAYS) else ""
    return near + date_with_weekday(local)


def on_record(moment: datetime, now: datetime) -> str:
    """Say when, as lists and records have it: 今天 15:20, 3月1日 23:30, 2025年12月31日 23:59.

    What is long past has no weekday that anybody would look for, but it has a year.
    """
    local, today = to_shanghai(moment).date(), to_shanghai(now).date()
    if local == today:
        said = _NEAR_DAYS[0]
    else:
        said = month_and_day(local) if local.year == today.year else full_date(local)
    return f"{said} {clock(moment)}"


# Dates -----------------------------------------------------------------------------------


def date_with_weekday(on: date) -> str:
    """Say a day that is not far off: 3月15日周日."""
    return f"{month_and_day(on)}周{WEEKDAYS[on.weekday()]}"


def month_and_day(on: date) -> str:
    """Say a day of this year: 3月15日."""
    return f"{on.month}月{on.day}日"


def full_date(on: date) -> str:
    """Write a day as official documents do: 2020年2月6日."""
    return f"{month(on)}{on.day}日"


def full_date_with_weekday(on: date) -> str:
    """Write a day as the head of a list that hangs on a wall: 2020年2月6日 星期四."""
    return f"{full_date(on)} 星期{WEEKDAYS[on.weekday()]}"


def month(on: date) -> str:
    """Name the month: 2020年2月."""
    return f"{on.year}年{on.month}月"


def short_date(on: date) -> str:
    """Write a day where there is little room: 周日 3/15."""
    return f"周{WEEKDAYS[on.weekday()]} {on.month}/{on.day}"


# Pay -------------------------------------------------------------------------------------


def pay(low: int | None, high: int | None) -> str:
    """Say a pay range in whole yuan per month; a missing one is said to be missing."""
    if low and high:
        return PAY_FROM_TO.format(low=low, high=high)
    if low:
        return PAY_FROM.format(low=low)
    return PAY_TO.format(high=high) if high else PAY_UNKNOWN


def stated_pay(stated: str, low: int | None, high: int | None) -> str:
    """Say pay as it was stated, with its figures where they are not plain: 「8-12k」."""
    figures = pay(low, high)
    if not stated or figures == PAY_UNKNOWN or PLAIN_PAY.search(stated):
        return stated or figures
    return PAY_STATED.format(stated=stated, pay=figures)


def pay_at_least(low: int) -> str:
    """Say what somebody wishes to earn."""
    return PAY_AT_LEAST.format(low=low)
