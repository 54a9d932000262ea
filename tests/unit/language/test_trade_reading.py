"""Trades said with where they are done, and words that only look like trades."""

import pytest

from language.trade_words import LOOKUP_ONLY, NO_TRADES, WORK_PLACES
from language.trades import all_trades, find_trade, lookup_entries


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("办公室保洁", "保洁员"),
        ("食品厂保安", "保安员"),
        ("流水线质检", "质检员"),
        ("进厂做电工", "电工"),
        ("电工，进厂的", "电工"),
        ("进厂", "普工"),
        ("仓库", "仓管员"),
        ("洗车工", "洗车工"),
        ("超市收银", "收银员"),
        ("叉车仓管", "仓管员"),
    ],
)
def test_a_trade_stands_behind_its_work_place(text: str, trade: str) -> None:
    found = find_trade(text)
    assert found is not None
    assert found.name == trade


@pytest.mark.parametrize("text", ["会开车的老师傅", "行政区", "小工厂", "土木工程师"])
def test_words_that_hold_a_trades_name_are_none(text: str) -> None:
    assert find_trade(text) is None


def test_exceptions_are_needed() -> None:
    names = {name for trade in all_trades().values() for name in trade.names}
    assert names >= WORK_PLACES
    for word in NO_TRADES:
        assert word not in names
        assert any(name in word for name in names)


def test_what_the_lookup_recognises_is_mostly_a_trade_here() -> None:
    """Only what is no trade (兼职, 实习生) or too rare may be left to a search by words."""
    known = lookup_entries()
    unknown = [name for name in known if find_trade(name) is None]
    assert len(known) > 300
    assert len(unknown) / len(known) < 0.05, unknown


def test_the_lookup_has_each_name_once_and_no_marked_one() -> None:
    entries = lookup_entries()
    assert len(entries) == len(set(entries))
    assert {"电工", "UI设计师", "兼职"} <= set(entries)
    assert not {"仓库", "直播", "仓库*"} & set(entries)
    names = {name for trade in all_trades().values() for name in trade.names}
    assert not names.intersection(LOOKUP_ONLY.split())
    assert not any("*" in name for name in names)


def test_there_are_enough_trades_and_no_group_is_a_jumble() -> None:
    groups = [trade.group for trade in all_trades().values()]
    assert len(groups) > 90
    assert max(map(groups.count, groups)) <= 10
