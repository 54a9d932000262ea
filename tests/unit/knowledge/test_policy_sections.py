"""Units tile the text; the numbered tree is read as it was written."""

import html
import io
import re
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from knowledge.parsing.numbering import find_markers
from knowledge.parsing.reader import parse
from knowledge.parsing.sections import split_sentences, split_units
from tests.unit.knowledge.zoo_files import pdf, read_once

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


@given(st.lists(FRAGMENTS, max_size=60).map("".join), st.integers(0, 80), st.integers(0, 80))
def test_asides_are_units_too(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    units = split_units(text, start, end)
    assert "".join(text[unit.start : unit.end] for unit in units) == text
    assert {unit.kind for unit in units if unit.end <= start or unit.start >= end} <= {"aside"}
    assert len({unit.key for unit in units}) == len(units)


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
    assert sections == ["标题", "第一章 总则", "第一章 总则 › 第一条", "第一章 总则 › 第二条"]


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
def test_every_notice_and_statute_is_tiled_and_each_article_found(shared: Path) -> None:
    paths = sorted((shared / "data" / "statutes").glob("*.md"))
    paths += sorted((shared / "policies").glob("*.txt"))
    assert len(paths) >= 119
    for path in paths:
        document = read_once(path)
        joined = "".join(document.text[unit.start : unit.end] for unit in document.units)
        assert joined == document.text, path.name
        keys = [unit.key for unit in document.units]
        assert len(keys) == len(set(keys)), path.name
        printed = set(re.findall(r"^(第[一二三四五六七八九十百]+条)[ 　]", document.text, re.M))
        found = {unit.path[-1].split(" ")[0] for unit in document.units if ".a" not in unit.key}
        parents = {name.split(" ")[0] for unit in document.units for name in unit.path}
        assert printed <= found | parents, path.name


@pytest.mark.shared
@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_other_formats_give_the_same_sections(shared: Path, form: str) -> None:
    paths = [*sorted((shared / "policies").glob("00[0-3]*.txt")), *_some_statutes(shared)]
    for path in paths:
        text = parse(path.read_bytes(), path.suffix)
        other = parse(
            _as(form, text.text[text.units[0].end * (text.units[0].kind == "aside") :]), f".{form}"
        )
        own = [unit for unit in text.units if unit.kind != "aside"]
        assert [unit.key for unit in other.units] == [unit.key for unit in own], path.name
        for unit, same in zip(other.units, own, strict=True):
            words = "".join(other.text[unit.start : unit.end].split())
            assert words == "".join(text.text[same.start : same.end].split()), path.name
        assert other.metadata == text.metadata, path.name


def _some_statutes(shared: Path) -> list[Path]:
    names = ("工伤保险条例", "失业保险条例", "女职工", "职工带薪年休假条例", "工资支付暂行规定")
    found = [path for name in names for path in (shared / "data" / "statutes").glob(f"{name}*")]
    assert len(found) >= len(names)
    return found


def _as(form: str, text: str) -> bytes:
    lines = text.split("\n")
    if form == "pdf":
        return _printed(lines)
    if form == "docx":
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    blocks = "".join(f"<p>　　{html.escape(line)}</p>\n" for line in lines)
    return f"<html><body><div id='zoom'>{blocks}</div></body></html>".encode("gb18030")


def _printed(lines: list[str]) -> bytes:
    """Print the lines 34 letters wide, 28 rows a page, paragraphs indented by two letters."""
    rows: list[tuple[int, str]] = []
    for line in lines:
        rows.append((96, line[:32]))
        rows += [(72, line[at : at + 34]) for at in range(32, len(line), 34)]
    return pdf(
        [
            [(x, 780 - 24 * row, 12, words) for row, (x, words) in enumerate(rows[at : at + 28])]
            for at in range(0, len(rows), 28)
        ]
    )
