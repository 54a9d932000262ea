"""Seeding made-up wage guidance, marked as such wherever it is told, so that pages can be tried.

电工 has none: of it, the made-up postings tell enough by themselves.
"""

from datetime import date, datetime

from actions.wages.rules import Quartiles
from actions.wages.service import MADE_UP, Guide, Wages
from language.places import NATIONAL
from store.clock import to_shanghai
from store.database import Database

MEDIANS = {
    "保洁员": 4400,
    "保安": 4300,
    "普工": 5200,
    "厨师": 6500,
    "服务员": 4200,
    "货车司机": 7500,
    "快递员": 6800,
    "外卖骑手": 6900,
    "月嫂": 8500,
    "护工": 5000,
    "会计": 6200,
    "文员": 4800,
    "客服": 5000,
    "仓管员": 5100,
    "软件工程师": 13000,
    "架子工": 8200,
    "焊工": 7600,
}
"""Yuan a month in the whole country; made up."""

PLACES = {
    NATIONAL: 1.0,
    "310000": 1.25,
    "110000": 1.2,
    "440300": 1.2,
    "440100": 1.1,
    "330100": 1.1,
    "420100": 0.95,
    "510100": 0.95,
    "530100": 0.85,
}
"""What a place pays beside the country; made up."""

LOW, HIGH, ROUNDED = 0.82, 1.22, 100
LEAST = 3000
"""Above every region's minimum wage, so that not even a demonstration shows less."""


def seed_guides(database: Database, *, now: datetime, seed: int = 0) -> int:
    """Add the made-up guidance of last year, unless real guidance is on file; return the new.

    It is the same whatever the ``seed``.
    """
    del seed
    today = to_shanghai(now).date()
    wages = Wages(database)
    if any(guide.source != MADE_UP for guide in wages.all()):
        return 0
    return sum(wages.put(guide, today) for guide in demo_guides(today))


def demo_guides(today: date) -> list[Guide]:
    """Return last year's guidance for every trade and place."""
    return [
        Guide(
            place=place,
            trade=trade,
            year=today.year - 1,
            quartiles=Quartiles(*(_rounded(median * share * part) for part in (LOW, 1.0, HIGH))),
            source=MADE_UP,
            published_on=date(today.year - 1, 12, 1),
        )
        for trade, median in MEDIANS.items()
        for place, share in PLACES.items()
    ]


def _rounded(pay: float) -> int:
    return max(LEAST, round(pay / ROUNDED) * ROUNDED)
