"""The words of time in Chinese sentences, as patterns; ``language.times`` says what they mean."""

import re

from language.numerals import ONES

PARTS = {
    "凌晨": (0, 5),
    "清晨": (5, 8),
    "一早": (6, 10),
    "大早": (6, 10),
    "早上": (6, 10),
    "早晨": (6, 10),
    "早": (6, 10),
    "上午": (7, 12),
    "中午": (12, 14),
    "午后": (13, 15),
    "下午": (13, 18),
    "傍晚": (17, 19),
    "晚上": (18, 24),
    "夜里": (20, 24),
    "晚": (18, 24),
}
"""Hours of the parts of a day, as jionlp has them."""

N = rf"(?:\d{{1,2}}|[{ONES}]?十[一二三四五六七八九]?|[{ONES}])"
PART = "|".join(sorted((part for part in PARTS if len(part) > 1), key=len, reverse=True))
AFTER_DAY = r"(?!线|窗口|窗|楼|门|院|厅|文|令|公告|函|柜|店|馆|公司|工资|岗|机|球|个)"
WEEK = r"(?:周|星期|礼拜)"

DAY = re.compile(
    rf"(?P<both>明后两天|明后天|今明两天|今明天|这两天)"
    r"|(?P<far>大后[天日])|(?P<after>后[天日])"
    r"|(?P<tomorrow>明[天日儿]|明(?=早|晚|上午|下午|中午))"
    r"|(?P<yesterday>昨[天日儿]|昨(?=早|晚))|(?P<before>(?<![提之以目])前[天日]儿?)"
    r"|(?P<today>今[天日儿]|今(?=早|晚)|当天)"
    rf"|(?P<weekend>(?P<weekend_of>下下个?|下个?|这个?|本)?(?:{WEEK}末|双休日?))"
    rf"|(?P<weekday>(?P<weekday_of>下下个?|下个?|上个?|这个?|本)?{WEEK}(?P<n>[一二三四五六日天1-7])(?![\d个年月]))"
    rf"|(?P<week>(?P<week_of>下下个?|下个?|这个?|本){WEEK}(?!岁|年))"
    r"|(?P<iso>(?P<y>20\d\d)[-/.年](?P<ym>\d{1,2})[-/.月](?P<yd>\d{1,2})(?:日|号)?(?!\d))"
    rf"|(?P<date>(?<![\d年第])(?P<m>{N})月(?:份)?(?P<d>{N})(?:[日号])?{AFTER_DAY})"
    rf"|(?P<slash>(?<![\d/.-])(?P<sm>1[0-2]|0?[1-9])/(?P<sd>3[01]|[12]\d|0?[1-9])(?![\d/]))"
    rf"|(?P<ofmonth>(?<![\d第年月一二三四五六七八九十])(?P<md>{N})[号日]{AFTER_DAY})"
    rf"|(?P<hence>(?:过)?(?P<hn>{N})(?P<unit>天|个?星期|周|个?礼拜)(?:以后|之后|过后|后))"
    rf"|(?P<month>(?<![\d年])(?P<mn>{N})月份(?!\d)|(?P<month_of>下个?月|这个月|本月)(?![\d一二三四五六七八九十]|初))"
    r"|(?P<monthend>月底)"
    rf"|(?P<named>(?:明年)?(?:元旦|春节|除夕|清明节?|五一|劳动节|端午节?|中秋节?|国庆节?)(?![以之]?后)"
    rf"|(?:正月|腊月)初?{N}|下个?月初|下个?月{N}[号日])"
)


def _clock_words(which: str) -> str:
    """Return the pattern of one clock time; its groups' names end in ``which``."""
    ones, tens = "[一二三四五六七八九]", "[二三四五]?十[一二三四五六七八九]?"
    return (
        rf"(?:(?P<part{which}>{PART}|早|晚)的?)?"
        rf"(?:(?<![\d:])(?P<h{which}>[01]?\d|2[0-4]):(?P<mi{which}>[0-5]\d)(?![\d:])"
        rf"|(?<![\d第几])(?P<hc{which}>2[0-4]|1\d|\d|二十[一二三四]?|十{ones}?|[一二两三四五六七八九])"
        r"(?:点|时(?!间|候|段|薪|工))(?!建议|意见|要求|想法|问题|小)"
        rf"(?P<mc{which}>半|一刻|三刻|整|钟|[0-5]?\d分?|零{ones}分?|{tens}分?)?)"
    )


CLOCK = re.compile(
    _clock_words("")
    + rf"(?:\s*(?:到|至|-|~|—+|–)\s*{_clock_words('2')})?"
    + r"(?P<mod>左右|前后|以后|之后|过后|后|起|开始|以前|之前|前)?"
)
PART_OF_DAY = re.compile(
    rf"(?P<part>(?:{PART})(?!班)|(?<=[今明后天日号一二三四五六])[早晚](?!班|点|会))"
)
SOON = re.compile(
    r"越[早快]越好|尽快|尽早|最[早快]的?|赶快|赶紧|早点|快点|这几天|最近几天|近几天|近期"
)
BETWEEN_DAYS = re.compile(r"\s*(?:到|至|或者?|或是|和|、|-|~|—+)?\s*")
