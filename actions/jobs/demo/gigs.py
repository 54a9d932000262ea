"""Made-up work by the day or the hour, clearly marked; the same seed makes the same."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from actions.ids import ALPHABET, make_id
from actions.jobs.demo.data import CITIES, NAMES, City
from actions.jobs.records import GIG, GigTime, NewPosting
from language.pay import PER_MONTH
from language.places import short_name

PREFIX = "GW"
CONTACT = "演示数据，没有真实联系方式"
DESCRIPTION = "【示例零工，不是真实招聘】{duty}。当天结算，到现场先签到。"
EACH = 3
"""Gigs of a city: one every day for two months, two within the coming fortnight."""

FORTNIGHT, MONTHS = 14, 60


@dataclass(frozen=True)
class Kind:
    """A kind of gig: whole yuan by the day where the pay level is 1, minutes of the day."""

    trade: str
    industry: str
    title: str
    day_pay: int
    starts: int
    ends: int
    duty: str


KINDS = (
    Kind("搬运工", "物流", "装卸搬运日结", 220, 480, 1020, "卸货、码货，管一顿午饭"),
    Kind("分拣员", "快递", "快递分拣日结", 180, 1080, 1440, "夜里分拣包裹，站着干"),
    Kind("餐厅服务员", "餐饮", "宴会传菜日结", 160, 600, 1260, "传菜、收台，穿黑鞋"),
    Kind("保洁", "物业", "开荒保洁日结", 200, 510, 1050, "新房开荒，工具现场有"),
    Kind("促销员", "商贸", "超市促销日结", 150, 570, 1110, "介绍试吃，会说普通话"),
    Kind("普工", "包装", "礼盒包装日结", 170, 510, 1050, "装盒贴标，坐着干"),
)


def demo_gigs(seed: int, *, today: date) -> list[tuple[str, NewPosting]]:
    """Return made-up gigs of every demo city with their ids; only days depend on today."""
    chance = random.Random(f"gigs:{seed}")  # noqa: S311
    return [(_code(chance), gig) for city in CITIES for gig in _of_city(city, chance, today)]


def _of_city(city: City, chance: random.Random, today: date) -> Iterator[NewPosting]:
    for at, kind in enumerate(chance.sample(KINDS, k=EACH)):
        first = today if at == 0 else today + timedelta(days=chance.randrange(1, FORTNIGHT))
        last = first + timedelta(days=MONTHS if at == 0 else chance.randrange(0, 3))
        yield _gig(city, kind, GigTime(first, last, kind.starts, kind.ends), chance, today)


def _gig(city: City, kind: Kind, time: GigTime, chance: random.Random, today: date) -> NewPosting:
    pay = round(kind.day_pay * city.pay_level / 10) * 10
    monthly = round(pay * PER_MONTH["day"])
    return NewPosting(
        employer=f"示例{chance.choice(NAMES)}{kind.industry}（{short_name(city.code)}）有限公司",
        title=kind.title,
        trade=kind.trade,
        city=city.code,
        district=chance.choice(city.districts),
        salary_min=monthly,
        salary_max=monthly,
        salary_text=f"{pay}元/天",
        headcount=chance.choice((5, 8, 10, 20)),
        benefits=(),
        description=DESCRIPTION.format(duty=kind.duty),
        contact=CONTACT,
        published_on=today,
        expires_on=time.last_on + timedelta(days=1),
        is_demo=True,
        kind=GIG,
        pay_unit="day",
        employment="临时",
        gig=GigTime(time.first_on, time.last_on, time.starts, time.ends, day_pay=pay),
    )


def _code(chance: random.Random) -> str:
    return make_id(PREFIX, "".join(chance.choices(ALPHABET, k=6)))
