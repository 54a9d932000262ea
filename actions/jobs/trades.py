"""Reading trades out of words; the table of names is ``actions.jobs.trade_words``."""

from dataclasses import dataclass
from functools import cache

from actions.jobs.trade_words import TABLE


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
    """Return the trade named in ``text``; the longest name wins, then the one said last."""
    said = "".join(text.lower().split())
    best, found = (0, -1), None
    for name, trade in _by_any_name().items():
        rank = (len(name), said.rfind(name))
        if rank[1] >= 0 and rank > best:
            best, found = rank, trade
    return found


def related(trade: Trade) -> tuple[str, ...]:
    """Return the names of the other trades of the same group."""
    return tuple(
        other.name
        for other in all_trades().values()
        if other.group == trade.group and other.name != trade.name
    )


@cache
def _by_any_name() -> dict[str, Trade]:
    return {name: trade for trade in all_trades().values() for name in trade.names}
