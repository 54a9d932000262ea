"""Hours of a day: 三点一刻, 9到11点, 晚上七八点, 15:20, 下午, 下班前."""

import re
from dataclasses import replace
from datetime import timedelta

from language.times.spans import Hours
from language.times.words import AFTER_WORK, DAY, JOINT, PARTS, SHORT_PARTS, WORK, number

POINT = timedelta(hours=1)
"""A bare clock time means the hour that begins then."""

ABOUT = timedelta(minutes=30)
"""左右 means so much before and after."""

_H = r"(?:2[0-4]|1\d|0?\d|二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九])"
_CN_MINUTE = r"(?:零[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_NOT_FIRST = r"(?<![\d第几百千万.:])"
_O_CLOCK = (
    r"(?:点(?!建议|意见|意义|要求|想法|问题|疑问|不明|小|点|儿|单|餐|评|击|名|的?钱|[也都]不)"
    r"|时(?!间|候|段|薪|工|期|常|不))"
)
_PAY_AFTER = r"(?![\d.]*\s?[kKwW万千元块%百])"
_MINUTE = (
    rf"(?:半|[一二两三123]刻钟?|整|钟头?(?!头)|[过零]?(?:[0-5]?\d分?(?![\d点号月个人]))|过?{_CN_MINUTE}分"
    rf"|过[一三]刻|零[一二三四五六七八九]分?|[二三四五]?十[一二三四五六七八九]?分?(?![一二三四五六七八九十点号月个人]))"
)
_ADJACENT = {
    "一两": (1, 2),
    "一二": (1, 2),
    "两三": (2, 3),
    "二三": (2, 3),
    "三四": (3, 4),
    "四五": (4, 5),
    "五六": (5, 6),
    "六七": (6, 7),
    "七八": (7, 8),
    "八九": (8, 9),
    "九十": (9, 10),
    "十十一": (10, 11),
    "十一二": (11, 12),
    "十一十二": (11, 12),
}
"""Two hours in one breath."""

_AN_HOUR = (
    r"(?:(?!一点)|(?<=[天日号午晨上里夜儿个一二三四五六末约在到至是改~-])"
    r"|(?=一点(?:[半多钟整过零差左\d十二三四五]|[一1]刻|[以之]?[前后]|[到至][\d一二两三四五]))"
    r"|(?:(?<![\s\S])|(?<=[,。\s就]))(?=一点(?:$|[吧行可呢吗能,。?!])))"
)
"""Where 一点 is an hour; elsewhere it is a bit of something (轻松一点)."""

CLOCK_WORDS = (
    r"(?P<colon>(?<![\d:.])(?P<ch>[01]?\d|2[0-4])(?::|(?<=[上中下]午\d)\.|(?<=[上中下]午\d\d)\.|(?<=[早晚]上\d)\.)(?P<cm>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
    r"(?:\s?(?P<ampm>[aApP])\.?[mM]\b\.?)?)"
    r"|(?P<english>(?<![\d:.])(?P<eh>1[0-2]|0?\d)(?::(?P<em>[0-5]\d))?\s?(?P<ap>[aApP])\.?[mM](?![a-zA-Z])\.?)"
    rf"|(?P<adjacent>{_NOT_FIRST}(?P<two>{'|'.join(sorted(_ADJACENT, key=len, reverse=True))})"
    rf"{_O_CLOCK}钟?)"
    rf"|(?P<pair>{_NOT_FIRST}(?P<p1>{_H})\s?(?:{JOINT}|(?P<listed>、|,|和|或者?))\s?(?P<p2>{_H}){_O_CLOCK}(?P<pm>{_MINUTE})?{_PAY_AFTER})"
    rf"|(?P<short>差(?P<less>[一1]刻|{_CN_MINUTE}分?|\d{{1,2}}分?)钟?(?:到|就)?(?P<sh>{_H}){_O_CLOCK}钟?)"
    rf"|(?P<clock>{_NOT_FIRST}{_AN_HOUR}(?P<h>{_H})来?{_O_CLOCK}"
    rf"(?:[差缺](?P<lack>[一1]刻|{_CN_MINUTE}分|\d{{1,2}}分)钟?|(?P<minute>{_MINUTE}))?"
    rf"(?:多钟?|来钟|出头|许)?{_PAY_AFTER})"
    r"|(?P<bare>(?<=[天日号一二三四五六午早晚上])(?<!\d[日号])(?P<b1>1\d|[7-9])\s?[-~到至]\s?(?P<b2>2[0-4]|1\d|\d)"
    r"(?=$|[,。\s]|之间|都|可以|行|吧|有))"
)
_LONG = sorted((part for part in PARTS if part not in SHORT_PARTS), key=len, reverse=True)
_SHORT = "|".join(sorted(SHORT_PARTS, key=len, reverse=True))
_AFTER_A_DAY = (
    r"(?:(?<=[今明昨天日号末听琴寻])|(?<![然以之最])(?<=后)|(?<=[今明后昨][儿个])|(?<=儿个)"
    r"|(?<=[周期拜初][一二三四五六七八九十1-7])|(?<=十[一二三四五六七八九]))"
)
PART_WORDS = (
    rf"(?P<part>(?<!最)(?:(?:{'|'.join(_LONG)})(?![班饭餐茶会报])"
    rf"|{_AFTER_A_DAY}(?:{_SHORT})(?![班饭餐茶会报场点些夜稻]|一点)"
    rf"|[早晚](?!一点)(?=(?:的?{_H})(?:点|:))))"
)
EVENT_WORDS = (
    rf"(?P<event>(?P<work>{'|'.join(WORK)})(?P<event_limit>以前|之前|前(?![台面])"
    rf"|(?:以后|之后|后|完)(?![天面]))|(?P<done>(?:下了班|[放收]了工)|(?P<fed>吃[了过完](?:午|中|晌午)饭)))"
)


