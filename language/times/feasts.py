"""Feasts of both calendars, and the days off that are fixed by law."""

import contextlib
import io
import re
from datetime import date, datetime, timedelta
from functools import cache

from chinese_calendar import get_solar_terms
from chinese_calendar.solar_terms import SolarTerms

from language.times.words import N, number

SOLAR = {
    "元旦": (1, 1),
    "情人节": (2, 14),
    "妇女节": (3, 8),
    "三八节": (3, 8),
    "植树节": (3, 12),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "青年节": (5, 4),
    "五四": (5, 4),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "七一": (7, 1),
    "建党节": (7, 1),
    "八一": (8, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
    "双十一": (11, 11),
    "双11": (11, 11),
    "双十二": (12, 12),
    "双12": (12, 12),
    "平安夜": (12, 24),
    "圣诞": (12, 25),
}
"""Month and day."""

LUNAR = {
    "春节": (1, 1),
    "大年初一": (1, 1),
    "新年": (1, 1),
    "过年": (1, 1),
    "年": (1, 1),
    "元宵": (1, 15),
    "龙抬头": (2, 2),
    "端午": (5, 5),
    "七夕": (7, 7),
    "中元节": (7, 15),
    "中秋": (8, 15),
    "重阳": (9, 9),
    "腊八": (12, 8),
    "小年": (12, 23),
}
"""Month and day of the lunar year."""

EVES = ("除夕", "大年三十", "年三十", "年卅", "大年夜")
"""The day before the lunar new year."""

TERMS = tuple(str(term.value[1]) for term in SolarTerms)
"""The names of the 24 solar terms, 清明 and 冬至 among them."""

_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_AMBIGUOUS = "五四|六一|七一|八一|十一|雨水|小雪|大雪|小满|白露|立春|谷雨|小寒|大寒"
"""Feasts that are mere numbers, weather or names but for what follows."""

_NOT_A_FEAST = (
    r"(?![轻岁路街村店厂巷桥里]|广场|大道|社区|小区|公司|新村|中学|小学"
    r"|[东西南北中]路|[一二三四五六七八九](?!天))"
)
_FEASTLIKE = r"(?=节|黄金周|[长小]?假|放假|期间|[之以]?[前后](?![天面])|过后|当天|那[天几周]|国庆)"
_NAMES = "|".join(
    re.escape(name)
    for name in sorted([*SOLAR, *LUNAR, *EVES, *TERMS], key=len, reverse=True)
    if name not in [*_AMBIGUOUS.split("|"), "年", "节"]
)
FEAST = (
    rf"(?:(?P<feast>(?<![今去明前后每几一两])(?:{_NAMES}){_NOT_A_FEAST}|(?<![\d一二三四五六七八九十两半几多每当去今明后前年])年(?=[前后](?!天))|(?<=过[完了])(?<![刚才]过[完了])[年节](?![前后年月底初中级龄轻日目点了])|(?<![季环细关情礼章调])节(?=[前后])|(?<![\d一二三四五六七八九十双])(?:{_AMBIGUOUS}){_FEASTLIKE})节?"
    r"|(?:[农阴旧古]历)?(?:"
    rf"(?P<lm>[正冬腊](?=月)|(?<=[农阴旧古]历){N}(?=月)|{N}(?=月初[一二三四五六七八九十](?!点)))"
    rf"月初?(?P<ld>{N})(?:[日号])?"
    rf"|(?<![最当起月])(?:大年|年)?初(?P<new_year>[一二三四五六七八九]|十(?!点))(?![中高级数物语英化学毕班]))"
    r")"
    r"(?P<whole>(?:黄金周|[长小]?假期?|放假|期间|[三四五六七八九]天(?:假期?)?)(?:期间)?)?"
)
"""A feast, or a day of the lunar calendar; ``whole`` asks for all days off around it."""

STATUTORY_SOLAR = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
STATUTORY_LUNAR = ((1, 1), (1, 2), (1, 3), (5, 5), (8, 15))
"""全国年节及纪念日放假办法 (2024), article 2; with them 除夕 and 清明."""


@cache
def statutory_days(year: int) -> frozenset[date]:
    """Return the days of ``year`` that are off by law, whatever the yearly notice adds."""
    lunar = [lunar_day(year, month, day) for month, day in STATUTORY_LUNAR]
    eve = lunar_day(year, 1, 1)
    found = [date(year, month, day) for month, day in STATUTORY_SOLAR]
    found += [day for day in lunar if day is not None] + [_solar_terms(year)["清明"]]
    if eve is not None:
        found.append(eve - timedelta(days=1))
    return frozenset(found)


def feast_day(match: re.Match[str], today: date, year: int | None = None) -> date | None:
    """Return the next day a match of ``FEAST`` names that is not over.

    With ``year`` it is that one's, where 除夕 belongs to the year it ends in.
    """
    if match["feast"] == "节":
        coming = [*_statutory_feasts(today.year), *_statutory_feasts(today.year + 1)]
        return min(day for day in coming if day >= today)
    years = [year] if year is not None else [today.year + ahead for ahead in (-1, 0, 1, 2)]
    for candidate in years:
        day = _day_in(match, candidate)
        if day is not None and (day >= today or year is not None):
            return day
    return None


def _statutory_feasts(year: int) -> list[date]:
    """Return the first days of the feasts that have days off by law."""
    off = statutory_days(year)
    return [day for day in off if day - timedelta(days=1) not in off]


def _day_in(match: re.Match[str], year: int) -> date | None:
    name = match["feast"]
    if name in SOLAR:
        return date(year, *SOLAR[name])
    if name in TERMS:
        return _solar_terms(year)[name]
    if name in EVES:
        new_year = lunar_day(year, 1, 1)
        return None if new_year is None else new_year - timedelta(days=1)
    if name is not None:
        return lunar_day(year, *LUNAR[name])
    if match["new_year"]:
        return lunar_day(year, 1, number(match["new_year"]))
    month = _LUNAR_MONTHS.get(match["lm"]) or number(match["lm"])
    return lunar_day(year, month, number(match["ld"]))


@cache
def lunar_day(year: int, month: int, day: int) -> date | None:
    """Return a day of the lunar year that begins in ``year``; None when there is none."""
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp
    try:
        moment: datetime = jionlp.lunar2solar(year, month, day, False)
    except (ValueError, IndexError):
        return None
    return moment.date()


@cache
def _solar_terms(year: int) -> dict[str, date]:
    """Return the days on which the solar terms of ``year`` begin; from 1900 to 2100."""
    return {name: day for day, name in get_solar_terms(date(year, 1, 1), date(year, 12, 31))}
