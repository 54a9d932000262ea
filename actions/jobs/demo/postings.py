"""Seeding made-up postings, clearly marked; the same seed makes the same ones."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from actions.ids import ALPHABET, make_id
from actions.jobs.demo.data import (
    ALWAYS,
    BENEFITS,
    CITIES,
    KINDS,
    NAMES,
    OPENINGS,
    SHIFTS,
    City,
    Kind,
)
from actions.jobs.demo.gigs import demo_gigs
from actions.jobs.life import PUBLISHED
from actions.jobs.records import NewPosting
from actions.jobs.service import PREFIX, SYSTEM
from actions.jobs.tables import PostingRow
from actions.jobs.writing import Handed, Writer
from language.numerals import in_chinese
from language.pay import DAYS_PER_MONTH, HOURS_PER_DAY, read_pay
from language.places import short_name
from store.clock import to_shanghai
from store.database import Database

Made = Sequence[tuple[str, NewPosting]]
"""Postings, each with its id."""

SEED = 20260101
STATED = 4
LEAST_PAY = 3000
"""Above every region's minimum wage, so that not even a demonstration shows less."""
CONTACT = "演示数据，没有真实联系方式"
DESCRIPTION = "【示例岗位，不是真实招聘】{opening}{duty}。要求：{need}。{shift}"


def seed_all(database: Database, *, now: datetime, seed: int = SEED) -> int:
    """Add made-up postings and gigs; return how many."""
    today = to_shanghai(now).date()
    gigs = demo_gigs(seed, today=today)
    return seed_postings(database, now=now, seed=seed) + _seeded(database, now, gigs)


def seed_postings(database: Database, *, now: datetime, seed: int = SEED) -> int:
    """Add the made-up postings that lack and renew those that ran out; return how many.

    What was withdrawn stays withdrawn. Raises nothing when two processes seed at once: the
    one that comes second finds the work done.
    """
    return _seeded(database, now, demo_postings(seed, today=to_shanghai(now).date()))


def demo_postings(seed: int, *, today: date) -> list[tuple[str, NewPosting]]:
    """Return 120 made-up postings of eight cities with their ids; only days depend on today."""
    chance = random.Random(seed)  # noqa: S311
    made: dict[str, NewPosting] = {}
    for city in CITIES:
        kinds = _kinds(city, chance)
        for number, kind in enumerate(kinds):
            posting = _posting(city, kind, number, chance, today)
            code = _code(chance)
            while code in made:
                code = _code(chance)
            made[code] = posting
    return list(made.items())


def _seeded(database: Database, now: datetime, postings: Made) -> int:
    try:
        return _seed(database, now, postings)
    except IntegrityError:
        return _seed(database, now, postings)


def _seed(database: Database, now: datetime, postings: Made) -> int:
    with database.write() as session:
        known = set(session.scalars(select(PostingRow.code).where(PostingRow.is_demo)))
        new = [Handed(one, code, PUBLISHED, "") for code, one in postings if code not in known]
        writer = Writer(session, None, now)
        writer.add(new, who=SYSTEM)
        lapsed = select(PostingRow).where(
            PostingRow.is_demo,
            PostingRow.status == PUBLISHED,
            PostingRow.expires_on <= to_shanghai(now).date(),
        )
        made = dict(postings)
        renewed = [row for row in session.scalars(lapsed) if row.code in made]
        for row in renewed:
            # A demonstration of last spring would be empty.
            writer.replace(row, made[row.code])
        session.commit()
        return len(new) + len(renewed)


def _code(chance: random.Random) -> str:
    return make_id(PREFIX, "".join(chance.choices(ALPHABET, k=6)))


def _kinds(city: City, chance: random.Random) -> list[Kind]:
    """Return as many kinds as the city has postings: its own first, then all in turn."""
    by_trade = {kind.trade: kind for kind in KINDS}
    always = [by_trade[trade] for trade in ALWAYS.get(city.code, ("电工",))]
    others = [kind for kind in KINDS if kind not in always]
    chance.shuffle(others)
    return (always + others)[: city.postings]


def _posting(city: City, kind: Kind, number: int, chance: random.Random, today: date) -> NewPosting:
    text = _pay_text(city, kind, number, chance)
    pay = read_pay(text)
    published = today - timedelta(days=chance.randrange(21))
    return NewPosting(
        employer=f"示例{chance.choice(NAMES)}{kind.industry}（{short_name(city.code)}）有限公司",
        title=chance.choice(kind.titles),
        trade=kind.trade,
        city=city.code,
        district=_district(city, number, chance),
        salary_min=pay.min if pay else None,
        salary_max=pay.max if pay else None,
        salary_text=text,
        headcount=chance.choice((1, 1, 2, 2, 3, 5, 8, 10, 20)),
        benefits=tuple(_benefits(chance)),
        description=DESCRIPTION.format(
            opening=chance.choice(OPENINGS),
            duty=chance.choice(kind.duties),
            need=chance.choice(kind.needs),
            shift=chance.choice(SHIFTS),
        ),
        contact=CONTACT,
        published_on=published,
        expires_on=today + timedelta(days=chance.randrange(30, 91)),
        is_demo=True,
    )


def _district(city: City, number: int, chance: random.Random) -> str | None:
    """Put a city's first posting in its first district; one in seven leaves it open."""
    drawn = None if chance.random() < 1 / 7 else chance.choice(city.districts)
    return drawn if number else city.districts[0]


def _benefits(chance: random.Random) -> Iterator[str]:
    drawn = set(chance.sample(BENEFITS, k=chance.randrange(0, 5)))
    yield from (benefit for benefit in BENEFITS if benefit in drawn)


def _pay_text(city: City, kind: Kind, number: int, chance: random.Random) -> str:
    """Write the pay as employers do; the first few of a city always state a range."""
    low, high = (_rounded(pay * city.pay_level * chance.uniform(0.95, 1.1)) for pay in kind.pay)
    drawn = chance.choice(kind.styles)
    # They are electricians: the journey that the documentation tells must find some.
    style = drawn if number >= STATED else "range"
    if style == "words":
        low = max(LEAST_PAY, low // 1000 * 1000)
        return f"每月{in_chinese(low // 1000)}千以上" if low < 10_000 else f"{low}元/月起"
    day = round(low / DAYS_PER_MONTH / 10) * 10
    forms = {
        "range": f"{low}-{high}元/月",
        "k": f"{low / 1000:g}k-{high / 1000:g}k",
        "from": f"{low}元/月起",
        "day": f"日薪{day}元",
        "hour": f"时薪{round(low / DAYS_PER_MONTH / HOURS_PER_DAY)}元",
        "year": f"年薪{low * 12 // 10_000}-{high * 12 // 10_000}万",
        "open": "面议",
    }
    return forms[style]


def _rounded(pay: float) -> int:
    return max(LEAST_PAY, round(pay / 500) * 500)
