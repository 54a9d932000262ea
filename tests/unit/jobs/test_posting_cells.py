"""What cells of posting tables say: pay in every form, places, days, lists, markup."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.jobs.imports import cells
from actions.jobs.imports.columns import field_named
from actions.jobs.requirements import brought_in, education_in, experience_in
from knowledge.parsing.sheets.days import day_in


@pytest.mark.parametrize(
    ("text", "unit", "low", "high", "by", "months"),
    [
        ("1.5万-2.5万", "", 15000, 25000, "month", None),
        ("8-12", "千/月", 8000, 12000, "month", None),
        ("12-18", "万/年", 10000, 15000, "year", None),
        ("10-15万/年", "", 8333, 12500, "year", None),
        ("200", "元/天", 4350, 4350, "day", None),
        ("150-200元/天", "", 3262, 4350, "day", None),
        ("18-30K·15薪", "", 18000, 30000, "month", 15),
        ("12-30k·13薪", "", 12000, 30000, "month", 13),
        ("20-40万·16薪", "", 16667, 33333, "year", 16),
        ("薪资面议", "", None, None, "", None),
        ("8000", "", 8000, 8000, "month", None),
        ("6000元以上", "", 6000, None, "month", None),
    ],
)
def test_pay(
    text: str, unit: str, low: int | None, high: int | None, by: str, months: int | None
) -> None:
    pay = cells.pay_in(text, unit)
    assert (pay.min, pay.max, pay.unit, pay.months, pay.problem) == (low, high, by, months, "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("0", "PAY_ZERO"),
        ("9999999", "PAY_ODD"),
        ("300元/次", "PAY_UNREAD"),
        ("12000-8000", "PAY_TURNED"),
    ],
)
def test_pay_that_is_not_believed_says_so(text: str, problem: str) -> None:
    assert cells.pay_in(text).problem == problem


@given(st.text(max_size=40))
def test_any_cell_is_read(text: str) -> None:
    pay = cells.pay_in(text)
    assert pay.min is None or pay.max is None or pay.min <= pay.max
    day_in(text)
    cells.people_in(text)
    cells.hours_in(text)
    cells.items_in(text)
    plain, _ = cells.plain_text(text)
    assert "<script" not in plain.lower()


@pytest.mark.parametrize(
    ("text", "within", "codes"),
    [
        ("上海 | 北京", "", ("310000", "110000")),
        ("武汉-洪山区-关山", "", ("420111",)),
        ("青山", "420100", ("420107",)),
        ("东湖高新区", "420100", ("420111",)),
        ("火星", "", ()),
    ],
)
def test_places(text: str, within: str, codes: tuple[str, ...]) -> None:
    assert cells.places_in(text, within) == codes


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-3-4 11:06:13", date(2026, 3, 4)),
        ("2026年3月4日", date(2026, 3, 4)),
        ("46085", date(2026, 3, 4)),
        ("3月4日", date(2026, 3, 4)),
        ("长期", None),
        ("2026-13-45", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert day_in(text, date(2026, 2, 1)) == day


def test_markup_is_taken_off_and_what_is_active_is_told() -> None:
    assert cells.plain_text("<p>你好</p><script>alert(1)</script>&lt;b&gt;x&lt;/b&gt;") == (
        *("你好\nx", True),
    )
    assert cells.plain_text('<img src=x onerror="y">图') == ("图", True)
    assert cells.plain_text("a < b") == ("a < b", False)


@pytest.mark.parametrize(
    "text", ["['五险一金', '双休']", "五险一金;双休;", "五险一金、双休", '["五险一金","双休"]']
)
def test_lists_as_text(text: str) -> None:
    assert cells.items_in(text) == ("五险一金", "双休")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("职位名称", "title"), ("公司", "employer"), ("薪资（千/月）", "pay"),
        ("所在区县", "district"),
        ("招聘人数（人）", "headcount"), ("学历要求", "education"), ("工作年限", "experience"),
        ("岗位职责", "description"), ("联系电话", "contact"), ("职位编号", "key"),
        ("最低薪资", "pay_min"), ("福利待遇", "benefits"), ("序号", "ignored"), ("年龄", None),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names(name: str, field: str | None) -> None:
    assert field_named(name) == field


@pytest.mark.parametrize(
    ("text", "years", "level"),
    [
        ("1-3年本科", (1, 3), 5),
        ("经验不限大专", (0, None), 4),
        ("3年及以上", (3, None), None),
        ("1年以下", (0, 1), None),
        ("高中（中专）及以上", None, 2),
        ("硕士研究生", None, 6),
    ],
)
def test_what_an_ad_asks_for(
    text: str, years: tuple[int, int | None] | None, level: int | None
) -> None:
    assert (experience_in(text), education_in(text)) == (years, level)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("做了两年会计，大专", {"2年经验", "大专学历"}),
        ("冇得经验", {"无经验"}),
        ("2026年毕业", set()),
        ("学历不限的", {"学历不限"}),
    ],
)
def test_what_a_person_brings(text: str, names: set[str]) -> None:
    assert {one.name for one in brought_in(text)} == names
