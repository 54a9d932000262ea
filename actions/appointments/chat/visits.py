"""What of a sentence is a wish for a visit: business, hall, time, and who comes how."""

import re
from collections.abc import Iterator, Mapping, Sequence
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
from actions.dialogue.reading.cues import residue
from actions.dialogue.services import Services
from actions.dialogue.tasks import Found, Known, Words
from actions.dialogue.turn import Turn
from language.clauses import clauses
from language.names import NameIndex
from language.sounds import SoundIndex
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
    return SoundIndex(meanings)


def businesses(words: Words) -> Iterator[Found]:
    """Yield the business that is named, the longest name."""
    found = list(_named("business", words))
    if found:
        yield max(found, key=lambda one: (one.end - one.start, one.start))
    else:
        yield from _partly(words)


def spoken_of(turn: Turn, services: Services) -> str | None:
    """Return the business that the person's last words were about: 「我想转档案」, 「那约周一」."""
    known = names(services)
    said = [one.value for one in businesses(Words(turn.text, turn.now, (), known))]
    # Of what was said before only a whole name: 「交了七个月社保」 was no wish for a subsidy.
    for text in reversed(turn.recent):
        said += [one.value for one in _named("business", Words(text, turn.now, (), known))]
    return str(said[0]) if said else None


def _partly(words: Words) -> Iterator[Found]:
    """Yield the one business most of whose name is said, or a word of it that no other has.

    「灵活就业的那个补贴」, 「把档案弄过来」.
    """
    index = words.names.get("business")
    if index is None:
        return
    said = _pairs(words.text)
    shares: dict[str, float] = {}
    for name, business in index.meanings.items():
        pairs = _pairs(name)
        share = len(pairs & said) / len(pairs) if len(pairs) >= LEAST_PAIRS else 0.0
        shares[business] = max(shares.get(business, 0.0), share)
    best, *others = sorted(shares, key=lambda each: -shares[each])
    if shares[best] >= MOST_OF_IT and not any(shares[each] == shares[best] for each in others):
        yield Found("business", best, 0, len(words.text), weak=True)
        return
    # A business's own name first: other names of it hold words of anybody's, 「现场」.
    own = {name: name for name in index.meanings.values()}
    for owners in (_owners(own), _owners(index.meanings)):
        meant = {owner for pair in said for owner in owners.get(pair, ()) if len(owners[pair]) == 1}
        if len(meant) == 1:
            yield Found("business", meant.pop(), 0, len(words.text), weak=True)
            return


def _owners(meanings: Mapping[str, str]) -> dict[str, set[str]]:
    """Return each pair of characters with the businesses in whose names it stands."""
    owners: dict[str, set[str]] = {}
    for name, business in meanings.items():
        for pair in _pairs(name):
            owners.setdefault(pair, set()).add(business)
    return owners


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


LEAST_PAIRS, MOST_OF_IT = 3, 0.6


def other_business(turn: Turn, services: Services) -> str | None:
    """Return what somebody wants a visit for, by their own words, that no hall of ours does."""
    match = WANTED.search(turn.text) or ITS_TICKET.search(turn.text)
    if match is None:
        return None
    words = Words(match["what"], turn.now, (), names(services))
    named = [*halls(words), *times(words), *businesses(words)]
    return None if named or residue(match["what"]) != match["what"] else match["what"]


WANTED = re.compile(
    "(?:约|办|预约|办理)(?:一?[个下]|号|上海的?|北京的?|昆明的?)*"
    "(?P<what>[\u4e00-\u9fff]{2,6}(?:咨询|登记|申请|补贴|证明?|认定|鉴定|许可|备案|注册|仲裁|手续|转移|缴费))"
)
"""A business that nobody told us of is known by how such names end."""

ITS_TICKET = re.compile(
    "(?:约|挂|排|取)(?:一?[个下])*(?P<what>[\u4e00-\u9fff]{2,6}?)的?(?:号(?!码)|窗口)"
)


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
    """Yield when somebody wants to come: a clause names one time at most.

    Beside a clause that is nothing but a time, what else happens at another one says why that is
    not wanted: 「周四要去医院，周五吧」.
    """
    read = [_Clause(words, begin, end) for begin, end in clauses(words.text)]
    read = [each for each in read if each.span is not None]
    plain = [each.span for each in read if each.wanted and not each.left]
    # 「越早越好」 beside a day means the early hours of that day.
    several = len(read) > 1
    for each in read:
        span = each.span
        if span is None or (several and span.start == words.now):
            continue
        wanted = each.wanted and not (plain and each.left)
        if each.wanted and not wanted and any(_overlap(span, other) for other in plain):
            continue
        at = max(each.text.find(span.text), 0) + each.begin
        sets = {"visit_from": span.start.isoformat(), "visit_until": span.end.isoformat()}
        value = f"{sets['visit_from']}/{sets['visit_until']}"
        yield Found(
            *("time", value, at, at + len(span.text), sets),
            said=span.text,
            wanted=wanted,
            refused=not wanted,
            intent="change_booking" if MOVES.search(words.text[:at]) else None,
        )


def _overlap(one: TimeSpan, other: TimeSpan | None) -> bool:
    """Whether a time that is no wish says again, or in other words, one that is."""
    if other is None:
        return False
    same_day = to_shanghai(one.start).weekday() == to_shanghai(other.start).weekday()
    whole = one.end - one.start >= ONE_DAY
    return (one.start < other.end and other.start < one.end) or (whole and same_day)


MOVES = re.compile("(?:改|换|挪|推迟|延后|提前)(?:成|到|至|为|约|期|在|一?下)*$")
"""What stands before the time to which a visit is moved, once one is booked."""


class _Clause:
    """A clause, the time that it wants, or does not, and what it says besides (``left``)."""

    def __init__(self, words: Words, begin: int, end: int) -> None:
        self.begin = begin
        self.text = words.text[begin:end]
        wanted = read_times(self.text, words.now)
        self.wanted = wanted is not None
        self.span = wanted or read_refused(self.text, words.now)
        found = (one for kind in ("business", "hall") for one in _named(kind, words))
        spans = [(max(one.start - begin, 0), min(one.end, end) - begin) for one in found]
        spans = [(start, stop) for start, stop in spans if start < stop]
        if self.span is not None:
            at = max(self.text.find(self.span.text), 0)
            spans.append((at, at + len(self.span.text)))
        self.left = residue(self.text, _apart(spans))


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans without those that begin inside another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


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
