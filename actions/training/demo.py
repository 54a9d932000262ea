"""Seeding made-up courses, clearly marked; the same seed makes the same ones."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from actions.training.records import NewCourse
from actions.training.service import Training
from actions.training.tables import CourseRow
from language.places import NATIONAL, short_name
from store.clock import to_shanghai
from store.database import Database

SEED = 20260101
SOURCE = "示例"
PROVIDER = "示例{name}职业培训学校（{city}）"
ADDRESS = "示例路 {number} 号 {floor} 楼"
NAMES = ("启航", "匠心", "新知", "立业", "晨光", "同行")
CITIES = ("310000", "110000", "440100", "440300", "420100", "510100", "530100", "330100")
KINDS = (
    (
        "电工（初级）取证班",
        "电工",
        1280,
        "学低压电工安全操作和线路检修，练满 80 学时，带身份证报名。",
    ),
    ("焊工操作证培训班", "焊工", 1500, "手工电弧焊和二氧化碳保护焊，结业参加考证。"),
    ("叉车司机取证班", "叉车司机", 980, "理论两天，实操六天，初中以上，视力正常。"),
    ("养老护理员（初级）", "养老护理员", 0, "照护、急救和沟通，零基础能学。"),
    ("育婴员培训班", "月嫂", 0, "喂养、护理和早教，有实操教室。"),
    ("中式烹调师（初级）", "厨师", 1680, "刀工、热菜和面点，材料费含在学费里。"),
    ("西式面点班", "面点师", 1880, "蛋糕、面包和饼干，小班上课。"),
    ("家政服务员岗前培训", "家政", 0, "保洁收纳、家电使用和安全，结业推荐上岗。"),
    ("电商直播运营班", "电商运营", 600, "开店、选品和直播带货，要会用智能手机。"),
    ("短视频剪辑入门", "视频剪辑师", 600, "拍摄、剪辑和配音，自带笔记本电脑。"),
    ("会计实务班", "会计", 1200, "做账、报税和常用表格，高中以上。"),
    ("创业培训（SYB）", "", 0, "十天，教怎么做计划书和算本钱。"),
)
TIMES = (
    ("周一至周五 9:00–16:30", False, False),
    ("周六、周日 9:00–16:30", True, False),
    ("周一至周五 18:30–20:30", False, True),
    ("周二、周四晚 18:30–21:00", False, True),
)
EACH = 5
"""Courses of a city."""


def seed_courses(database: Database, *, now: datetime, seed: int = SEED) -> int:
    """Add the made-up courses that lack and renew those that have begun; return how many.

    What was taken off the list stays so. Of two processes that seed at once the second finds
    the work done.
    """
    try:
        return _seed(database, now, seed)
    except IntegrityError:
        return _seed(database, now, seed)


def demo_courses(seed: int, *, today: date) -> list[tuple[str, NewCourse]]:
    """Return the made-up courses with what they are called there; only days depend on today."""
    chance = random.Random(seed)  # noqa: S311
    made = []
    for number, city in enumerate(CITIES):
        for at in range(EACH):
            kind = KINDS[(number * EACH + at) % len(KINDS)]
            made.append((f"{city}:{at}", _course(city, kind, chance, today)))
    online = _course(NATIONAL, KINDS[9], chance, today)
    return [*made, ("online:0", replace(online, address="", fee=0, starts_on=None, ends_on=None))]


def _seed(database: Database, now: datetime, seed: int) -> int:
    today = to_shanghai(now).date()
    training = Training(database)
    with database.read() as session:
        rows = session.scalars(select(CourseRow).where(CourseRow.source == SOURCE)).all()
        known = {row.source_key: (row.open, row.starts_on) for row in rows}
    count = 0
    for key, course in demo_courses(seed, today=today):
        is_open, begins = known.get(key, (True, None))
        lapsed = begins is not None and begins <= today
        if key not in known or (is_open and lapsed):
            count += training.put(course, SOURCE, key) is not None
    return count


def _course(
    city: str, kind: tuple[str, str, int, str], chance: random.Random, today: date
) -> NewCourse:
    title, trade, fee, words = kind
    times, weekend, evening = chance.choice(TIMES)
    begins = today + timedelta(days=chance.randrange(5, 45))
    name = "线上" if city == NATIONAL else short_name(city)
    return NewCourse(
        title=title,
        trade=trade,
        provider=PROVIDER.format(name=chance.choice(NAMES), city=name),
        city=city,
        address=ADDRESS.format(number=chance.randrange(8, 188), floor=chance.randrange(1, 6)),
        starts_on=begins,
        ends_on=begins + timedelta(days=chance.randrange(10, 40)),
        times=times,
        weekend=weekend,
        evening=evening,
        fee=fee,
        subsidised=chance.random() < 0.7,
        seats=chance.choice((20, 25, 30, 40)),
        description=f"【示例课程】{words}",
        is_demo=True,
    )
