"""Several trades in a sentence, refused ones, everyday words; and words that are no trade."""

import json
from pathlib import Path

import pytest

from language.occupations.everyday import no_work, words
from language.trades import all_trades, find_trade, find_trades, related


def _names(text: str) -> tuple[list[str], list[str]]:
    found = find_trades(text)
    return [one.name for one in found.wanted], [one.name for one in found.excluded]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我想找电工或者保洁，上海", ["电工", "保洁员"]),
        ("保安、保洁、收银都可以", ["保安员", "保洁员", "收银员"]),
        ("先找保安，不行就保洁", ["保安员", "保洁员"]),
        ("电工，还是电工", ["电工"]),
        ("办公室保洁或者仓库搬运", ["保洁员", "搬运工"]),
    ],
)
def test_all_trades_that_are_wanted_are_found_in_order(text: str, wanted: list[str]) -> None:
    assert _names(text) == (wanted, [])


@pytest.mark.parametrize(
    ("text", "wanted", "excluded"),
    [
        ("不做销售", [], ["销售员"]),
        ("别给我推销售，上海的工作", [], ["销售员"]),
        ("不想再做销售了，想做文员", ["文员"], ["销售员"]),
        ("除了保洁都行", [], ["保洁员"]),
        ("销售不要", [], ["销售员"]),
        ("销售和客服都不要，文员可以", ["文员"], ["销售员", "客服专员"]),
        ("不做销售和客服", [], ["销售员", "客服专员"]),
        ("不是电工是焊工", ["焊工"], ["电工"]),
        ("不送外卖", [], ["外卖骑手"]),
        ("厨师，不要帮厨", ["厨师"], ["帮厨"]),
    ],
)
def test_a_refused_trade_is_told_apart(text: str, wanted: list[str], excluded: list[str]) -> None:
    assert _names(text) == (wanted, excluded)


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("要不要电工", "电工"),
        ("能不能做保洁", "保洁员"),
        ("电工不要经验", "电工"),
        ("不要经验的普工", "普工"),
        ("有没有不要学历的保安", "保安员"),
        ("不去上海，找电工", "电工"),
        ("做不做保洁都行", "保洁员"),
    ],
)
def test_what_is_asked_or_not_needed_is_no_refusal(text: str, trade: str) -> None:
    assert _names(text) == ([trade], [])


def test_a_refused_trade_is_never_the_one_found() -> None:
    assert find_trade("别给我推销售，上海的工作") is None


@pytest.mark.parametrize(
    ("said", "trade"),
    [
        ("跑堂的", "餐厅服务员"),
        ("泥瓦匠", "瓦工"),
        ("开叉车", "叉车司机"),
        ("开吊车", "塔吊司机"),
        ("看大门", "保安员"),
        ("带小孩", "保育员"),
        ("送外卖", "外卖骑手"),
        ("打螺丝", "普工"),
        ("站柜台", "导购员"),
        ("烧菜师傅", "厨师"),
        ("跑滴滴", "网约车司机"),
        ("教小学", "教师"),
    ],
)
def test_everyday_words_are_trades(said: str, trade: str) -> None:
    assert _names(f"想找个{said}的活") == ([trade], [])


def test_no_stray_word_becomes_a_trade() -> None:
    assert [word for word in no_work() if find_trades(word).wanted] == []


@pytest.mark.shared
def test_the_kinds_of_sentences_that_once_failed(shared: Path) -> None:
    lines = (shared / "data" / "failing_inputs.jsonl").read_text("utf-8").splitlines()
    kinds: dict[str, list[str]] = {}
    for line in map(json.loads, lines):
        kinds.setdefault(line["kind"], []).append(line["input"])
    for text in kinds["jobs/stray_words_as_trade"]:
        assert _names(text) == ([], [])
    for text in kinds["jobs/two_trades"]:
        assert len(find_trades(text).wanted) == 2
    for text in kinds["jobs/exclusion"]:
        wanted, excluded = _names(text)
        assert (wanted == ["电工"]) is ("电工" in text)
        assert (excluded == ["销售员"]) is ("销售" in text)


def test_neighbours_are_of_the_group_or_the_small_group_of_the_tree() -> None:
    trades = all_trades()
    near = related(trades["电工"])
    assert "机修工" in near  # 6-31-01 机械设备修理人员
    assert "焊工" not in near
    assert "电工" not in related(trades["焊工"])
    assert find_trade("维修电工") == trades["电工"]


def test_there_are_four_hundred_everyday_words_each_of_one_meaning() -> None:
    assert len(words()) >= 400
    assert all(len(code.split("-")) == 4 for code in words().values())
    assert not set(words()) & set(no_work())
