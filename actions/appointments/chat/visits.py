"""What of a sentence is a wish for a visit: business, hall, time, and who comes how."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from actions.appointments.chat.booking_request import (
    COMING,
    EARLIEST,
    FOR_OTHER,
    PRIORITY,
    YES,
    moment_of,
)
from actions.appointments.service import Appointments
from actions.dialogue.reading.cues import clauses
from actions.dialogue.services import Services
from actions.dialogue.tasks import Found, Known, Words
from language.names import NameIndex
from language.times import TimeSpan, read_refused, read_times
from language.wording import WEEKDAYS
from store.clock import to_shanghai

WEEKDAY = re.compile(r"(?<![下这上本])(?<!下个)(?:周|星期|礼拜)([一二三四五六日天])")
HALF = re.compile(r"上午|早上|中午|下午|晚上")
DAY = re.compile(r"今|明|后天|昨|周|星期|礼拜|[号日月]|天后|天以后|\d-\d|\d/\d|节")
ONE_DAY = timedelta(days=1)

ARRIVED = re.compile(
    r"签到|(^|我|人|们|已经?|刚刚?|爸|妈|现在)到(了|啦|达|门口|地方|前台|$)"
    r"|(我|人|们|已经?|刚刚?|爸|妈|现在|^)到.{0,8}(大厅|中心|现场|窗口)(了|啦|里|$)"
    r"|(来到|在|进).{0,6}大厅(里|了|门口|这)"
)
ASKED = re.compile(r"[?？吗没么]|[几哪]|怎样才|多久")
WAIT = re.compile("候补")


def names(services: Services) -> Mapping[str, NameIndex[str]]:
    """Return what people call businesses and halls, each with its own name."""
    appointments = services.of(Appointments)
    return {"business": _index(appointments.businesses()), "hall": _index(appointments.halls())}


def _index(things: Any) -> NameIndex[str]:
    meanings: dict[str, str] = {}
    for thing in things:
        for name in (thing.name, *thing.aliases):
            meanings.setdefault("".join(name.split()), thing.name)
    return NameIndex(meanings)


def businesses(words: Words) -> Iterator[Found]:
    """Yield the business that is named, the longest name."""
    found = list(_named("business", words))
    if found:
        yield max(found, key=lambda one: (one.end - one.start, one.start))


def halls(words: Words) -> Iterator[Found]:
    """Yield the halls that are named, by name or by the place they are in."""
    yield from _named("hall", words)


def _named(kind: str, words: Words) -> Iterator[Found]:
    index = words.names.get(kind)
    if index is None:
        return
    at = [n for n, char in enumerate(words.text) if not char.isspace()]
    for one in index.apart("".join(words.text.split())):
        yield Found(kind, one.meaning, at[one.start], at[one.end - 1] + 1)


def times(words: Words) -> Iterator[Found]:
    """Yield when somebody wants to come: a clause names one time at most."""
    read = [
        (begin, _named_time(words.text[begin:end], words.now), words.text[begin:end])
        for begin, end in clauses(words.text)
    ]
    several = sum(span is not None for _, span, _ in read) > 1
    for begin, span, clause in read:
        # 「越早越好」 beside a day means the early hours of that day.
        if span is None or (several and span.start == words.now):
            continue
        at = max(clause.find(span.text), 0) + begin
        sets = {"visit_from": span.start.isoformat(), "visit_until": span.end.isoformat()}
        value = f"{sets['visit_from']}/{sets['visit_until']}"
        yield Found("time", value, at, at + len(span.text), sets, said=span.text)


def _named_time(clause: str, now: datetime) -> TimeSpan | None:
    """Return the time that is wanted, else the one that is not: which, the words around say."""
    return read_times(clause, now) or read_refused(clause, now)


def merged(known: Known, found: Found, corrects: bool) -> Mapping[str, Any]:
    """Return the time that is meant beside the one that is known.

    Hours alone are of the day that was spoken of; a day that corrects keeps its hours.
    """
    start, end = moment_of(known.get("visit_from")), moment_of(known.get("visit_until"))
    sets = dict(found.sets or {})
    new, until = moment_of(sets.get("visit_from")), moment_of(sets.get("visit_until"))
    if start is None or end is None or new is None or until is None or end - start > ONE_DAY:
        return sets
    old_day, new_day = _midnight(start), _midnight(new)
    whole = new == new_day and until == new_day + ONE_DAY
    weekday = WEEKDAY.search(found.said)
    if not DAY.search(found.said):
        ahead = old_day - new_day
    elif corrects and weekday is not None:
        # 「不对，是周四」 stays in the week that was spoken of.
        shift = WEEKDAYS.index(weekday[1].replace("天", "日")) - old_day.weekday()
        ahead = old_day + timedelta(days=shift) - new_day
        if whole and end - start < ONE_DAY:
            new, until, ahead = start, end, timedelta(days=shift)
    elif corrects and whole and end - start < ONE_DAY:
        new, until, ahead = start, end, new_day - old_day
    else:
        return sets
    moved = {"visit_from": new + ahead, "visit_until": until + ahead}
    return {name: moment.isoformat() for name, moment in moved.items()}


def excluded_time(found: Found, text: str) -> str:
    """Return which times are not wanted: every Monday, every morning, or that very time."""
    del text
    weekday = WEEKDAY.search(found.said)
    if weekday is not None:
        return "周" + weekday[1].replace("天", "日")
    half = HALF.fullmatch(found.said)
    if half is not None:
        return {"早上": "上午", "晚上": "下午"}.get(half.group(), half.group())
    return str(found.value)


def flags(words: Words) -> Iterator[Found]:
    """Yield what else is said of a visit; it goes on with it whatever it sounds like."""
    for name, pattern in (
        ("earliest", EARLIEST),
        ("come", COMING),
        ("priority", PRIORITY),
        ("for_other", FOR_OTHER),
        ("wait", WAIT),
    ):
        match = pattern.search(words.text)
        if match is not None:
            yield Found("how", name, *match.span(), {name: YES}, loud=name in LOUD)
    arrived = ARRIVED.search(words.text)
    if arrived is not None and says_arrived(words.text):
        yield Found(
            *("how", "arrived", *arrived.span(), {"arrived": YES}), loud=True, intent="my_bookings"
        )


def says_arrived(text: str) -> bool:
    """Whether a message says that somebody stands in the hall."""
    return bool(ARRIVED.search(text)) and not ASKED.search(text)


LOUD = frozenset({"come", "priority", "wait"})


def _midnight(moment: datetime) -> datetime:
    return to_shanghai(moment).replace(hour=0, minute=0, second=0, microsecond=0)
