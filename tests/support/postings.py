"""A posting as an employer hands it in."""

from datetime import timedelta
from typing import Any

from actions.jobs.records import NewPosting
from store.clock import to_shanghai
from tests.support.numbers import NOW

SHANGHAI_CODE, PUDONG = "310000", "310115"


def make(**changes: Any) -> NewPosting:
    """Return an electrician's posting in Pudong, with changes."""
    today = to_shanghai(NOW).date()
    values: dict[str, Any] = {
        "employer": "浦东机电有限公司",
        "title": "维修电工",
        "trade": "电工",
        "city": SHANGHAI_CODE,
        "district": PUDONG,
        "salary_min": 6500,
        "salary_max": 8000,
        "salary_text": "6500-8000元/月",
        "headcount": 2,
        "benefits": ("五险一金", "包住"),
        "description": "负责厂房设备电路的检修。",
        "contact": "陈经理 13900001111",
        "published_on": today - timedelta(days=1),
        "expires_on": today + timedelta(days=30),
    }
    return NewPosting(**{**values, **changes})
