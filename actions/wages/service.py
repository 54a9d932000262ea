"""The service of wage guidance: what was published, else what postings state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select

from actions.dialogue.services import Services
from actions.wages.rules import Quartiles, quartiles
from actions.wages.tables import WageGuideRow
from language.places import NATIONAL, city_of, own_name, province_of
from language.trades import find_trade
from store.clock import to_shanghai
from store.errors import ZhidaError
from store.service import Service

LONGEST_TRADE, LONGEST_SOURCE = 60, 200
LEAST_PAY, MOST_PAY = 300, 500_000
FIRST_YEAR = 2000
MADE_UP = "示例，演示数据，不是真实公布的价位"
"""The source of made-up guidance."""


@dataclass(frozen=True)
class Guide:
    """Published guidance; ``quartiles`` are whole yuan a month. See ``tables.WageGuideRow``."""

    place: str
    trade: str
    year: int
    quartiles: Quartiles
    source: str
    published_on: date
    n: int | None = None
    id: int = 0

    @property
    def period(self) -> str:
        """Of when it is, as a card says it; made-up guidance says so there, too."""
        return f"{self.year}年（示例）" if self.source == MADE_UP else f"{self.year}年"


class BadGuide(ZhidaError):
    """Guidance that cannot be so: no place, no paper, figures out of order or of another unit."""

    code = "bad_wage_guide"


class Pays(Protocol):
    """What postings state, as the room of postings offers it."""

    @property
    def pays(self) -> Sequence[int]:
        """Whole yuan a month, one a posting."""

    @property
    def demo(self) -> int:
        """How many of them are made up."""


class Wages(Service):
    """Published guidance over one database; every method is one unit of work, blocking."""

    def published(self, trade: str, place: str, today: date) -> Guide | None:
        """Return the newest for a trade: the place's, its city's, its province's, the land's."""
        known = find_trade(trade)
        names = {trade, known.name} if known else {trade}
        nearest = list(dict.fromkeys((place, city_of(place), province_of(place), NATIONAL)))
        statement = (
            select(WageGuideRow)
            .where(WageGuideRow.trade.in_(names), WageGuideRow.place.in_(nearest))
            .where(WageGuideRow.published_on <= today)
            .order_by(WageGuideRow.year.desc(), WageGuideRow.id)
        )
        with self._database.read() as session:
            rows = session.scalars(statement).all()
        found = sorted(rows, key=lambda row: nearest.index(row.place))
        return _guide(found[0]) if found else None

    def all(self) -> Sequence[Guide]:
        """Return all that is on file, the newest first."""
        order = (WageGuideRow.year.desc(), WageGuideRow.place, WageGuideRow.trade)
        with self._database.read() as session:
            return tuple(map(_guide, session.scalars(select(WageGuideRow).order_by(*order))))

    def put(self, guide: Guide, today: date, *, dry: bool = False) -> bool:
        """Put guidance on file, in the place of the same year's; tell whether it is new.

        Raises BadGuide. ``dry``: nothing is kept.
        """
        _check(guide, today)
        same = {"place": guide.place, "trade": _named(guide.trade), "year": guide.year}
        with self._database.write() as session:
            row = session.scalar(select(WageGuideRow).filter_by(**same))
            new = row is None
            if row is None:
                row = WageGuideRow(**same)
                session.add(row)
            row.q1, row.median, row.q3 = vars(guide.quartiles).values()
            row.n, row.source = guide.n, guide.source.strip()
            row.published_on = guide.published_on
            if not dry:
                session.commit()
            return new

    def remove(self, guide: int) -> bool:
        """Take guidance off file; tell whether it was there."""
        with self._database.write() as session:
            row = session.get(WageGuideRow, guide)
            if row is not None:
                session.delete(row)
            session.commit()
            return row is not None


@dataclass(frozen=True)
class Told:
    """What is known of the pay of a trade: ``quartiles`` None where it is too little.

    ``guide`` where it was published, else ``n`` postings state it, ``demo`` of them made up.
    """

    quartiles: Quartiles | None
    n: int | None
    demo: int = 0
    guide: Guide | None = None


def told_of(
    services: Services,
    trade: str,
    place: str,
    *,
    now: datetime,
    wide: bool = False,
    posted: bool = False,
) -> Told:
    """Return what is known; ``wide``: of postings of near trades, too; ``posted``: of postings."""
    today = to_shanghai(now).date()
    guide = None if wide or posted else services.of(Wages).published(trade, place, today)
    if guide is not None:
        return Told(guide.quartiles, guide.n, guide=guide)
    stated_pays = services.offered("stated_pays")
    if stated_pays is None:
        return Told(None, 0)
    stated: Pays = stated_pays(trade, place, wide=wide, now=now)
    return Told(quartiles(stated.pays), len(stated.pays), stated.demo)


def _check(guide: Guide, today: date) -> None:
    low, middle, high = vars(guide.quartiles).values()
    in_order = LEAST_PAY <= low <= middle <= high <= MOST_PAY
    place = guide.place == NATIONAL or bool(own_name(guide.place))
    trade = 0 < len(guide.trade.strip()) <= LONGEST_TRADE
    paper = 0 < len(guide.source.strip()) <= LONGEST_SOURCE
    dated = FIRST_YEAR <= guide.year <= today.year and guide.published_on <= today
    if not (in_order and place and trade and paper and dated and (guide.n is None or guide.n > 0)):
        raise BadGuide(guide.trade)


def _named(trade: str) -> str:
    """Return a trade by our name for it where the published one is another word for just that."""
    known = find_trade(trade)
    return known.name if known is not None and trade.strip() in known.names else trade.strip()


def _guide(row: WageGuideRow) -> Guide:
    return Guide(
        place=row.place,
        trade=row.trade,
        year=row.year,
        quartiles=Quartiles(row.q1, row.median, row.q3),
        source=row.source,
        published_on=row.published_on,
        n=row.n,
        id=row.id,
    )
