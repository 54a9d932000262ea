"""Joining the words of time to what they name together: days, and hours of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from language.times import dates, day_words
from language.times.hours import (
    clock_hours,
    event_hours,
    hours_since,
    hours_until,
    limited,
    part_hours,
    until,
)
from language.times.refusals import refuses_next
from language.times.scanning import CLOCK_KINDS, DAY_KINDS, Word
from language.times.spans import DATE, DAY_STEP, RELATIVE, STRETCH, WEEKDAY, Days, Hours, one_day
from language.times.words import (
    JOINT,
    LIMIT,
    OR,
    OVER,
    SINCE,
    UNTIL,
    WEEK,
    WEEKDAY_CHARACTERS,
    N,
    number,
    weekday_number,
)
from language.times.working_days import days_off_around, next_working_day

OPEN_DAYS = 7
"""以后 of a day means so many days after it."""

_READERS: dict[str, Callable[[re.Match[str], date], Days | None]] = {
    "both": day_words.read_both,
    "relative": day_words.read_relative,
    "next": day_words.read_next,
    "weekend": day_words.read_weekend,
    "weekday": day_words.read_weekday,
    "week": day_words.read_week,
    "hence": day_words.read_hence,
    "working": day_words.read_working,
    "feast_day": day_words.read_feast,
    "iso": dates.read_iso,
    "figures": dates.read_figures,
    "days": dates.read_days,
    "date": dates.read_date,
    "quarter": dates.read_quarter,
    "month_part": dates.read_month_part,
    "year_part": dates.read_year_part,
}
_HEDGE = r"(?:大概|大约|差不多|约|就|最好|在|是|我想|我要|要|想|都)?"
_OF_DAY = re.compile(rf"\)?\s?T?(?:的|[这那当][天日]的?|里|内|吧|,|、)*\s?{_HEDGE}\s?")
_OF_PART = re.compile(rf"\s?(?:的|,|、|\()?{_HEDGE}\s?")
_BESIDE = re.compile(r"\)?\s?[(,]?\s?(?:就?是|也就是|即)?\s?")
_WITHIN = re.compile(r"\)?\s?(?:的|里的?|内|吧|的话)?[,(]?\s?(?:就|约|要)?\s?")
JOINED = re.compile(rf"\s?(?:开始|起)?\s?{JOINT}\s?")
LISTED = re.compile(rf"\)?\s?(?:{OR})?\s?")
_AND = re.compile(rf"{JOINED.pattern}|{LISTED.pattern}")
_THAT_IS = re.compile(r"\)?的?[,(]?\s?(?:也?就是说?|也即|即是?)")
_COMMA = re.compile(",")
_BUT = re.compile(r"[,、]?(?:到|但|且|而且|并且|但是)?(?:在|最[早晚迟])?")
_NTH_AFTER = re.compile(
    rf"(?:以后|之后|过后|后)的?(?P<worked>上班的?)?第(?P<n>{N})(?P<unit>天(?!上班)|个?工作日|个?上班日|天上班"
    rf"|个?{WEEK}(?P<weekday>[{WEEKDAY_CHARACTERS}]))"
)

_SO_MANY = re.compile(rf"的?(?P<n>{N})(?P<unit>天|个?(?:周|星期|礼拜))(?:以内|之内|内)?")
"""How long what stands before or after a day lasts: 春节前三天, 明天起一周."""


@dataclass(frozen=True)
class Mention:
    """Days or hours or both, said together at ``[begin, end)`` of the sentence.

    With ``until`` it is the stretch from the one to the other (今晚到明早).
    """

    days: Days | None
    hours: Hours | None
    begin: int
    end: int
    until: "Mention | None" = None


class Phrases:
    """The words of a sentence, read from left to right."""

    def __init__(self, sentence: str, words: list[Word], today: date) -> None:
        """Hold the words of a sentence that was said on ``today``."""
        self._sentence = sentence
        self._words = words
        self._today = today
        self._at = self._end = 0

    def mentions(self) -> list[Mention]:
        """Return what is named, in the order it is said."""
        found: list[Mention] = []
        while self._at < len(self._words):
            begin = self._words[self._at].begin
            days = self._days(found) if self._kind() in DAY_KINDS else None
            end = self._end
            hours = None
            if days is None or self._gap(_OF_DAY, end):
                hours = self._hours()
            if days is not None or hours is not None:
                self._add(found, self._up_to(Mention(days, hours, begin, self._end)))
        return found

    def _up_to(self, mention: Mention) -> Mention:
        """Return the mention, or the stretch until it: 最晚周五下午四点."""
        days = mention.days
        if not days or mention.hours is None or not UNTIL.search(self._before(mention.begin)):
            return mention
        last = replace(mention, days=Days(days.last - DAY_STEP, days.last))
        return replace(mention, days=one_day(self._today, STRETCH), hours=None, until=last)

    def _add(self, found: list[Mention], mention: Mention) -> None:
        """Add a mention, or make it the end of the one before."""
        last = found[-1] if found else None
        if last is None or last.days is None or mention.days is None:
            found.append(mention)
        elif _THAT_IS.fullmatch(self._sentence, last.end, mention.begin):
            found[-1] = replace(mention, hours=mention.hours or last.hours, begin=last.begin)
        elif JOINED.fullmatch(self._sentence, last.end, mention.begin) and _later(last, mention):
            found[-1] = replace(last, until=mention, end=mention.end)
        else:
            found.append(mention)

    # The words' places ------------------------------------------------------------------

    def _kind(self, ahead: int = 0) -> str | None:
        at = self._at + ahead
        return self._words[at].kind if at < len(self._words) else None

    def _gap(self, pattern: re.Pattern[str], end: int) -> bool:
        """Whether all that stands between ``end`` and the next word is ``pattern``."""
        if self._at >= len(self._words):
            return False
        begin = self._words[self._at].begin
        return begin >= end and pattern.fullmatch(self._sentence, end, begin) is not None

    # Days -------------------------------------------------------------------------------

    def _days(self, found: list[Mention]) -> Days | None:
        first = self._words[self._at]
        days = None if first.kind == "next" else self._read(first, self._today)
        before = found[-1].days if found and self._gap(_AND, found[-1].end) else None
        if days is not None and before is not None:
            days = self._not_before(before, first, days)
        self._at += 1
        self._end = first.end
        if days is None:
            return None
        refused = refuses_next(self._sentence[max(0, first.begin - 9) : first.begin])
        while self._kind() in DAY_KINDS and not (refused and self._gap(_COMMA, self._end)):
            more = self._together(days, self._words[self._at])
            if more is None:
                break
            days, self._end = more, self._words[self._at].end
            self._at += 1
        return self._limited_days(days, first.begin)

    def _read(self, word: Word, seen_from: date) -> Days | None:
        return _READERS[word.kind](word.match, seen_from)

    def _together(self, days: Days, word: Word) -> Days | None:
        """Return what the days and the word after them name together; None if they do not."""
        if word.kind == "next":
            return self._read(word, days.first) if self._gap(_WITHIN, self._end) else None
        second = self._read(word, self._today)
        if second is None:
            return None
        narrow = self._narrowed(days, word, second)
        if narrow is not None:
            return narrow
        second = self._not_before(days, word, second)
        if second.first < days.first:
            return None
        beside = word.begin == self._end and word.kind != self._words[self._at - 1].kind
        if not beside and (self._gap(JOINED, self._end) or self._gap(LISTED, self._end)):
            return Days(days.first, max(days.last, second.last), STRETCH)
        return None

    def _not_before(self, days: Days, word: Word, second: Days) -> Days:
        """Return the second days as they are meant behind the first: 下周一和周三."""
        if second.first >= days.first or second.rank == RELATIVE:
            return second
        return self._read(word, days.first) or second

    def _narrowed(self, days: Days, word: Word, second: Days) -> Days | None:
        """Return the exacter of two names of one day, or the day of a stretch."""
        if days.rank == second.rank == RELATIVE and self._gap(re.compile("的"), self._end):
            return self._read(word, days.first)
        if second.feast and days.rank == DATE and word.begin == self._end:
            return second  # 八月十五中秋 is a day of the lunar calendar
        ranks = {days.rank, second.rank}
        other_day = DATE not in ranks and days.first.weekday() != second.first.weekday()
        beside = self._gap(_BESIDE, self._end) and not (other_day and self._gap(_COMMA, self._end))
        if beside and len(ranks) == 2 and STRETCH not in ranks:
            return days if days.rank > second.rank else second
        if (
            days.rank == STRETCH
            and second.rank in (WEEKDAY, DATE)
            and self._gap(_WITHIN, self._end)
        ):
            inside = self._read(word, days.first)
            if inside is not None and inside.first >= days.first and inside.last <= days.last:
                return inside
        return None

    def _limited_days(self, days: Days, begin: int) -> Days:
        """Return the days that the days are a limit of."""
        nth = _NTH_AFTER.match(self._sentence, self._end)
        if nth is not None:
            self._end = nth.end()
            return self._nth_after(days, nth)
        before = self._before(begin)
        if UNTIL.search(before) and days.last > self._today:
            return Days(self._today, days.last)
        limit = LIMIT.match(self._sentence, self._end)
        if limit is None and (SINCE.search(before) or OVER.search(before)):
            return _open(days, _over(days) if OVER.search(before) else days.first)
        if limit is None or (limit["about"] and days.last - days.first > DAY_STEP):
            return days
        self._end = limit.end()
        if limit["about"]:
            return Days(days.first - DAY_STEP, days.last + DAY_STEP)
        length = self._length()
        if limit["before"]:
            if length is not None:
                return Days(days.first - length, days.first)
            last = days.last if days.closing else days.first
            return Days(self._today, last) if last > self._today else days
        first = days.first if limit["since"] else _over(days)
        if length is not None:
            return Days(first, first + length)
        return _open(days, first)

    def _before(self, begin: int) -> str:
        """Return the words that may limit what begins there."""
        return self._sentence[max(0, begin - 8) : begin]

    def _length(self) -> timedelta | None:
        so_many = _SO_MANY.match(self._sentence, self._end)
        if so_many is None:
            return None
        self._end = so_many.end()
        return timedelta(days=number(so_many["n"]) * (1 if so_many["unit"] == "天" else 7)) or None

    def _nth_after(self, days: Days, nth: re.Match[str]) -> Days:
        day = _over(days) - DAY_STEP
        if nth["weekday"]:
            ahead = (weekday_number(nth["weekday"]) - 2 - day.weekday()) % 7 + 1
            return one_day(day + timedelta(days=ahead + 7 * (number(nth["n"]) - 1)), DATE)
        worked = nth["worked"] or nth["unit"] != "天"
        for _ in range(number(nth["n"])):
            day = day + DAY_STEP if not worked else next_working_day(day)
        return Days(day, day + DAY_STEP, DATE)

    # Hours ------------------------------------------------------------------------------

    def _hours(self) -> Hours | None:
        found = self._some_hours(None)
        if found is None:
            if self._kind() not in DAY_KINDS and self._kind() is not None:
                self._at += 1
            return None
        hours, part = found
        while True:
            kept = self._at, self._end
            more = self._more_hours(hours, part)
            if more is None:
                self._at, self._end = kept
                return hours
            hours = more

    def _more_hours(self, hours: Hours, part: str | None) -> Hours | None:
        joined = self._gap(JOINED, self._end)
        limits = self._gap(_BUT, self._end)
        if not joined and not limits and not self._gap(LISTED, self._end):
            return None
        of_event = self._kind() == "event" and not hours.limit
        found = None if of_event else self._some_hours(part)
        if found is None:
            return None
        second = found[0]
        if joined:
            return until(hours, second)
        if hours.limit and second.limit:
            start, stop = max(hours.start, second.start), min(hours.stop, second.stop)
            return Hours(start, stop) if start < stop else None
        if second.stop <= hours.stop:
            return None
        return Hours(min(hours.start, second.start), second.stop)

    def _some_hours(self, inherited: str | None) -> tuple[Hours, str | None] | None:
        kind = self._kind()
        part: str | None = None
        hours: Hours | None = None
        before = self._before(self._words[self._at].begin) if kind is not None else ""
        if kind == "event":
            hours = event_hours(self._words[self._at].match)
            self._next()
            return hours, None
        if kind == "part":
            part = self._words[self._at].match["part"]
            hours = part_hours(part)
            self._next()
        if self._kind() in CLOCK_KINDS and (part is None or self._gap(_OF_PART, self._end)):
            hours = clock_hours(self._words[self._at].match, part or inherited)
            self._next()
        if hours is None:
            return None
        limit = LIMIT.match(self._sentence, self._end)
        if limit is not None:
            self._end = limit.end()
            hours = limited(hours, part or inherited, limit)
        elif hours.point and UNTIL.search(before):
            hours = hours_until(hours, part or inherited)
        elif hours.point and (SINCE.search(before) or OVER.search(before)):
            hours = hours_since(hours, hours.start)
        return hours, part or inherited

    def _next(self) -> None:
        self._end = self._words[self._at].end
        self._at += 1


def _later(mention: Mention, other: Mention) -> bool:
    return not (mention.days and other.days) or other.days.first >= mention.days.first


def _open(days: Days, first: date) -> Days:
    """Return ``first`` and the days after it, which have an end."""
    return Days(first, max(days.last, first + timedelta(days=OPEN_DAYS)))


def _over(days: Days) -> date:
    """Return the first day after the days, and after the days off around a feast."""
    return days_off_around(days.first)[1] if days.feast else days.last