def part_hours(words: str) -> Hours:
    """Return the hours of a part of the day."""
    low, high = PARTS[words]
    return _hours(low * 60, high * 60)


def event_hours(match: re.Match[str]) -> Hours:
    """Return the hours before, or after, one of the day's events."""
    if match["done"]:
        return replace(_hours(60 * (13 if match["fed"] else 17), DAY * 60), limit=True)
    if "前" in match["event_limit"]:
        return replace(_hours(0, WORK[match["work"]] * 60), limit=True)
    after = AFTER_WORK.get(match["work"], WORK[match["work"]])
    return replace(_hours(after * 60, DAY * 60), limit=True)


def clock_hours(match: re.Match[str], part: str | None) -> Hours:
    """Return what a clock time means within ``part`` of the day; the hour after it is meant."""
    if match["adjacent"]:
        first, second = _ADJACENT[match["two"]]
        start = _minutes(first, 0, part)
        return _hours(start, _after(_minutes(second, 0, part), start) + 60)
    if match["pair"]:
        start = _minutes(number(match["p1"]), 0, part)
        stop = _after(_minutes(number(match["p2"]), _past(match["pm"]), part), start)
        return _hours(start, stop + 60 * bool(match["listed"]))
    if match["bare"]:
        start = _minutes(int(match["b1"]), 0, part)
        return _hours(start, _after(_minutes(int(match["b2"]), 0, part), start))
    start = _single(match, part)
    return Hours(timedelta(minutes=start), timedelta(minutes=start) + POINT, point=True)


def until(hours: Hours, later: Hours) -> Hours:
    """Return the hours from the one to the other, which is meant to be after it."""
    end = later.start if later.point else later.stop
    if end <= hours.start:
        end += timedelta(hours=DAY / 2)
    return Hours(hours.start, end) if end > hours.start else hours


def limited(hours: Hours, part: str | None, limit: re.Match[str]) -> Hours:
    """Return the hours that the hours are a limit of, within their day."""
    if limit["about"]:
        start = max(hours.start - ABOUT, timedelta()) if hours.point else hours.start
        return Hours(start, hours.start + ABOUT if hours.point else hours.stop)
    if limit["before"]:
        return hours_until(hours, part)
    return hours_since(hours, hours.start if hours.point or limit["since"] else hours.stop)


def hours_until(hours: Hours, part: str | None) -> Hours:
    """Return the hours before ``hours`` begin, of ``part`` of the day where it is said."""
    low = timedelta(hours=PARTS[part][0]) if part and hours.point else timedelta()
    low = low if low < hours.start else timedelta()
    return Hours(low, hours.start, limit=True) if low < hours.start else hours


def hours_since(hours: Hours, start: timedelta) -> Hours:
    """Return the rest of the day from ``start``; ``hours`` when none is left."""
    day = timedelta(hours=DAY)
    return Hours(start, day, limit=True) if start < day else hours


def _single(match: re.Match[str], part: str | None) -> int:
    if match["colon"]:
        half = match["ampm"]
        return _minutes(int(match["ch"]), int(match["cm"]), _half_of(half) or part)
    if match["english"]:
        return _minutes(int(match["eh"]), int(match["em"] or 0), _half_of(match["ap"]))
    if match["short"]:
        return _minutes(number(match["sh"]), 0, part) - _quantity(match["less"])
    lack = _quantity(match["lack"]) if match["lack"] else 0
    return _minutes(number(match["h"]), _past(match["minute"]), part) - lack


def _half_of(letter: str | None) -> str | None:
    return None if letter is None else "上午" if letter in "aA" else "下午"


def _minutes(hour: int, minute: int, part: str | None) -> int:
    """Return the minutes from midnight that are meant, where the half of the day is not said."""
    if part is None:
        # Halls are open from nine to half past four: 三点 is in the afternoon.
        hour += 12 if 1 <= hour <= 6 else 0
    elif (PARTS[part][0] >= 18 and (hour <= 4 or hour == 12)) or (part == "半夜" and hour == 12):
        hour = hour % 12 + DAY
    elif PARTS[part][0] >= 12 and not (PARTS[part] == PARTS["中午"] and hour >= 10):
        hour += 12 if hour < 12 else 0
    return hour * 60 + minute


def _past(words: str | None) -> int:
    """Return the minutes past the hour."""
    words = (words or "").removeprefix("过").removesuffix("钟").removesuffix("头")
    return 0 if words in ("", "整") else 30 if words == "半" else _quantity(words)


def _quantity(words: str) -> int:
    """Return minutes, of minutes or quarters of an hour."""
    words = words.removesuffix("分").lstrip("零")
    if words.endswith("刻"):
        return 15 * number(words.removesuffix("刻"))
    return number(words or "0")


def _after(minutes: int, start: int) -> int:
    """Return the minutes as they are after ``start``: 11到1点 ends in the afternoon."""
    return minutes if minutes > start else minutes + 12 * 60


def _hours(start: int, stop: int) -> Hours:
    return Hours(timedelta(minutes=start), timedelta(minutes=max(stop, start + 1)))
