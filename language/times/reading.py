"""From what a sentence names to the one interval that is meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from language.times.hours import POINT
from language.times.phrases import LISTED, Mention, Phrases
from language.times.refusals import CHANGED, gives_way, is_refused
from language.times.scanning import Word, squeezed, words_of_time
from language.times.spans import DAY_STEP, Days, Hours, months_on
from language.times.words import SOON, number
from store.clock import SHANGHAI, to_shanghai

SOON_DAYS = 3
"""尽快 means the coming three days, today included."""


@dataclass(frozen=True)
class TimeSpan:
    """A half-open interval, aware, Asia/Shanghai; ``text`` is the words it was read from."""

    start: datetime
    end: datetime
    text: str


@dataclass(frozen=True)
class _Found:
    """An interval, read at ``[begin, end)`` of the squeezed sentence."""

    start: datetime
    stop: datetime
    begin: int
    end: int


def read_times(text: str, now: datetime) -> TimeSpan | None:
    """Return when the words mean, seen from ``now`` (aware); None when they name no time.

    A time that is over is read as the next one like it, unless the words rule that out
    (今天, 这周一). The span may begin before ``now``: it is what was said, not what is left.
    """
    local = to_shanghai(now)
    sentence, places = squeezed(text)
    words = words_of_time(sentence)
    found = (
        _counted(sentence, words, local) or _named(sentence, words, local) or _soon(sentence, local)
    )
    return None if found is None else _span(found, text, places)


def read_refused(text: str, now: datetime) -> TimeSpan | None:
    """Return the first time that the words name because it does not suit (明天不行)."""
    local = to_shanghai(now)
    sentence, places = squeezed(text)
    mentions = _mentions(sentence, words_of_time(sentence), local)
    for at, mention in enumerate(mentions):
        if is_refused(*_around(sentence, mentions, at)):
            return _span(_interval(mention, local), text, places)
    return None


def _span(found: _Found, text: str, places: Sequence[int]) -> TimeSpan:
    said = text[places[found.begin] : places[found.end - 1] + 1]
    return TimeSpan(found.start, found.stop, said)


def _soon(sentence: str, local: datetime) -> _Found | None:
    match = SOON.search(sentence)
    if match is None:
        return None
    return _Found(local, _midnight(local.date(), SOON_DAYS), match.start(), match.end())


# Counted from now ------------------------------------------------------------------------


def _counted(sentence: str, words: list[Word], local: datetime) -> _Found | None:
    """Read 两小时后 and 三天内; 春节后三天内 is not counted from now."""
    for word in words:
        if word.kind == "moment":
            start = local + _delay(word)
            return _Found(start, start + POINT, word.begin, word.end)
        if word.kind == "within" and sentence[word.begin - 1 : word.begin] not in (
            "前",
            "后",
            "起",
        ):
            return _Found(local, _end_within(word, local), word.begin, word.end)
    return None


_MINUTES = {"分钟": 1, "刻钟": 15, "小时": 60, "钟头": 60, "钟": 60}


def _delay(word: Word) -> timedelta:
    match = word.match
    which = "w" if match["w_n"] else "m"
    words = match[f"{which}_n"]
    many = 0.5 if words == "半" else float(words) if "." in words else number(words)
    if match[f"{which}_half"] or match[f"{which}_more"]:
        many += 0.5
    return timedelta(minutes=many * _MINUTES[match[f"{which}_unit"]])


def _end_within(word: Word, local: datetime) -> datetime:
    words = word.match["f_n"] or word.match["i_n"]
    unit = (word.match["f_u"] or word.match["i_u"]).removeprefix("个")
    many = number(words)
    if unit in _MINUTES:
        return local + timedelta(minutes=_MINUTES[unit] * (many or 0.5))
    if unit == "月":
        end = months_on(local.date(), many) if many else local.date() + timedelta(days=15)
        return _midnight(end)
    return _midnight(local.date(), max(many, 1) * (1 if unit in ("天", "日") else 7))


# Named -----------------------------------------------------------------------------------


def _named(sentence: str, words: list[Word], local: datetime) -> _Found | None:
    kept = _not_over(_wanted(sentence, _mentions(sentence, words, local)), local.date())
    chosen = next((at for at, mention in enumerate(kept) if mention.days), None)
    if chosen is None:
        return _interval(_narrowed(kept[0], kept[1:]), local) if kept else None
    mention = _narrowed(_said_again(kept[chosen], kept[chosen + 1 :]), kept[chosen + 1 :])
    if mention.hours is None:
        others = [*kept[chosen + 1 :], *reversed(kept[:chosen])]
        hours = next((other for other in others if other.days is None), None)
        if hours is not None:
            begin, end = min(mention.begin, hours.begin), max(mention.end, hours.end)
            return _interval(Mention(mention.days, hours.hours, begin, end), local)
    found = _interval(mention, local)
    for later in kept[chosen + 1 :]:
        if later.days is None or not LISTED.fullmatch(sentence, found.end, later.begin):
            break
        second = _interval(later, local)
        if second.stop > found.stop:
            found = replace(found, stop=second.stop, end=second.end)
    return found


def _mentions(sentence: str, words: list[Word], local: datetime) -> list[Mention]:
    named = [word for word in words if word.kind not in ("moment", "within")]
    return Phrases(sentence, named, local.date()).mentions()


def _around(sentence: str, mentions: list[Mention], at: int) -> tuple[str, str]:
    """Return the words before and after a mention, up to those on either side."""
    before = sentence[mentions[at - 1].end if at else 0 : mentions[at].begin]
    following = mentions[at + 1].begin if at + 1 < len(mentions) else None
    return before, sentence[mentions[at].end : following]


def _wanted(sentence: str, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions that are not refused; a refused part of a day leaves the day."""
    kept: list[Mention] = []
    left: Days | None = None
    for at, mention in enumerate(mentions):
        before, after = _around(sentence, mentions, at)
        if CHANGED.search(before) and at:
            left = next((earlier.days for earlier in mentions[at - 1 :: -1] if earlier.days), None)
            kept.clear()
        followed = at + 1 < len(mentions)
        if is_refused(before, after) or (followed and gives_way(before, after)):
            left = mention.days if mention.hours is not None else None
            continue
        if mention.days is None and left is not None:
            mention = replace(mention, days=left)
        kept.append(mention)
    return kept


