"""Trades in words, and how a wish is loosened."""

import pytest

from actions.jobs.records import JobWish
from actions.jobs.rules import ANYWHERE, CITY, INSIDE, PAY, PLACE, PROVINCE, TRADE, asked, loosened
from language.trades import all_trades, find_trade, related


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("电工", "电工"),
        ("水电工", "电工"),
        ("维修电工", "电工"),
        ("会电焊", "焊工"),
        ("照顾老人的活", "养老护理员"),
        ("Java开发", "软件工程师"),
        ("送外卖", "外卖骑手"),
        ("先找保安，不行就保洁", "保洁员"),
    ],
)
def test_what_people_call_a_trade(text: str, trade: str) -> None:
    found = find_trade(text)
    assert found is not None
    assert found.name == trade


def test_no_trade_is_guessed() -> None:
    assert find_trade("") is None
    assert find_trade("离家近一点") is None


def test_every_name_means_one_trade() -> None:
    names = [name for trade in all_trades().values() for name in trade.names]
    assert len(names) == len(set(names))
    for trade in all_trades().values():
        assert all(find_trade(name) == trade for name in trade.names)
        assert trade.name not in related(trade)


def test_loosening_goes_from_cheap_to_dear() -> None:
    steps = loosened(asked(JobWish(trade="电工", place="530103", salary_min=6000)))
    assert steps[0].relaxed == ()
    assert (steps[1].relaxed, steps[1].reach) == ((PLACE,), CITY)
    assert steps[2].relaxed == (PAY,)
    assert (steps[3].relaxed, steps[3].reach) == ((PLACE,), PROVINCE)
    assert set(steps[-1].relaxed) == {PLACE, PAY, TRADE}
    assert steps[-1].reach == ANYWHERE


def test_a_bare_place_is_never_loosened_to_anywhere() -> None:
    steps = loosened(asked(JobWish(place="530103")))
    assert [step.reach for step in steps] == [INSIDE, CITY, PROVINCE]


def test_words_are_kept_where_no_trade_is_known() -> None:
    wish = asked(JobWish(text="锁匠 双休"))
    assert (wish.trades, wish.words) == ((), ("锁匠", "双休"))
