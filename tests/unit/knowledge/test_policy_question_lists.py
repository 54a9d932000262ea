"""Questions and answers: pages of them, and lists as xlsx, csv and json in any arrangement."""

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.parsing.formats.refusal import UnreadableFile
from knowledge.parsing.questions import question_blocks
from knowledge.parsing.reader import ParsedDocument, parse

QUESTIONS = ("市集几点收摊？", "摊位怎么申请？", "下雨还办吗？")
ANSWERS = (
    "每周五二十一点收摊，节假日顺延。",
    "到街道服务站填表，三天内答复。",
    "大雨停办，小雨照常。",
)


def sheet(rows: list[list[str]]) -> bytes:
    """A workbook of one sheet, its words in the table of shared strings."""
    words = list(dict.fromkeys(cell for row in rows for cell in row if cell))
    cells = "".join(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{chr(65 + column)}{at}" t="s"><v>{words.index(cell)}</v></c>'
            for column, cell in enumerate(row)
            if cell
        )
        + "</row>"
        for at, row in enumerate(rows, 1)
    )
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", f"<workbook {space}/>")
        strings = "".join(f"<si><t>{word}</t></si>" for word in words)
        archive.writestr("xl/sharedStrings.xml", f"<sst {space}>{strings}</sst>")
        page = f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", page)
    return out.getvalue()


def listed(document: ParsedDocument) -> list[tuple[str, str, str]]:
    return [
        (unit.key, unit.path[0], document.text[unit.start : unit.end])
        for unit in document.units
        if unit.kind == "item"
    ]


def wanted() -> list[tuple[str, str, str]]:
    return [
        (f"q{number}", asked, f"{asked}\n{told}\n")
        for number, (asked, told) in enumerate(zip(QUESTIONS, ANSWERS, strict=True), 1)
    ]


ROWS = {
    "named": [["问题", "答案"], *map(list, zip(QUESTIONS, ANSWERS, strict=True))],
    "the other way round": [["答复内容", "序号", "标准问题"]]
    + [
        [told, str(at), asked]
        for at, (asked, told) in enumerate(zip(QUESTIONS, ANSWERS, strict=True))
    ],
    "no header": [list(pair) for pair in zip(ANSWERS, QUESTIONS, strict=True)],
    "short names": [["问", "答"], *map(list, zip(QUESTIONS, ANSWERS, strict=True))],
    "English": [["question", "answer"], *map(list, zip(QUESTIONS, ANSWERS, strict=True))],
}


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_is_read_whatever_its_columns_are_called(name: str, encoding: str) -> None:
    text = "\r\n".join(",".join(row) for row in ROWS[name])
    document = parse(text.encode(encoding), ".csv", "夜间市集常见问答")
    assert listed(document) == wanted()
    assert (document.metadata.title, "title" in document.metadata.guessed) == (
        "夜间市集常见问答",
        True,
    )


@pytest.mark.parametrize("name", ROWS)
def test_a_workbook_is_read_like_a_csv(name: str) -> None:
    assert listed(parse(sheet(ROWS[name]), ".xlsx", "夜间市集常见问答")) == wanted()


def test_a_caption_is_the_title_and_other_ways_to_ask_are_found() -> None:
    rows = [["夜间市集百问"], ["标准问题", "相似问法", "标准答案"]]
    rows += [[QUESTIONS[0], "几点关门；什么时候结束", ANSWERS[0]], ["", "", "以公告为准。"]]
    document = parse(sheet(rows), ".xlsx", "x")
    assert (document.metadata.title, document.metadata.guessed) == ("夜间市集百问", ())
    (unit,) = (unit for unit in document.units if unit.kind == "item")
    assert unit.path == (QUESTIONS[0], "几点关门", "什么时候结束")
    assert document.text[unit.start : unit.end] == f"{QUESTIONS[0]}\n{ANSWERS[0]}\n以公告为准。\n"


@pytest.mark.parametrize(
    "value",
    [
        [
            {"id": 7, "answer": told, "question": asked}
            for asked, told in zip(QUESTIONS, ANSWERS, strict=True)
        ],
        {
            "data": {
                "list": [
                    {"问": asked, "答": told}
                    for asked, told in zip(QUESTIONS, ANSWERS, strict=True)
                ]
            }
        },
        dict(zip(QUESTIONS, ANSWERS, strict=True)),
        [list(pair) for pair in zip(QUESTIONS, ANSWERS, strict=True)],
    ],
    ids=["records", "nested", "mapping", "pairs"],
)
def test_json_is_read_in_each_of_its_forms(value: object) -> None:
    content = json.dumps(value, ensure_ascii=False).encode()
    assert listed(parse(content, ".json", "夜间市集常见问答")) == wanted()


@pytest.mark.parametrize(
    ("content", "suffix", "code"),
    [
        ("市集,地点\n云溪,西门\n".encode(), ".csv", "no_questions"),
        (b'{"broken": [', ".json", "broken_list"),
        (b"[" * 100_000, ".json", "broken_list"),
        (sheet(ROWS["named"])[:300], ".xlsx", "broken_list"),
        ("问题,答案\n几点？,九点。\n".encode(), ".xlsx", "not_what_it_says"),
    ],
    ids=["another table", "half a list", "a deep list", "half a sheet", "no sheet"],
)
def test_what_is_no_list_of_questions_is_refused(content: bytes, suffix: str, code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        parse(content, suffix, "夜间市集常见问答")
    assert refusal.value.code == code


@given(
    st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=8),
    st.sampled_from([".csv", ".json"]),
)
@settings(max_examples=60, deadline=None)
def test_any_table_is_tiled_or_refused(rows: list[list[str]], suffix: str) -> None:
    text = json.dumps(rows) if suffix == ".json" else "\n".join(",".join(row) for row in rows)
    try:
        document = parse(text.encode("utf-8", "replace"), suffix, "夜间市集常见问答")
    except UnreadableFile:
        return
    joined = "".join(document.text[unit.start : unit.end] for unit in document.units)
    assert joined == document.text


def page(*lines: str) -> ParsedDocument:
    return parse("\n".join(["云溪夜间市集问答", *lines]).encode(), ".txt", "x")


def test_a_page_of_questions_gives_a_unit_a_question_with_its_whole_answer() -> None:
    document = page(
        "1.2031年市集办到几月？",
        "答：办到十月底。",
        "（一）周五照常；",
        "（二）周六停办。",
        "2.摊位费多少？",
        "答：每晚二十元。",
        "3.在哪里交？",
        "答：在西门窗口，也可以扫码。",
    )
    first, second, third = listed(document)
    assert first[:2] == ("q1", "2031年市集办到几月？")
    assert first[2].rstrip().endswith("（二）周六停办。")
    assert (second[1], third[1]) == ("摊位费多少？", "在哪里交？")


def test_headings_between_questions_stand_above_them() -> None:
    lines = ["一、时间", "问：几点开？", "答：十八点。", "问：几点关？", "答：二十一点。"]
    lines += ["二、费用", "问：摊位费多少？", "答：每晚二十元。"]
    blocks = question_blocks(lines)
    assert [(block.title, block.answered) for block in blocks] == [
        ("几点开？", True),
        ("几点关？", True),
        ("二、费用", False),
        ("摊位费多少？", True),
    ]


def test_a_question_in_passing_makes_no_list() -> None:
    assert (
        question_blocks(["市集办得怎么样？", "大家说好。", "一、时间", "二、地点", "三、费用"])
        == []
    )
