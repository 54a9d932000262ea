"""The made-up postings: marked, varied, consistent, the same for the same seed."""

from collections import Counter
from datetime import date

import pytest

from actions.ids import read_id
from actions.jobs.demo.postings import SEED, demo_postings
from actions.jobs.service import PREFIX
from language.pay import read_pay
from language.places import city_of, own_name
from language.trades import all_trades

TODAY = date(2026, 3, 4)
HIGHEST_MINIMUM_WAGE = 2740
"""Shanghai's since July 2025, yuan per month."""

SEEDS = [SEED, 1, 2, 3]


@pytest.mark.parametrize("seed", SEEDS)
def test_there_are_120_in_eight_cities(seed: int) -> None:
    made = demo_postings(seed, today=TODAY)
    cities = Counter(own_name(posting.city) for _, posting in made)
    assert len({code for code, _ in made}) == 120
    assert len(cities) == 8
    assert cities["上海市"] >= 15
    assert {"北京市", "昆明市", "武汉市", "广州市"} <= cities.keys()


@pytest.mark.parametrize("seed", SEEDS)
def test_shanghai_wants_electricians_for_six_thousand(seed: int) -> None:
    paid = [
        posting
        for _, posting in demo_postings(seed, today=TODAY)
        if posting.city == "310000"
        and posting.trade == "电工"
        and (posting.salary_min or 0) >= 6000
    ]
    assert len(paid) >= 4


@pytest.mark.parametrize("seed", SEEDS)
def test_each_is_consistent_and_clearly_marked(seed: int) -> None:
    for code, posting in demo_postings(seed, today=TODAY):
        assert read_id(PREFIX, code) == code
        assert posting.is_demo
        assert posting.employer.startswith("示例")
        assert posting.employer.endswith("公司")
        assert "不是真实招聘" in posting.description
        assert not any(character.isdigit() for character in posting.contact)
        assert posting.trade in all_trades()
        assert posting.district is None or city_of(posting.district) == posting.city
        assert posting.district is None or own_name(posting.district)
        pay = read_pay(posting.salary_text)
        stated = (pay.min, pay.max) if pay else (None, None)
        assert stated == (posting.salary_min, posting.salary_max)
        assert posting.salary_min is None or posting.salary_min >= HIGHEST_MINIMUM_WAGE
        assert posting.published_on <= TODAY < posting.expires_on


@pytest.mark.parametrize("seed", SEEDS)
def test_they_vary(seed: int) -> None:
    postings = [posting for _, posting in demo_postings(seed, today=TODAY)]
    assert len({posting.trade for posting in postings}) >= 30
    assert len({posting.description for posting in postings}) >= 100
    assert 5 <= sum(posting.salary_min is None for posting in postings) <= 45
    assert any(posting.district is None for posting in postings)


def test_nobody_is_kept_out_for_who_they_are() -> None:
    for _, posting in demo_postings(SEED, today=TODAY):
        for word in ("男", "女", "岁", "民族", "户籍", "未婚", "已婚", "形象", "身高", "乙肝"):
            assert word not in posting.title + posting.description


def test_the_same_seed_makes_the_same_ones() -> None:
    assert demo_postings(7, today=TODAY) == demo_postings(7, today=TODAY)
    assert [code for code, _ in demo_postings(7, today=TODAY)] == [
        code for code, _ in demo_postings(7, today=date(2027, 1, 1))
    ]
    assert demo_postings(7, today=TODAY) != demo_postings(8, today=TODAY)
