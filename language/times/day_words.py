"""Days that are named from today: 明天, 下周五, 三天后, 春节."""

import re
from datetime import date, timedelta

from language.times import dates
from language.times.feasts import FEAST, feast_day
from language.times.spans import (
    DATE,
    RELATIVE,
    STRETCH,
    WEEK_STEP,
    WEEKDAY,
    Days,
    months_on,
    one_day,
)
from language.times.words import (
    JOINT,
    WEEK,
    WEEK_OF,
    WEEKDAY_CHARACTERS,
    N,
    number,
    weekday_number,
)
from language.times.working_days import days_off_around, next_working_day

_RELATIVE = {
    "大大后": 4,
    "大后": 3,
    "外后": 3,
    "后": 2,
    "明": 1,
    "听": 1,
    "今": 0,
    "当": 0,
    "昨": -1,
    "琴": -1,
    "寻": -1,
    "前": -2,
    "大前": -3,
}
_BEFORE_PART = (
    r"(?=[早晚晨午夜]|[上下中]午|傍晚|凌晨|后晌|前晌|头晌|下晌|晌午|朝早|晏昼|[上下中][昼晡]|[上下]半[天日]"
    r"|黑(?:了|头|间|家|(?=[七八九]点)))"
)
_NOT_A_COUNT = r"(?![一二三四五六七八九十]{0,2}(?:[点时楼号个月次人窗家岁]|天(?!都)|小时))"
_UNIT = r"天|日|星期|礼拜|周|工作日|年|(?<=[个两])月|(?<=个)半月"
_NOT_DONE = r"(?<![做干当学用考办待住说见吃打交拿领缴开教带管])"
"""What stands before 过三年 when it is a time that went by: 做过三年."""

DAY_WORDS = (
    r"(?P<both>今明后三?天|[今明]、?[明后]两?[天日](?!天)|明后(?=[上下]午)|今明(?=[上下]午)|这两[天日])"
    r"|(?P<relative>(?P<rel>大{1,2}后|外后|(?<![以之然最今先落])后|(?<![说证声表文透聪])明|今|昨|大前"
    r"|(?<![提之以目从空头])前)"
    r"(?:[天日](?![天地])|个儿|儿个?|朝(?![代廷])|个(?=$|[上下中早晚去来行能有,。!?吧])|(?<=[今明])仔[日载]?)"
    rf"|(?P<cut>(?<![说证声表文透聪])明|今|昨){_BEFORE_PART}"
    r"|(?P<evening>(?<![以之然最过今点])后)(?=晚(?![晌点了来悔]))"
    r"|(?P<cantonese>听)(?=日|朝|晚|早)日?|(?P<past>[琴寻])(?:日|(?=晚))|(?P<same>当)[天日])"
    r"|(?P<next>第二天|次日|翌日|隔天|后一天|前一天|头一天)"
    rf"|(?P<weekend>(?:(?P<weekend_of>{WEEK_OF})(?:{WEEK}的?)?)?(?:(?:周|星期|礼拜)末|双休日))"
    rf"|(?P<weekday>(?:最近的?一?个?)?(?:(?P<weekday_of>{WEEK_OF})(?:{WEEK}(?:的|里的?)?(?:这个|那个)?)?的?)?"
    rf"{WEEK}的?(?P<wd>[{WEEKDAY_CHARACTERS}]|[1-7](?![\d个年月天号日岁点时次人:]))(?!个(?!人))"
    rf"(?:(?P<wd_to>{JOINT}{WEEK}?(?P<wd_last>[二三四五六日天]|(?<=[-~])[2-7](?!\d))){_NOT_A_COUNT}"
    rf"|(?P<wd_more>(?:[、,和]?[二三四五六日]{_NOT_A_COUNT})+))?)"
    rf"|(?P<week>(?P<week_of>{WEEK_OF})(?:周|星期|礼拜)(?![岁年]))"
    rf"|(?P<hence>(?:(?:再过|{_NOT_DONE}过|再等|等)(?P<after_n>{N}|半)个?(?P<after_unit>{_UNIT})(?!班)"
    rf"(?:以后|之后|过后|后)?"
    rf"|(?<![\d第])(?P<hence_n>{N}|半)个?(?P<hence_unit>{_UNIT})(?:以后|之后|过后|后)(?!天))"
    rf"(?:的?{WEEK}(?P<hence_wd>[{WEEKDAY_CHARACTERS}]))?)"
    r"|(?P<working>(?P<working_of>下一?个?|最近的?一?个?|第一个|明天?之?后的?第一个)工作日)"
    rf"|(?P<feast_day>(?:{dates.YEAR.replace('?P<year>', '?P<feast_year>')})?{FEAST})"
)


