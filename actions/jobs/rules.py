"""What a wish asks for, and how it is loosened when nothing fits. Plain functions, no I/O."""

from dataclasses import dataclass, replace
from itertools import product

from actions.jobs.records import JobWish
from language.places import city_of, province_of
from language.trades import find_trade, related

PLACE, PAY, TRADE = "place", "salary_min", "trade"
COST = {PAY: 20, TRADE: 30}
PLACE_COST = {"city": 10, "province": 22, "anywhere": 40}
"""What loosening a part costs a seeker; the cheapest loosening that finds any is taken: the
same city first, then less pay, then a near trade or the province, then anywhere."""

BETWEEN = "、"
"""Between several trades."""

UNKNOWN_PAY_COST = 15
"""What a posting that does not state its pay costs beside one that does: more than another
district, less than pay known to be too low, or a near trade, or another province."""


@dataclass(frozen=True)
class Asked:
    """What a search filters on. ``trades`` holds the asked trades first, then near ones.

    ``place`` is the code as asked, ``within`` the code searched in (None: anywhere);
    ``words`` must all stand in a posting. ``relaxed`` names what was loosened, ``cost`` says
    how dearly.
    """

    trades: tuple[str, ...] = ()
    said: str = ""
    words: tuple[str, ...] = ()
    place: str | None = None
    within: str | None = None
    salary_min: int | None = None
    must_pay: bool = True
    needs: tuple[tuple[str, ...], ...] = ()
    not_trades: tuple[str, ...] = ()
    not_places: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    relaxed: tuple[str, ...] = ()
    cost: int = 0

    @property
    def trade(self) -> str | None:
        """The trade asked for."""
        return self.trades[0] if self.trades else None


def asked(wish: JobWish) -> Asked:
    """Return what a wish asks for, as it was said."""
    said = (wish.trade or "").strip()
    several = [trade for one in said.split(BETWEEN) if (trade := find_trade(one))]
    trades = several or [trade for trade in (find_trade(wish.text),) if trade]
    words = () if trades else tuple((said or wish.text).split())
    return Asked(
        trades=tuple(dict.fromkeys(trade.name for trade in trades)),
        said=said if trades and BETWEEN not in said else "".join(t.name for t in trades[:1]),
        words=words,
        place=wish.place,
        within=wish.place,
        salary_min=wish.salary_min,
        needs=wish.needs,
        not_trades=tuple(_trade_named(name) for name in wish.not_trades),
        not_places=wish.not_places,
        not_words=wish.not_words,
    )


def _trade_named(name: str) -> str:
    trade = find_trade(name)
    return name if trade is None else trade.name


def loosened(wish: Asked) -> list[Asked]:
    """Return the wish and its loosenings, the cheapest first."""
    steps = product(_places(wish), _pays(wish), _trades(wish))
    priced = [
        replace(
            wish,
            trades=trades,
            within=within,
            must_pay=must_pay,
            relaxed=tuple(
                name
                for name, cost in ((PLACE, place_cost), (PAY, pay_cost), (TRADE, trade_cost))
                if cost
            ),
            cost=place_cost + pay_cost + trade_cost,
        )
        for (place_cost, within), (pay_cost, must_pay), (trade_cost, trades) in steps
    ]
    return sorted(priced, key=lambda step: step.cost)


def _places(wish: Asked) -> list[tuple[int, str | None]]:
    if wish.place is None:
        return [(0, None)]
    found: list[tuple[int, str | None]] = [(0, wish.place)]
    for name, code in (("city", city_of(wish.place)), ("province", province_of(wish.place))):
        if code not in [known for _, known in found] and not wish.place.endswith("0000"):
            found.append((PLACE_COST[name], code))
    # A wish that says no more than a place is not met by any other place.
    alone = not (wish.trades or wish.words or wish.needs)
    return found if alone else [*found, (PLACE_COST["anywhere"], None)]


def _pays(wish: Asked) -> list[tuple[int, bool]]:
    return [(0, True)] if wish.salary_min is None else [(0, True), (COST[PAY], False)]


def _trades(wish: Asked) -> list[tuple[int, tuple[str, ...]]]:
    trade = find_trade(wish.trade or "")
    near = related(trade) if trade else ()
    exact = (0, wish.trades)
    return [exact, (COST[TRADE], (*wish.trades, *near))] if near else [exact]
