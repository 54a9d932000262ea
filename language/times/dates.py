"""Dates and parts of months, as people write them: 12月4号, 12.4, 27到29号, 下月底."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from language.numerals import digits_one_by_one
from language.times.spans import DATE, STRETCH, Days, months_on, one_day, real_date
from language.times.words import (
    JOINT,
    MONTH_OF,
    OR,
    WEEK,
    WEEKDAY_CHARACTERS,
    N,
    number,
    weekday_number,
)

_AND = rf"\s?(?:{JOINT}|{OR})\s?"
_NUMERALS = r"\d一二三四五六七八九十廿卅"

NOT_A_DAY = (
    r"(?!难求|线|窗口|窗|楼|门|院|厅|桌|文|令|公告|通知|函|柜|店|铺|公?馆|人物|公司|公寓|工资|工位|工牌"
    r"|岗|机|球|个|房|床|室|栋|幢|单元|仓|库|车间|车|产线|出口|口|站|台|桥|坑|字|码|技师|师傅"
    r"|选手|项目|基地|园|厂|地块|路|街|井|箱|会议|电池|员工|游|元|游客|病|段|教室|考场|考点|服务台|点(?![前后办来去]))"
)
"""What a number with 号 counts when it is no day."""

YEAR = (
    r"(?:(?P<year>今年|明年|来年|后年|去年|20\d\d年|二[〇零○][〇零○一二三四五六七八九]{2}年"
    r"|(?<![\d.])[23]\d年)的?)"
)
_MONTH = (
    rf"(?:(?<![\d第每几百千.])(?!两)(?P<month>{N}|元)月(?:份(?!额)|(?!份))"
    r"|(?P<month_of>下{1,2}一?个?|上一?个?|这一?个?|本|当)月份?)"
)
_NOT_OF_MONTH = r"(?![\d号个人元块万千百点时次天家份%岁年月名位类种级项条:/]|小时)"
_DAYS_OF_MONTH = (
    rf"(?P<d1>{N})(?:[号日]?(?:{_AND}{N}[号日]?){{0,5}}?{_AND}(?P<d2>{N})(?=[号日]))?"
    rf"(?:[号日]{NOT_A_DAY}|{_NOT_OF_MONTH})"
)
_PART_OF_MONTH = (
    r"(?:月?(?P<part_of_month>上中旬|中下旬|上旬|中旬|下旬|上半月|下半月|上半个月|下半个月"
    rf"|初(?![{_NUMERALS}中级次])|(?<=月)头(?!里)|底|末|尾|中(?![心国考山小级学介央专])))"
)
_NTH = (
    rf"(?:(?:第(?P<nth>{N})个?|(?P<nth_last>最后一?个?))"
    rf"(?:{WEEK}(?P<nth_weekday>[{WEEKDAY_CHARACTERS}])|(?P<nth_unit>周|星期|礼拜|天|日)))"
)
_NOT_A_MONTH = (
    r"(?![\d一二三四五六七八九十两几薪租卡票嫂饼供入收结均亮度息费销]|工资|社保|补贴|账单)"
)
_FOLLOWS_DATE = (
    r"(?=$|[\s,。!?、()]|号|日|[上中下]午|早|晚|凌晨|傍晚|可以|行|有|能|去|来|约|的|到|至|~|周|星期"
    r"|礼拜|我|办|吗|吧|呢|开|这天|那天|当天|[之以]?[前后]|左右|预约|是|或|和|会|没|不|想|过|才[从回到来去])"
)
DATE_WORDS = (
    r"(?P<iso>(?<!\d)(?P<iy>20\d\d)(?P<is>[-/.])(?P<im>\d{1,2})(?P=is)(?P<id>\d{1,2})(?!\d)"
    r"|(?<![\d.])(?P<sy>2[4-9]|3\d)(?P<ss>[-/.])(?P<sm>\d{1,2})(?P=ss)(?P<sd>\d{1,2})(?![\d.])"
    r"|(?<!\d)(?P<ky>20[23]\d)(?P<km>0[1-9]|1[0-2])(?P<kd>0[1-9]|[12]\d|3[01])(?!\d))"
    rf"|(?P<date>{YEAR}?{_MONTH}(?:的?(?:{_DAYS_OF_MONTH}|{_PART_OF_MONTH}|{_NTH})|{_NOT_A_MONTH}))"
    rf"|(?P<quarter>(?:{YEAR.replace('?P<year>', '?P<quarter_year>')}|(?<![前每\d]))"
    r"(?:第?(?P<quarter_n>[一二三四1-4])(?:(?<=第.)个)?|(?P<quarter_of>下一?个?|上一?个?|这一?个?|本|当|(?=季度[初底末])))季度"
    r"(?P<part_of_quarter>初|底|末)?(?!奖|报|财|考核|业绩|绩效|一次|发))"
    r"|(?P<figures>(?<![\d.:/A-Za-z$¥+])(?!(?<=\d-)\d+-)(?P<fm>1[0-2]|0?[1-9])(?:"
    rf"(?<![上中下]午\d)(?<![上中下]午\d\d)(?<![早晚]上\d)[.](?P<dot>3[01]|[12]\d|0?[1-9])(?:[号日]|(?:{_FOLLOWS_DATE}|(?=-\d)))"
    r"|/(?P<slash>3[01]|[12]\d|0?[1-9])(?![\d/A-Za-z%]|的人|[个成以]|\.\d)"
    rf"|-(?P<dash>3[01]|[12]\d|0?[1-9])(?:(?:(?<=0\d-\d\d)|(?<=1[3-9])|(?<=[23]\d))(?=$)|日"
    rf"|(?!$)(?!号){_FOLLOWS_DATE})))"
    rf"|(?P<days>(?<![\dA-Za-z百千第年月〔\[〕\]楼款型])(?![一二两三四五六七八九]日)(?P<e1>{N})"
    rf"(?:[号日]?(?:{_AND}{N}[号日]?){{0,5}}?{_AND}(?P<e2>{N}))?[号日]{NOT_A_DAY})"
    rf"|(?P<month_part>(?<![正冬腊])月(?:初|头(?!里)|底|末|尾|中(?!旬))|[上中下]旬|[上下]半个?月)"
    r"|(?P<year_part>(?:(?P<part_year>今年|明年|后年|去年|[今明])?年(?:年)?|(?<=[今明后去]年))"
    rf"(?P<part_of_year>底|末|初(?![{_NUMERALS}中])))"
)

_ISO = (("iy", "im", "id"), ("sy", "sm", "sd"), ("ky", "km", "kd"))
_YEARS = {"今年": 0, "今": 0, "明年": 1, "明": 1, "来年": 1, "后年": 2, "去年": -1}


def read_iso(match: re.Match[str], _today: date) -> Days | None:
    """Read a date with its year in figures."""
    year, month, day = (int(part) for part in _ymd(match))
    found = real_date(year + 2000 * (year < 100), month, day)
    return None if found is None else one_day(found, DATE)


def _ymd(match: re.Match[str]) -> tuple[str, ...]:
    return next(match.group(*names) for names in _ISO if match[names[0]])


def read_figures(match: re.Match[str], today: date) -> Days | None:
    """Read month and day in figures."""
    day = int(match["dot"] or match["slash"] or match["dash"])
    return _first_to_come(int(match["fm"]), day, today)


def read_days(match: re.Match[str], today: date) -> Days | None:
    """Read days of the month that is meant without being named."""
    for year, month in _months_from(today, 4):
        found = _between(year, month, number(match["e1"]), match["e2"])
        if found is not None and found.last > today:
            return found
    return None


def read_date(match: re.Match[str], today: date) -> Days | None:
    """Read what is said of a named month: days, a part, or the whole."""
    for year, month in _named_months(match, today):
        found = _in_month(match, year, month)
        if found is not None and (found.last > today or match["year"] or match["month_of"]):
            return found
    return None


def read_quarter(match: re.Match[str], today: date) -> Days:
    """Read a quarter of a year, or the days it begins or ends with."""
    words = match["quarter_year"]
    year, at = (year_said(words, today) if words else today.year), (today.month - 1) // 3
    if match["quarter_n"]:
        wanted = number(match["quarter_n"]) - 1
        year, at = year + (words is None and wanted < at), wanted
    else:
        at += MONTH_OF.get(re.sub("一?个?$", "", match["quarter_of"]), 0)
    first = months_on(date(year, 1, 1), 3 * at)
    if match["part_of_quarter"] is None:
        return Days(first, months_on(first, 3))
    month = first if match["part_of_quarter"] == "初" else months_on(first, 2)
    return _part(match["part_of_quarter"], month.year, month.month)


def read_month_part(match: re.Match[str], today: date) -> Days | None:
    """Read a part of the month that is meant without being named."""
    for year, month in _months_from(today, 2):
        found = _part(match["month_part"].removeprefix("月"), year, month)
        if found.last > today:
            return found
    return None


def read_year_part(match: re.Match[str], today: date) -> Days:
    """Read the end of a year (November and December) or its beginning (two months)."""
    year = today.year + _YEARS.get(match["part_year"] or "今年", 0)
    if match["part_of_year"] == "初":
        if match["part_year"] is None and today.month > 2:
            year += 1
        return Days(date(year, 1, 1), date(year, 3, 1))
    return Days(date(year, 11, 1), date(year + 1, 1, 1), closing=True)


def year_said(words: str, today: date) -> int:
    """Return the year that ``YEAR`` names."""
    if words in _YEARS:
        return today.year + _YEARS[words]
    digits = words.removesuffix("年")
    return digits_one_by_one(digits) if len(digits) == 4 else 2000 + int(digits)


def _named_months(match: re.Match[str], today: date) -> Iterator[tuple[int, int]]:
    if match["month_of"]:
        words = re.sub("一?个?$", "", match["month_of"])
        months = today.year * 12 + today.month - 1 + MONTH_OF.get(words, 0)
        yield months // 12, months % 12 + 1
        return
    month = 1 if match["month"] == "元" else number(match["month"])
    if not 1 <= month <= 12:
        return
    if match["year"]:
        yield year_said(match["year"], today), month
    else:
        yield today.year, month
        yield today.year + 1, month


def _months_from(today: date, many: int) -> Iterator[tuple[int, int]]:
    for ahead in range(many):
        months = today.month - 1 + ahead
        yield today.year + months // 12, months % 12 + 1


def _in_month(match: re.Match[str], year: int, month: int) -> Days | None:
    if match["d1"]:
        return _between(year, month, number(match["d1"]), match["d2"])
    if match["part_of_month"]:
        return _part(match["part_of_month"], year, month)
    if match["nth"] or match["nth_last"]:
        return _nth(match, year, month)
    return _part("", year, month)


def _between(year: int, month: int, day: int, until: str | None) -> Days | None:
    first = real_date(year, month, day)
    if first is None:
        return None
    last = real_date(year, month, number(until)) if until else first
    if last is None:
        return None
    if last < first:
        months = year * 12 + month
        last = real_date(months // 12, months % 12 + 1, last.day) or first
    return Days(first, last + timedelta(days=1), DATE)


_PARTS_OF_MONTH = {
    "": (1, 31),
    "初": (1, 5),
    "头": (1, 5),
    "中": (11, 20),
    "上中旬": (1, 20),
    "中下旬": (11, 31),
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上半月": (1, 15),
    "下半月": (16, 31),
}
"""First and last day; 月底 is the last five days."""


def _part(words: str, year: int, month: int) -> Days:
    length = monthrange(year, month)[1]
    closing = words in ("底", "末", "尾")
    first, last = (
        (length - 4, length) if closing else _PARTS_OF_MONTH[words.replace("半个月", "半月")]
    )
    end = date(year, month, min(last, length)) + timedelta(days=1)
    return Days(date(year, month, first), end, STRETCH, closing=closing)


def _nth(match: re.Match[str], year: int, month: int) -> Days | None:
    """Read the so manieth week, weekday or day of a month; its weeks begin on Mondays."""
    length = monthrange(year, month)[1]
    days = [date(year, month, day) for day in range(1, length + 1)]
    if match["nth_weekday"]:
        wanted = weekday_number(match["nth_weekday"]) - 1
        days = [day for day in days if day.weekday() == wanted]
    elif match["nth_unit"] in ("周", "星期", "礼拜"):
        days = days[:1] + [day for day in days[1:] if day.weekday() == 0]
    at = -1 if match["nth_last"] else number(match["nth"]) - 1
    if at >= len(days):
        return None
    first = days[at]
    if match["nth_unit"] in ("周", "星期", "礼拜"):
        return Days(first, first + timedelta(days=7 - first.weekday()))
    return one_day(first, DATE)


def _first_to_come(month: int, day: int, today: date) -> Days | None:
    """Return the next such date that is not over, this year or next."""
    for year in (today.year, today.year + 1):
        found = real_date(year, month, day)
        if found is not None and found >= today:
            return one_day(found, DATE)
    return None
