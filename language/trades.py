"""Reading trades out of words; the one table of names is ``language.trade_words``."""

from dataclasses import dataclass
from functools import cache

from language.names import NameIndex
from language.trade_words import LOOKUP_ONLY, NO_TRADES, TABLE, WORK_PLACES

_NOT_IN_LOOKUP = "*"


@dataclass(frozen=True)
class Trade:
    """A trade 工种: the name postings carry, other names, and its group."""

    name: str
    group: str
    names: tuple[str, ...]


@cache
def all_trades() -> dict[str, Trade]:
    """Return every trade by its name."""
    lines = [line.replace(_NOT_IN_LOOKUP, "").lower().split() for line in _lines()]
    return {name: Trade(name, group, (name, *others)) for group, name, *others in lines}


def lookup_entries() -> list[str]:
    """Return the entries of Rasa's lookup ``trade``, as they are written."""
    names = [name for line in _lines() for name in line.split()[1:]]
    return [*(name for name in names if not name.endswith(_NOT_IN_LOOKUP)), *LOOKUP_ONLY.split()]


def find_trade(text: str) -> Trade | None:
    """Return the trade named in ``text``.

    Of overlapping names the longest counts, of several the last: a trade stands behind what
    it is done in (办公室保洁). A work place alone stands for its usual trade only where
    nothing else is named.
    """
    said = "".join(text.lower().split())
    named = [one for one in _index().apart(said) if one.meaning is not None]
    doing = [one for one in named if said[one.start : one.end] not in WORK_PLACES]
    return (doing or named)[-1].meaning if named else None


def related(trade: Trade) -> tuple[str, ...]:
    """Return the names of the other trades of the same group."""
    return tuple(
        other.name
        for other in all_trades().values()
        if other.group == trade.group and other.name != trade.name
    )


def _lines() -> list[str]:
    return TABLE.strip().splitlines()


@cache
def _index() -> NameIndex[Trade | None]:
    """Return all names; what means no trade hides the names within it."""
    meanings: dict[str, Trade | None] = dict.fromkeys(NO_TRADES)
    for trade in all_trades().values():
        meanings.update(dict.fromkeys(trade.names, trade))
    return NameIndex(meanings)
