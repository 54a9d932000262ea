"""How many people are wanted, as those who look for them say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.counts import read_count
from language.numerals import in_chinese

SAID = [
    ("招三个保洁", (3, 3)),
    ("厨房缺俩人", (2, 2)),
    ("想找仨小工", (3, 3)),
    ("我们要十来个", (10, 15)),
    ("招两三人", (2, 3)),
    ("招保安三五个吧", (3, 5)),
    ("招聘普工二十多名", (21, 29)),
    ("车间要十几个人", (11, 19)),
    ("需要百来号人", (100, 150)),
    ("招十七八个", (17, 18)),
    ("要二三十人", (20, 30)),
    ("招３－５名焊工", (3, 5)),
    ("招服务员三到五位，包吃住", (3, 5)),
    ("招聘电工2名，月薪6000", (2, 2)),
    ("至少招三个", (3, None)),
    ("招至少三个", (3, None)),
    ("要五个人以上", (5, None)),
    ("最多五个", (1, 5)),
    ("三人起", (3, None)),
    ("招起重工三名", (3, 3)),
    ("招司机，不超过四名", (1, 4)),
    ("要十人以内", (1, 10)),
    ("三个", (3, 3)),
    ("大概两个人", (2, 2)),
    ("還差兩個人", (2, 2)),
    ("招一百二十人", (120, 120)),
]

NO_COUNT = [
    *("招人", "招几个人", "招保洁，三十岁以下", "招保洁，三个月试用", "要三个小时", "一个月六千"),
    *(
        "招电工，两人间宿舍",
        "要三年经验",
        "每天十个小时",
        "要俩月才发工资",
        "招零个",
        "我有三个孩子",
    ),
    *("", "要五到三个"),
]


@pytest.mark.parametrize(("text", "meant"), SAID)
def test_a_count_of_people_is_read(text: str, meant: tuple[int, int | None]) -> None:
    assert read_count(text) == meant


@pytest.mark.parametrize("text", NO_COUNT)
def test_other_numbers_count_no_people(text: str) -> None:
    assert read_count(text) is None


@given(st.integers(1, 999))
def test_a_count_is_the_same_in_words_and_figures(number: int) -> None:
    plain = in_chinese(number).replace("零", "")
    assert read_count(f"招{number}人") == (number, number)
    if plain == in_chinese(number):
        assert read_count(f"招{plain}人") == (number, number)


@given(st.text(max_size=100))
def test_any_text_is_survived(text: str) -> None:
    count = read_count(text)
    assert count is None or count[0] > 0


def test_a_long_message_is_read_at_once() -> None:
    assert read_count("招" + "," * 20_000) is None
    assert read_count("招" * 20_000 + "三个人") == (3, 3)
