"""What a sentence asks for: what is told beside the wish is none of it."""

from datetime import datetime
from typing import Any

import pytest

from actions.jobs.matching.relevance import wish_in
from actions.jobs.records import JobWish
from actions.jobs.rules import asked, trade_of
from actions.jobs.service import Jobs
from store.clock import SHANGHAI
from store.database import Database

NOW = datetime(2026, 3, 4, 10, tzinfo=SHANGHAI)
CAIDIAN, WUCHANG = "420114", "420106"


def read(database: Database, text: str) -> JobWish:
    return wish_in(Jobs(database), text, NOW).as_job_wish()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("会计，蔡甸太远去不了", {"not_places": (CAIDIAN,), "place": None}),
        ("会计，蔡甸那边太远了，不考虑", {"not_places": (CAIDIAN,), "place": None}),
        ("会计，三五年经验", {"needs": ("3年经验",)}),
        ("会计，3-5年经验", {"needs": ("3年经验",)}),
        ("教过初中数学，找会计", {"needs": ()}),
        ("会计，初中毕业", {"needs": ("初中学历",)}),
        ("在家带娃，能做的兼职", {"trade": None, "text": ""}),
        ("找个带孩子的活", {"trade": "带孩子"}),
        ("会计，做过两年，七八千", {"salary_min": 7000}),
        ("文员那种坐办公室的", {"trade": "文员"}),
        ("销售，没经验可以学", {"needs": ("有人带", "无经验"), "not_needs": ()}),
        ("不上夜班的会计", {"trade": "会计", "not_trades": (), "not_needs": ("夜班",)}),
        ("会计，兼职勿扰", {"needs": (), "not_needs": ("兼职",)}),
        ("游戏行业不去，会计", {"trade": "会计", "not_needs": ("游戏",)}),
        ("主播，不露脸", {"trade": "主播", "not_needs": ("出镜",)}),
        ("大专，要求本科的别推，会计", {"needs": ("大专学历",)}),
        ("不出差的商务", {"text": "商务", "not_needs": ("出差",)}),
        ("我媳妇说做保安稳定，我自己想做会计", {"trade": "会计"}),
    ],
)
def test_what_is_wished_for(sqlite_database: Database, text: str, said: dict[str, Any]) -> None:
    wish = read(sqlite_database, text)
    assert {name: getattr(wish, name) for name in said} == said


def test_who_helps_in_another_trade_is_no_secretary() -> None:
    names = {text: getattr(trade_of(text), "name", None) for text in ("行政助理", "总经理助理")}
    assert names == {"行政助理": "文员", "总经理助理": "秘书"}
    assert getattr(trade_of("产品助理"), "name", None) != "秘书"


def test_a_part_that_is_refused_does_not_refuse_the_trade() -> None:
    wish = asked(JobWish(trade="销售", not_trades=("房产销售",)))
    assert (wish.not_phrases, wish.not_trades) == (("房产销售",), ())
