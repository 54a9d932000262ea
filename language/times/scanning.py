"""Cutting a sentence into the words of time, and those that only look like it."""

import re
from dataclasses import dataclass

from language.text import half_width, simplified_in_place
from language.times.dates import DATE_WORDS
from language.times.day_words import DAY_WORDS
from language.times.hours import CLOCK_WORDS, EVENT_WORDS, PART_WORDS
from language.times.words import WEEK, WEEKDAY_CHARACTERS, N

_NOISE = (
    r"(?P<noise>"
    # Greetings.
    r"(?:早上|上午|中午|下午|晚上|早晨|晚|早|午)(?:好|安|愉快)(?![像几多些办吗约不一人在的])"
    r"|(?<![\s\S])早晨(?=[,!。])"
    # 一下 and other small quantities.
    r"|一下[子儿]?(?!午|半|[昼晌])|一会儿?|一时(?=[半间想没找])|[有差]点"
    # Meals that were eaten.
    r"|(?:早上|中午|晚上)(?:才|刚|就)?吃[的过]"
    # Shifts and working patterns of a posting.
    r"|(?:早|中|晚|夜|白|大夜|小夜)[班餐饭茶]|朝.晚.|早[\d七八九十]+晚[\d四五六七八九十]+"
    rf"|[做上]{N}休{N}|(?:周末)?双休(?!日)"
    r"|每个?(?:周|星期|礼拜)[一二三四五六七\d](?:天|次|休|个|小时)"
    rf"|每(?:[天日晚早]|个?{WEEK}(?:[{WEEKDAY_CHARACTERS}]|末))上?的?(?:[上下中]午|早上|晚上)?"
    rf"(?:{N}点半?(?:[到至-]{N}点半?)?)?"
    r"|一个?(?:周|星期|礼拜)(?=[一二三四五六七\d](?:天|次|休|班|个))"
    r"|了一整?个?(?:上午|下午|早上|晚上|上半天|下半天|晚|夜)"
    # Addresses, document numbers, numbers to queue with.
    rf"|(?:[路街巷弄坊苑村栋幢座组排]|大道|胡同|小区|单元)\s?{N}号|[〔\[(]20\d\d[〕\])]第?\d+号|尾号\s?\d+号?"
    r"|(?:手[里上]|票上?|号码|[编工排取叫]号|排队号|拿|取|排|抽|叫|轮|前面)[的号是写着有到了在还为]{0,4}\s?\d+号"
    r"(?!的?(?:[上下中]午|早|晚|预约|\d))"
    r"|\d+号(?=[到叫过](?:了|没))"
    r"|我的?号?是\s?\d+号(?![约预来去的上下早晚过])"
    # What today is.
    rf"|今(?:天|日|儿个?)(?:已经)?是(?:{WEEK}[{WEEKDAY_CHARACTERS}]|(?:{N}月)?{N}[号日])(?=[,。;])"
    # What is over.
    rf"|(?:{N}|半)个?半?(?:天|周|星期|礼拜|(?<=个)月|年|小时|分钟|钟头)(?:以前|之前|前)"
    r"|几[点号月])"
)
_MANY = rf"(?:\d{{1,3}}(?:\.5)?|{N}|半)"
_CLOCK_UNIT = "(?:分钟|小时|钟头|钟|刻钟)"
_MOMENT = (
    rf"(?P<moment>(?:再?过|再等)(?P<w_n>{_MANY})个?(?P<w_half>半)?(?P<w_unit>{_CLOCK_UNIT})"
    r"(?P<w_more>半)?(?:以后|之后|过后|后)?"
    rf"|(?<![\d点第])(?P<m_n>{_MANY})个?(?P<m_half>半)?(?P<m_unit>{_CLOCK_UNIT})"
    r"(?P<m_more>半)?(?:以后|之后|过后|后))"
)
_WITHIN = (
    rf"(?P<within>(?:(?:未来|接下来|今后|往后|最近|近)(?:的)?(?P<f_n>{N}|半)(?P<f_u>天|日|个?星期|周|个?礼拜|个月)"
    rf"(?:以内|之内|内)?"
    rf"|(?<![\d第年])(?P<i_n>{N}|半)(?P<i_u>天|日|个?星期|周|个?礼拜|个月|个?小时|个钟头?)(?:以内|之内|内)))"
)
_WORDS = re.compile(
    "|".join(
        (_WITHIN, _MOMENT, _NOISE, EVENT_WORDS, DAY_WORDS, DATE_WORDS, CLOCK_WORDS, PART_WORDS)
    )
)

_NAMED_DAYS = ("both", "relative", "next", "weekend", "weekday", "week", "hence", "working")
_DATES = ("feast_day", "iso", "figures", "days", "date", "quarter", "month_part", "year_part")
DAY_KINDS = frozenset((*_NAMED_DAYS, *_DATES))
CLOCK_KINDS = frozenset(("colon", "english", "adjacent", "pair", "short", "clock", "bare"))
_RELATIVE = ("cut", "evening", "cantonese", "past", "same")
_KINDS = ("within", "moment", "noise", "event", "part", *sorted(DAY_KINDS | CLOCK_KINDS))


@dataclass(frozen=True)
class Word:
    """A word of time; ``kind`` is the name of the pattern it was found by."""

    kind: str
    match: re.Match[str]

    @property
    def begin(self) -> int:
        """Where it begins in the sentence."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where it ends in the sentence."""
        return self.match.end()


def words_of_time(sentence: str) -> list[Word]:
    """Return the words of time in the order they stand in."""
    words = (Word(_kind(match), match) for match in _WORDS.finditer(sentence))
    return [word for word in words if word.kind != "noise"]


def _kind(match: re.Match[str]) -> str:
    if any(match[name] is not None for name in _RELATIVE):
        return "relative"
    return next(kind for kind in _KINDS if match[kind] is not None)


_SPOKEN = str.maketrans("俩仨", "两三")
_SPELLED = re.compile(r"(?<![\d./:周期拜-])(\d)\s+(?=\d(?![\d:/.-]))")
_SPACE = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")


def squeezed(text: str) -> tuple[str, list[int]]:
    """Return the text as times are read in it, and where each of its characters stood.

    Half-width and simplified, without spaces but between two figures or letters, where they
    part them; figures that are spelled (1 0 点) are joined.
    """
    plain = simplified_in_place(half_width(text)).translate(_SPOKEN)
    dropped = set[int]()
    for pattern, at in ((_SPACE, 0), (_SPELLED, 1)):
        for match in pattern.finditer(plain):
            dropped.update(range(match.end(at) if at else match.start(), match.end()))
    kept = [place for place in range(len(plain)) if place not in dropped]
    return "".join(plain[place] for place in kept), kept
