"""What a wish asks for, and how it is loosened when nothing fits. Plain functions, no I/O."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

from actions.jobs.conditions import EMPLOYERS, EMPLOYMENT, condition_names
from actions.jobs.records import JobWish
from actions.jobs.requirements import level_named, years_named
from language.geography.areas import areas
from language.places import city_of, province_of
from language.trades import Trade, find_trade, related

PLACE, PAY, TRADE = "place", "salary_min", "trade"
COST = {PAY: 20, TRADE: 30}
PLACE_COST = {"city": 10, "province": 22, "anywhere": 40}
"""What loosening a part costs a seeker; the cheapest loosening that finds any is taken: the
same city first, then less pay, then a near trade or the province, then anywhere."""

INSIDE, CITY, PROVINCE, ANYWHERE = "inside", "city", "province", "anywhere"
"""How far a search goes: the very place, its city, its province, everywhere."""

BETWEEN = "、"
"""Between several trades."""

UNKNOWN_PAY_COST = 15
"""What a posting that does not state its pay costs beside one that does: more than another
district, less than pay known to be too low, or a near trade, or another province."""


@dataclass(frozen=True)
class Spot:
    """A place that is meant: a code, and words of its streets where it is a part of that."""

    code: str
    streets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What a search filters and ranks on.

    ``phrases`` are the names of the work as they were said, ``trades`` our names for them;
    ``words`` are what was said where no name is known, ``about`` what else it is about.
    ``place`` is the code as asked, ``spots`` what is meant by it; ``only``: nowhere else.
    ``needs`` are conditions, ``level`` and ``years`` what the person brings, ``wants`` mere words
    that a posting should hold; of what is in ``not_…`` nothing may be shown.
    """

    phrases: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    place: str | None = None
    spots: tuple[Spot, ...] = ()
    only: bool = False
    salary_min: int | None = None
    needs: tuple[str, ...] = ()
    level: int | None = None
    years: int | None = None
    wants: tuple[str, ...] = ()
    not_phrases: tuple[str, ...] = ()
    not_trades: tuple[str, ...] = ()
    not_spots: tuple[Spot, ...] = ()
    not_needs: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    kind: str | None = None
    on: date | None = None

    @property
    def trade(self) -> str | None:
        """The trade asked for."""
        return self.trades[0] if self.trades else None

    @property
    def names_work(self) -> bool:
        """Whether it says what work."""
        return bool(self.phrases or self.words)


@dataclass(frozen=True)
class Step:
    """A wish as it is, or loosened: how far it goes, whether pay and trade must fit.

    ``relaxed`` names what was loosened, ``cost`` says how dearly.
    """

    reach: str = INSIDE
    must_pay: bool = True
    near_trades: bool = False
    relaxed: tuple[str, ...] = ()
    cost: int = 0


def asked(wish: JobWish) -> Asked:
    """Return what a wish asks for, as it was said."""
    said = (wish.trade or "").strip()
    phrases = tuple(part for part in said.split(BETWEEN) if part)
    trades = [trade for one in phrases if (trade := trade_of(one))]
    if not phrases and (trade := trade_of(wish.text)):
        phrases, trades = (wish.text,), [trade]
    words = () if phrases else tuple(wish.text.split())
    named = {*condition_names(), *EMPLOYMENT, *EMPLOYERS}
    known = {trade.name for trade in trades}
    levels = [level for need in wish.needs if (level := level_named(need)) is not None]
    years = [number for need in wish.needs if (number := years_named(need)) is not None]
    return Asked(
        phrases=phrases,
        trades=tuple(dict.fromkeys(trade.name for trade in trades)),
        words=words,
        about=tuple(wish.about.split()),
        place=wish.place,
        spots=tuple(_spots(wish)),
        only=wish.only,
        salary_min=wish.salary_min,
        needs=tuple(need for need in wish.needs if need in named),
        level=max(levels, default=None),
        years=max(years, default=None),
        wants=tuple(need for need in wish.needs if _is_word(need, named)),
        not_phrases=wish.not_trades,
        # 房产销售不要，其他销售都行: what is refused of a trade is not the trade.
        not_trades=tuple(
            t.name for name in wish.not_trades if (t := find_trade(name)) and t.name not in known
        ),
        not_spots=tuple(spot for each in wish.not_places for spot in spots_of(each)),
        # Who does not do sales wants none in another trade's dress either.
        not_needs=tuple(need for need in (*wish.not_needs, *wish.not_trades) if need in named),
        not_words=tuple(need for need in wish.not_needs if _is_word(need, named)),
        groups=wish.groups,
        kind=wish.kind,
        on=wish.on,
    )


