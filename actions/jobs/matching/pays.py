"""What the published postings of a trade state as pay: what wage guidance is reckoned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.jobs.matching.feed import Feed
from actions.jobs.matching.memory import UNKNOWN, Mask, Memory
from actions.jobs.tables import EmployerRow
from language.places import NATIONAL, city_of, province_of
from language.trades import find_trade, related

SAME, NEAR = 0.8, 0.7
"""How like two occupations are (``names.tree_likeness``) of the same occupation, or of one that
holds the other; and of the same small group."""


@dataclass(frozen=True)
class StatedPays:
    """Whole yuan a month, one for each posting that states its pay: the middle of its range.

    The same work of one employer in one city at the same pay counts once. ``demo`` of them are
    made up.
    """

    pays: tuple[int, ...] = ()
    demo: int = 0


def stated_pays(
    feed: Feed, session: Session, trade: str, place: str, day: date, *, wide: bool
) -> StatedPays:
    """Return the pay of the postings shown on a day, of a trade at a place (NATIONAL: anywhere).

    A posting is of the trade if it has the same of our names for it, or its occupation; ``wide``:
    or one of the same small group.
    """
    made_up = session.scalars(select(EmployerRow.name).where(EmployerRow.is_demo)).all()
    with feed.current(session) as memory:
        held = _shown(memory, day) & _inside(memory, place) & _of_trade(feed, memory, trade, wide)
        low, high = memory.column("pay_min"), memory.column("pay_max")
        held &= (low != UNKNOWN) | (high != UNKNOWN)
        rows = np.flatnonzero(held)
        low, high = low[rows], high[rows]
        middle = np.where(low == UNKNOWN, high, np.where(high == UNKNOWN, low, (low + high) // 2))
        employers = memory.column("employer")[rows]
        whose = (employers, memory.column("title")[rows], memory.column("city")[rows], middle)
        _, once = np.unique(np.stack(whose), axis=1, return_index=True)
        numbers = [n for name in made_up if (n := memory.employers.find(name)) is not None]
        demo = int(np.isin(employers[once], numbers).sum())
        return StatedPays(tuple(int(pay) for pay in middle[once]), demo)


def _shown(memory: Memory, day: date) -> Mask:
    today = day.toordinal()
    shown = memory.live & (memory.column("published_on") <= today)
    # By the day or the hour is another market.
    return np.asarray(shown & (memory.column("expires_on") > today) & (memory.column("kind") == 0))


def _inside(memory: Memory, place: str) -> Mask:
    inside = np.zeros(memory.size, dtype=bool)
    code = int(place)
    if place == NATIONAL:
        inside[:] = True
    elif place == province_of(place):
        cities = memory.column("city")
        inside = (cities >= code) & (cities < code + 10_000)
    elif place == city_of(place):
        inside[memory.in_city(code)] = True
    else:
        inside = memory.column("district") == code
    return np.asarray(inside)


def _of_trade(feed: Feed, memory: Memory, trade: str, wide: bool) -> Mask:
    names, known = memory.names, find_trade(trade)
    meant = np.zeros(len(names) + 1, dtype=bool)
    (meaning,) = feed.titles.meanings([trade])
    code = known.code if known is not None and "-" in known.code else meaning.occupation
    meant[:-1] = names.by_occupation(code) >= (NEAR if wide else SAME)
    meant[names.known([trade])] = True
    if known is not None:
        near: Sequence[str] = related(known) if wide else ()
        meant[names.known([known.name, *near])] = True
    else:
        meant |= names.holding(trade.lower())
    # The last place answers for UNKNOWN, which is -1.
    return np.asarray(meant[memory.column("title")] | meant[memory.column("trade")])