def read_both(match: re.Match[str], today: date) -> Days:
    """Read two or three days in a row."""
    words = match["both"]
    first = today + timedelta(days=1 if words.startswith("明") else 0)
    return Days(first, first + timedelta(days=3 if "今明后" in words else 2))


def read_relative(match: re.Match[str], today: date) -> Days:
    """Read a day counted from today."""
    word = match["rel"] or match["cut"] or match["evening"] or match["cantonese"]
    word = word or match["past"] or match["same"]
    return one_day(today + timedelta(days=_RELATIVE[word]), RELATIVE)


def read_next(match: re.Match[str], today: date) -> Days:
    """Read the day after, or before, the day that stands before these words (``today``)."""
    ahead = -1 if match["next"] in ("前一天", "头一天") else 1
    return one_day(today + timedelta(days=ahead), RELATIVE)


def read_weekend(match: re.Match[str], today: date) -> Days:
    """Read a Saturday and Sunday."""
    first = _monday(match["weekend_of"], today) + timedelta(days=5)
    return Days(first, first + timedelta(days=2))


def read_weekday(match: re.Match[str], today: date) -> Days:
    """Read a day of the week, or several of one week."""
    first = weekday_number(match["wd"])
    others = [weekday_number(one) for one in re.sub("[、,和]", "", match["wd_more"] or "")]
    last = weekday_number(match["wd_last"]) if match["wd_last"] else max([first, *others])
    day = _monday(match["weekday_of"], today) + timedelta(days=first - 1)
    free = match["weekday_of"] is None
    if free and day < today:
        day += WEEK_STEP
    length = (last - first) % 7 + 1
    step = WEEK_STEP if free else None
    return Days(day, day + timedelta(days=length), WEEKDAY if length == 1 else STRETCH, step)


def read_week(match: re.Match[str], today: date) -> Days:
    """Read a whole week."""
    first = _monday(match["week_of"], today)
    return Days(first, first + WEEK_STEP)


def read_hence(match: re.Match[str], today: date) -> Days | None:
    """Read a day so many days, weeks, months or working days from now."""
    words, unit = match["after_n"] or match["hence_n"], match["after_unit"] or match["hence_unit"]
    many = number(words) if words != "半" else 0
    if words == "半" and unit not in ("月", "年"):
        return None
    if unit == "工作日":
        day = today
        for _ in range(many):
            day = next_working_day(day)
    elif unit == "半月":
        day = months_on(today, many) + timedelta(days=15)
    elif unit == "月":
        day = months_on(today, many) if many else today + timedelta(days=15)
    elif unit == "年":
        day = months_on(today, 12 * many or 6)
    else:
        day = today + timedelta(days=many if unit in ("天", "日") else 7 * many)
    if match["hence_wd"]:
        day += timedelta(days=weekday_number(match["hence_wd"]) - 1 - day.weekday())
    return one_day(day, RELATIVE)


def read_working(match: re.Match[str], today: date) -> Days:
    """Read the next working day."""
    del match
    return one_day(next_working_day(today), DATE)


def read_feast(match: re.Match[str], today: date) -> Days | None:
    """Read a feast, or all days off around it."""
    year = dates.year_said(match["feast_year"], today) if match["feast_year"] else None
    day = feast_day(match, today, year)
    if day is None:
        return None
    if match["whole"]:
        return Days(*days_off_around(day), STRETCH, feast=True)
    return Days(day, day + timedelta(days=1), DATE, feast=True)


def _monday(of: str | None, today: date) -> date:
    words = of or ""
    weeks = words.count("下") + words.count("再") * ("下" in words) - words.count("上")
    return today + timedelta(weeks=weeks, days=-today.weekday())
