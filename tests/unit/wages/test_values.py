"""What of a sentence asks what work pays."""

import re

import pytest

from actions.dialogue.tasks import Words
from actions.wages.called import COMPARED
from actions.wages.chat.values import amounts, places, trades, units
from tests.chat.conftest import NOW, named_in


def words(text: str) -> Words:
    return Words(text, NOW, named_in(text))


@pytest.mark.parametrize(
    ("text", "trade", "place", "unit"),
    [
        ("电工在武汉一个月拿多少", "电工", "420100", "month"),
        ("那昆明的呢", None, "530100", None),
        ("保安呢", "保安", None, None),
        ("那一年多少", None, None, "year"),
        ("贴瓷砖的师傅一天能挣几百", "瓦工", None, "day"),
        ("跑外卖挣得多不", "外卖骑手", None, None),
        ("宁波的镀膜技师啥行情", "镀膜技师", "330200", None),
        ("全国平均工资多少", None, "100000", None),
        ("帮我找昆明的电工工作", None, None, None),
        ("工资行情", None, None, None),
    ],
)
def test_what_is_asked(text: str, trade: str | None, place: str | None, unit: str | None) -> None:
    said = words(text)
    assert next((found.value for found in trades(said)), None) == trade
    assert next((found.value for found in places(said)), None) == place
    assert next((found.value for found in units(said)), None) == unit


def test_pay_that_is_to_be_compared() -> None:
    assert [found.value for found in amounts(words("开八千给电工算高吗"))] == [8000]


@pytest.mark.parametrize(
    ("text", "compares"),
    [
        ("这个工资算高吗", True),
        ("给的钱算少不", True),
        ("这工资高不高", True),
        ("跟同行比怎么样", True),
        ("比市场价低吧", True),
        ("工资多少", False),
        ("工资怎么发", False),
        ("离地铁近不近", False),
    ],
)
def test_who_compares(text: str, *, compares: bool) -> None:
    assert bool(re.search(COMPARED, text)) == compares
