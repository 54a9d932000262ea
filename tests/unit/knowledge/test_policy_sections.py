"""Units tile the text; the numbered tree is read as it was written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numbering import chinese_number, find_markers
from knowledge.reading import parse
from knowledge.sections import split_sentences, split_units

FRAGMENTS = st.sampled_from(
    (
        *("一、", "二、", "三、", "（一）", "（二）", "1.", "2.", "（1）", "①", "②", "第一章 "),
        *("第一条 ", "第二条 ", "各区人社局：", "招聘会", "关于招聘的通知", "办好服务", "，", "。"),
        *(
            "；",
            "：",
            "\n",
            " ",
            "2020年2月6日",
            "特此通知",
            "联系人：某",
            "周一、周二",
            "第（二）项",
        ),
        *("、", "某某局"),
    )
)


@given(st.lists(FRAGMENTS, max_size=60).map("".join))
def test_units_joined_give_the_text_back(text: str) -> None:
    units = split_units(text)
    assert "".join(text[unit.start : unit.end] for unit in units) == text
    assert all(unit.start < unit.end and unit.section for unit in units)


@given(st.text(max_size=200))
def test_any_text_at_all_is_tiled(text: str) -> None:
    assert "".join(text[unit.start : unit.end] for unit in split_units(text)) == text


@given(st.lists(FRAGMENTS, max_size=60).map("".join))
def test_sentences_are_in_order_apart_and_trimmed(text: str) -> None:
    at = 0
    for start, end in split_sentences(text):
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        at = end


def test_the_tree_has_heading_paths() -> None:
    text = (
        "某市关于服务的通知\n各区人社局：\n为了服务，现通知如下：\n一、窗口服务\n"
        "（一）预约。可以预约。\n（二）消毒。每天消毒。\n二、报告。及时报告。\n特此通知。"
    )
    assert [(unit.kind, unit.section) for unit in split_units(text)] == [
        ("head", "标题"),
        ("preamble", "开头"),
        ("heading", "一、窗口服务"),
        ("item", "一、窗口服务 › （一）预约"),
        ("item", "一、窗口服务 › （二）消毒"),
        ("item", "二、报告"),
        ("closing", "结尾"),
    ]


def test_statutes_have_chapters_and_articles() -> None:
    text = (
        "某条例\n第一章 总则\n第一条 为了就业。\n第二条 适用本条例第一条。\n（一）甲；\n（二）乙。"
    )
    sections = [unit.section for unit in split_units(text)]
    assert "第一章 总则 › 第二条 › （二）乙" in sections


@pytest.mark.parametrize(
    "text",
    [
        "周一、周二办理。",
        "见第（二）项规定。",
        "依照前款（一）项办理。",
        "共3.5万人。",
        "增长2、3倍。",
    ],
)
def test_references_and_lists_are_not_items(text: str) -> None:
    assert find_markers("通知如下。" + text) == []


def test_items_inside_a_paragraph_need_the_right_order() -> None:
    text = "通知如下。一、甲。三、丙。二、乙。"
    assert [marker.label for marker in find_markers(text)] == ["一、", "二、"]


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("二十一", 21), ("一百零三", 103), ("甲", 0)]
)
def test_chinese_numbers(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.shared
def test_the_five_notices_are_tiled_and_numbered(shared: Path) -> None:
    counts = {}
    for path in sorted((shared / "policies").glob("*.txt")):
        document = parse(path.read_bytes())
        joined = "".join(document.text[unit.start : unit.end] for unit in document.units)
        assert joined == document.text
        assert "\ufffd" not in document.text
        assert "<" not in document.text
        counts[path.name[:3]] = sum(unit.kind == "item" for unit in document.units)
    assert counts == {"000": 8, "001": 15, "002": 5, "003": 10, "004": 18}


@pytest.mark.shared
def test_all_statutes_are_tiled(shared: Path) -> None:
    paths = sorted((shared / "data" / "statutes").glob("*.md"))[::6]
    assert paths
    for path in paths:
        document = parse(path.read_bytes())
        joined = "".join(document.text[unit.start : unit.end] for unit in document.units)
        assert joined == document.text, path.name
