"""Tables: every row can be quoted with the names of its columns, in whatever file it stands."""

import io

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from knowledge.parsing.formats.grids import rows_of
from knowledge.parsing.reader import ParsedDocument, parse
from knowledge.parsing.sections import split_sentences
from knowledge.parsing.shapes import CELL

HEADER = ["岗位类别", "每人每月补贴", "最长补贴期限"]
ROWS = [["守夜员", "1650元", "两年"], ["引路员", "900元", "三个月内"]]
TOLD = "岗位类别：守夜员 | 每人每月补贴：1650元 | 最长补贴期限：两年"
OTHER = "岗位类别：引路员 | 每人每月补贴：900元 | 最长补贴期限：三个月内"
BEFORE = "云溪就业服务中心关于市集岗位补贴的通知"
LEAD = "市集岗位按下表补贴，钱在次月十日前发到本人卡里。"


def quoted(document: ParsedDocument) -> list[str]:
    """The sentences that can be quoted, in order."""
    return [
        document.text[start:end]
        for unit in document.units
        for start, end in split_sentences(document.text, unit.start, unit.end)
    ]


def markdown() -> ParsedDocument:
    rows = "\n".join(f"| {' | '.join(row)} |" for row in [HEADER, ["---"] * 3, *ROWS])
    return parse(f"# {BEFORE}\n\n{LEAD}\n\n{rows}\n".encode(), ".md", "x")


def page() -> ParsedDocument:
    rows = "".join(
        "<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>"
        for row in [HEADER, *ROWS]
    )
    body = f"<h1>{BEFORE}</h1><p>{LEAD}</p><table><tbody>{rows}</tbody></table>"
    return parse(f"<html><body><div>{body}</div></body></html>".encode(), ".html", "x")


def word() -> ParsedDocument:
    file, out = Document(), io.BytesIO()
    file.add_paragraph(BEFORE)
    file.add_paragraph(LEAD)
    table = file.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, [HEADER, *ROWS], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    file.save(out)
    return parse(out.getvalue(), ".docx", "x")


@pytest.mark.parametrize("document", [markdown(), page(), word()], ids=["md", "html", "docx"])
def test_a_row_is_quoted_with_its_header(document: ParsedDocument) -> None:
    assert [line for line in quoted(document) if CELL in line] == [TOLD, OTHER]


def test_merged_cells_count_in_each_of_their_places() -> None:
    grid = [
        ["类别", "补贴标准", "补贴标准", "备注"],
        ["类别", "首年", "次年", "备注"],
        ["守夜员", "1650元", "1200元", ""],
        ["引路员", "900元", "900元", "按月"],
    ]
    assert rows_of(grid) == [
        "类别：守夜员 | 补贴标准·首年：1650元 | 补贴标准·次年：1200元",
        "类别：引路员 | 补贴标准·首年：900元 | 补贴标准·次年：900元 | 备注：按月",
    ]


def test_a_merged_cell_of_a_page_is_told_in_every_row_it_covers() -> None:
    table = (
        "<table><tr><td>类别</td><td>工种</td><td>补贴</td></tr>"
        "<tr><td rowspan='2'>夜间</td><td>守夜员</td><td>1650元</td></tr>"
        "<tr><td>引路员</td><td>900元</td></tr></table>"
    )
    html = f"<html><body><h1>{BEFORE}</h1><p>{LEAD}</p><div>{table}</div></body></html>"
    assert quoted(parse(html.encode(), ".html", "x"))[-2:] == [
        "类别：夜间 | 工种：守夜员 | 补贴：1650元",
        "类别：夜间 | 工种：引路员 | 补贴：900元",
    ]


def test_a_table_without_header_keeps_its_rows() -> None:
    assert rows_of([["咨询电话", "0571-00001234"], ["地点", "西门窗口"]]) == [
        "咨询电话 | 0571-00001234",
        "地点 | 西门窗口",
    ]


def test_numbers_in_a_table_are_no_items() -> None:
    text = (
        f"{BEFORE}\n一、补贴\n{LEAD}\n1.首年 | 900元；2.次年 | 800元\n二、申请\n到西门窗口申请。\n"
    )
    document = parse(text.encode(), ".txt", "x")
    assert "1.首年 | 900元；2.次年 | 800元" in document.text.split("\n")
    assert {unit.key for unit in document.units} >= {"1", "2"}


def test_a_long_table_under_an_item_gives_a_unit_a_row() -> None:
    rows = [[f"第{at}类守夜员", f"{at}00元", "每月十日前发到本人卡里"] for at in range(1, 30)]
    lines = rows_of([HEADER, *rows])
    text = "\n".join([BEFORE, "一、补贴标准", LEAD, *lines, "二、申请", "到西门窗口申请。"])
    document = parse(text.encode(), ".txt", "x")
    units = [document.text[unit.start : unit.end] for unit in document.units]
    assert [unit.strip() for unit in units if CELL in unit][-28:] == lines[-28:]
    assert all(
        unit.path[0] == "一、补贴标准" for unit in document.units if unit.key.startswith("1~")
    )


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=5), max_size=6))
def test_any_table_gives_at_most_a_line_a_row(grid: list[list[str]]) -> None:
    lines = rows_of(grid)
    assert all("\n" not in line for line in lines)
    assert len(lines) <= len(grid)