_OF_SOMETHING = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?<!行政)(?<!经理)(?<!总裁)(?<!事长)(?<!办公室)助理"
)


def trade_of(text: str) -> Trade | None:
    """Return the trade that a title or a phrase names by its name.

    Who helps in another trade is none of the office: 产品助理 and 剪辑助理 are no 秘书.
    """
    trade = find_trade(text)
    if trade is not None and "助理" in trade.names and _OF_SOMETHING.search(text):
        return find_trade(text.replace("助理", ""))
    return trade


def spots_of(place: str) -> tuple[Spot, ...]:
    """Return what is meant by a code, the name of a part of a city, or a street (``code:name``)."""
    if place.isdigit():
        return (Spot(place),)
    code, _, street = place.partition(":")
    if street and code.isdigit():
        return (Spot(code, (street,)),)
    area = areas().get(place)
    return () if area is None else tuple(Spot(code, area.streets) for code in area.districts)


def _spots(wish: JobWish) -> Iterator[Spot]:
    named = wish.places or ((wish.place,) if wish.place else ())
    for place in named:
        yield from spots_of(place)


def _is_word(need: str, named: set[str]) -> bool:
    return need not in named and level_named(need) is None and years_named(need) is None


def loosened(wish: Asked) -> list[Step]:
    """Return the wish and its loosenings, the cheapest first."""
    steps = [
        Step(
            reach=reach,
            must_pay=must_pay,
            near_trades=near,
            relaxed=tuple(
                name
                for name, cost in ((PLACE, place_cost), (PAY, pay_cost), (TRADE, trade_cost))
                if cost
            ),
            cost=place_cost + pay_cost + trade_cost,
        )
        for (place_cost, reach), (pay_cost, must_pay), (trade_cost, near) in product(
            _places(wish), _pays(wish), _trades(wish)
        )
    ]
    return sorted(steps, key=lambda step: step.cost)


def near_trades(wish: Asked) -> tuple[str, ...]:
    """Return the trades that are near the asked ones."""
    found = (find_trade(name) for name in wish.trades)
    return tuple(name for trade in found if trade for name in related(trade))


def _places(wish: Asked) -> list[tuple[int, str]]:
    if wish.place is None:
        return [(0, ANYWHERE)]
    found: list[tuple[int, str]] = [(0, INSIDE)]
    if wish.only:
        return found
    known = {wish.place} if wish.spots == (Spot(wish.place),) else set()
    for name, code in ((CITY, city_of(wish.place)), (PROVINCE, province_of(wish.place))):
        if code not in known and not (wish.place.endswith("0000") and known):
            found.append((PLACE_COST[name], name))
            known.add(code)
    # A wish that says no more than a place is not met by any other place.
    alone = not (wish.names_work or wish.needs)
    return found if alone else [*found, (PLACE_COST[ANYWHERE], ANYWHERE)]


def _pays(wish: Asked) -> list[tuple[int, bool]]:
    return [(0, True)] if wish.salary_min is None else [(0, True), (COST[PAY], False)]


def _trades(wish: Asked) -> list[tuple[int, bool]]:
    return [(0, False), (COST[TRADE], True)] if wish.names_work else [(0, False)]


def without(wish: Asked, part: str) -> Asked:
    """Return a wish that gives one of its parts up."""
    given_up: dict[str, dict[str, Any]] = {
        PLACE: {"place": None, "spots": (), "only": False},
        PAY: {"salary_min": None},
        TRADE: {"phrases": (), "trades": (), "words": ()},
        "needs": {"needs": (), "wants": ()},
        "not_needs": {"not_needs": (), "not_words": ()},
    }
    return replace(wish, **given_up[part])