def _not_over(mentions: list[Mention], today: date) -> list[Mention]:
    """Return the mentions without days that are over, where others are to come."""
    named = [mention for mention in mentions if mention.days is not None]
    left = [one for one in mentions if one.until or not one.days or one.days.last > today]
    return left if any(one in left for one in named) else mentions


def _said_again(mention: Mention, later: Sequence[Mention]) -> Mention:
    """Return the mention with the hours that are said with the same day once more."""
    if mention.hours is not None or mention.until is not None:
        return mention
    again = (one for one in later if one.days == mention.days and one.hours is not None)
    return next(again, mention)


def _narrowed(mention: Mention, later: Sequence[Mention]) -> Mention:
    """Return the mention with the hours that a later clause names within its own: 下午,四点前."""
    hours = mention.hours
    if hours is None or hours.point or mention.until is not None:
        return mention
    for other in later:
        if other.days is not None or other.hours is None:
            break
        if other.hours.limit:
            narrow = Hours(max(hours.start, other.hours.start), min(hours.stop, other.hours.stop))
        else:
            narrow = other.hours
        last = narrow.start if narrow.point else narrow.stop
        if hours.start <= narrow.start <= last <= hours.stop and narrow.start < hours.stop:
            return replace(mention, hours=narrow, end=other.end)
    return mention


def _interval(mention: Mention, local: datetime) -> _Found:
    start, stop = _bounds(mention, local)
    if mention.until is not None:
        _, stop = _bounds(mention.until, local)
        if mention.until.hours is not None and mention.until.hours.point:
            stop -= POINT
    return _Found(start, stop, mention.begin, mention.end)


def _bounds(mention: Mention, local: datetime) -> tuple[datetime, datetime]:
    today = local.date()
    days = mention.days or Days(today, today + DAY_STEP, step=DAY_STEP)
    if mention.hours is None:
        return _midnight(days.first), _midnight(days.last)
    # Hours on several days run from the first day's to the last day's: one interval is given.
    start = _midnight(days.first) + mention.hours.start
    stop = _midnight(days.last, -1) + mention.hours.stop
    over = stop <= local or (mention.hours.point and start < local)
    if days.step is not None and days.first == today and over:
        return start + days.step, stop + days.step
    return start, stop


def _midnight(day: date, ahead: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=ahead), time(), SHANGHAI)
