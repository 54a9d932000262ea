"""What comes first when nothing fits wholly."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from actions.jobs.records import JobWish, NewPosting
from actions.jobs.service import Jobs
from store.clock import SHANGHAI
from store.database import Database

NOW = datetime(2026, 3, 4, 10, tzinfo=SHANGHAI)
BEIJING, CHAOYANG, CHENGDU, KUNMING, WUHUA = "110000", "110105", "510100", "530100", "530102"


def publish(jobs: Jobs, title: str, city: str, pay: int | None, **changes: Any) -> None:
    values: dict[str, Any] = {
        "employer": "示例餐饮",
        "title": title,
        "trade": "帮厨",
        "city": city,
        "district": None,
        "salary_min": pay,
        "salary_max": pay,
        "salary_text": "面议" if pay is None else str(pay),
        "headcount": 1,
        "benefits": (),
        "description": "洗菜、切配。",
        "contact": "示例",
        "published_on": NOW.date() - timedelta(days=1),
        "expires_on": NOW.date() + timedelta(days=30),
    }
    jobs.publish(NewPosting(**{**values, **changes}), now=NOW)


@pytest.fixture
def jobs(database: Database) -> Jobs:
    return Jobs(database)


def found(jobs: Jobs, **wish: Any) -> tuple[list[str], tuple[str, ...]]:
    page = jobs.search(JobWish(**wish), now=NOW, limit=20)
    return [job.title for job in page.jobs], page.relaxed


def test_open_pay_here_comes_before_known_pay_far_away(jobs: Jobs) -> None:
    publish(jobs, "北京面议", BEIJING, None)
    publish(jobs, "成都", CHENGDU, 9000)
    wish = {"trade": "帮厨", "place": BEIJING, "salary_min": 5000}
    assert found(jobs, **wish) == (["北京面议"], ())
    page = jobs.search(JobWish(**wish), now=NOW)
    assert page.jobs[0].unknown == ("工资",)
    publish(jobs, "北京", BEIJING, 5000)
    assert found(jobs, **wish) == (["北京", "北京面议"], ())


def test_pay_too_low_here_comes_before_pay_enough_far_away(jobs: Jobs) -> None:
    publish(jobs, "北京", BEIJING, 4000)
    publish(jobs, "成都", CHENGDU, 9000)
    wish = {"trade": "帮厨", "place": CHAOYANG, "salary_min": 5000}
    assert found(jobs, **wish) == (["北京"], ("place", "salary_min"))


def test_a_near_trade_here_comes_before_the_same_far_away(jobs: Jobs) -> None:
    publish(jobs, "厨师", KUNMING, 6000, trade="厨师", district=WUHUA)
    publish(jobs, "成都帮厨", CHENGDU, 6000)
    near, relaxed = found(jobs, trade="洗碗", place=KUNMING)
    (reasons,) = (
        job.reasons for job in jobs.search(JobWish(trade="洗碗", place=KUNMING), now=NOW).jobs
    )
    assert near == ["厨师"]
    assert relaxed == ("trade",) or any("同类工种" in reason for reason in reasons)
    assert found(jobs, trade="洗碗", place=CHENGDU) == (["成都帮厨"], ())
