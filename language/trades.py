"""Reading trades out of words: the names of ``language.trade_words`` and everyday words.

What is said is found by its name alone, never guessed: 最好 and 别低于 are no trade. An ad's title,
which may be worded anyhow, is read by ``language.occupations``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from language.names import Found, NameIndex
from language.occupations.everyday import words
from language.refusals import refused
from language.sounds import syllables
from language.trade_words import LOOKUP_ONLY, NO_TRADES, TABLE, WORK_PLACES

_NOT_IN_LOOKUP = "*"
_SMALL_GROUP = len("6-31-01")
_LONGEST_BY_SOUND = 4


@dataclass(frozen=True)
class Trade:
    """A trade 工种: the name postings carry, other names, its group, and its code.

    ``code`` is that of the 职业分类大典 2022: an occupation's, or a group's (``2-05-08``, ``6``).
    """

    name: str
    group: str
    names: tuple[str, ...]
    code: str


@dataclass(frozen=True)
class Trades:
    """The trades that a sentence wants and those it refuses, each once, in the order said."""

    wanted: tuple[Trade, ...] = ()
    excluded: tuple[Trade, ...] = ()


@cache
def all_trades() -> dict[str, Trade]:
    """Return every trade by its name."""
    lines = [line.replace(_NOT_IN_LOOKUP, "").lower().split() for line in _lines()]
    return {name: Trade(name, group, (name, *others), code) for group, code, name, *others in lines}


def lookup_entries() -> list[str]:
    """Return the entries of Rasa's lookup ``trade``, as they are written."""
    names = [name for line in _lines() for name in line.split()[2:]]
    return [*(name for name in names if not name.endswith(_NOT_IN_LOOKUP)), *LOOKUP_ONLY.split()]


def find_trade(text: str) -> Trade | None:
    """Return the trade that ``text`` wants: of several the one named last."""
    wanted = find_trades(text).wanted
    return wanted[-1] if wanted else None


def is_address(text: str, start: int, end: int) -> bool:
    """Whether a trade named at ``[start, end)`` only says to whom one speaks: 「老师你好」."""
    alone = start == 0 or text[start - 1] in "，,。！! 　"
    return alone and bool(_GREETED.match(text, end)) and text[start:end] in _ADDRESSES


_ADDRESSES = frozenset(("老师", "师傅", "阿姨", "同志", "医生", "客服", "经理", "主任"))
_GREETED = re.compile("[，,！!]?(?:你好|您好|在吗|请问|好[，,！! ]|麻烦)|[，,]")


def trade_by_sound(word: str) -> str | None:
    """Return the name that ``word`` is written for by its sound alone: 克服 for 客服."""
    return _by_sound().get(syllables(word)) if 2 <= len(word) <= _LONGEST_BY_SOUND else None


@cache
def _by_sound() -> dict[tuple[str, ...], str]:
    named = (name for trade in all_trades().values() for name in trade.names)
    found: dict[tuple[str, ...], str] = {}
    for name in named:
        if 2 <= len(name) <= _LONGEST_BY_SOUND and not name.isascii():
            found.setdefault(syllables(name), name)
    return found


def find_trades(text: str) -> Trades:
    """Return the trades wanted and refused in ``text``.

    Of overlapping names the longest counts, of names that touch the last: a trade stands behind
    what it is done in (办公室保洁). A work place alone stands for its usual trade only where
    nothing else is named.
    """
    said = "".join(text.lower().split())
    named = [one for one in _index().apart(said) if one.meaning is not None]
    doing = [one for one in named if said[one.start : one.end] not in WORK_PLACES]
    meant = list(_behind(doing or named))
    no = refused(said, [(one.start, one.end) for one in meant])
    wanted = _each_once(one for one, out in zip(meant, no, strict=True) if not out)
    excluded = _each_once(one for one, out in zip(meant, no, strict=True) if out)
    return Trades(wanted, tuple(trade for trade in excluded if trade not in wanted))


def related(trade: Trade) -> tuple[str, ...]:
    """Return the names of the trades near by: of the same group, or the same small group."""
    return tuple(other.name for other in all_trades().values() if _is_near(trade, other))


def _is_near(trade: Trade, other: Trade) -> bool:
    if trade.name == other.name:
        return False
    small = trade.code[:_SMALL_GROUP]
    in_tree = len(small) == _SMALL_GROUP and other.code.startswith(small)
    return in_tree or trade.group == other.group


def _behind(named: list[Found[Trade | None]]) -> Iterator[Found[Trade | None]]:
    """Yield the names, of those that touch the last."""
    yield from (one for one, following in pairwise(named) if one.end != following.start)
    yield from named[-1:]


def _each_once(found: Iterator[Found[Trade | None]]) -> tuple[Trade, ...]:
    # By when each was said last: who comes back to a trade means it.
    last = {one.meaning.name: one for one in found if one.meaning is not None}
    return tuple(all_trades()[name] for name in sorted(last, key=lambda name: last[name].start))


def _lines() -> list[str]:
    return TABLE.strip().splitlines()


@cache
def _index() -> NameIndex[Trade | None]:
    """Return all names; what means no trade hides the names within it."""
    meanings: dict[str, Trade | None] = _everyday()
    for trade in all_trades().values():
        meanings.update(dict.fromkeys(trade.names, trade))
    meanings.update(dict.fromkeys(NO_TRADES))
    return NameIndex(meanings)


def _everyday() -> "dict[str, Trade | None]":
    """Return the everyday words whose occupation, or its group, is a trade of ours."""
    meanings = {word.lower(): _of_code(code) for word, code in words().items()}
    return {word: trade for word, trade in meanings.items() if trade is not None}


def _of_code(code: str) -> Trade | None:
    """Return the first trade of a code, else the first whose code is a group that holds it."""
    trades = all_trades().values()
    held = (one for one in trades if "-" in one.code and code.startswith(f"{one.code}-"))
    return next((one for one in trades if one.code == code), None) or next(held, None)
