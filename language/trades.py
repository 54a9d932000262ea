"""Reading trades out of words; the table of names is ``language.trade_words``."""

import re
from dataclasses import dataclass
from functools import cache

from language.trade_words import NO_TRADES, TABLE, WORK_PLACES


@dataclass(frozen=True)
class Trade:
    """A trade 工种: the name postings carry, other names, and its group."""

    name: str
    group: str
    names: tuple[str, ...]


@cache
def all_trades() -> dict[str, Trade]:
    """Return every trade by its name."""
    lines = [line.split() for line in TABLE.strip().splitlines()]
    return {name: Trade(name, group, (name, *others)) for group, name, *others in lines}


def find_trade(text: str) -> Trade | None:
    """Return the trade named in ``text``.

    Of overlapping names the longest counts, of several the last: a trade stands behind what
    it is done in (办公室保洁). A work place alone stands for its usual trade only where
    nothing else is named.
    """
    said = "".join(text.lower().split())
    named = [match.group() for match in _pattern().finditer(said) if match.group() not in NO_TRADES]
    named = [name for name in named if name not in WORK_PLACES] or named
    return _by_any_name()[named[-1]] if named else None


def related(trade: Trade) -> tuple[str, ...]:
    """Return the names of the other trades of the same group."""
    return tuple(
        other.name
        for other in all_trades().values()
        if other.group == trade.group and other.name != trade.name
    )


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted([*_by_any_name(), *NO_TRADES], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


@cache
def _by_any_name() -> dict[str, Trade]:
    return {name: trade for trade in all_trades().values() for name in trade.names}
