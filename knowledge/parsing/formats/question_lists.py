"""Lists of questions and answers as offices keep them: xlsx, csv and json, however arranged."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from knowledge.parsing.formats.docx import BROKEN_ARCHIVE, check_archive
from knowledge.parsing.formats.plain import decode
from knowledge.parsing.formats.refusal import UnreadableFile

MAX_ENTRIES = 5_000
MAX_COLUMNS = 60
_CAPTION = 60  # characters of a line over the whole table
_NAMES = {
    "question": r"(?:标准|常见|咨询|用户)?(?:问题?|提问|问句|问法)(?:描述|内容|标题)?|"
    r"q(?:uestion|uery)?|prompt|instruction",
    "answer": r"(?:标准|参考|官方|政策)?(?:答案?|答复|回答|回复|解答)(?:内容)?|"
    r"a(?:nswer)?|repl(?:y|ies)|response|output|completion",
    "similar": r"(?:相似|扩展|同义|其他|近似)(?:问法?|问题|问句|说法)|"
    r"similar(?:_?questions?)?|variants",
}
_COLUMNS = {name: re.compile(form, re.I) for name, form in _NAMES.items()}
_ASKING = re.compile(
    r"[？?]\s*$|怎么|如何|什么|多少|哪[里些个]|是否|能不能|可以.{0,12}吗|吗$|多久|为何|为什么"
)
_ASKED_SHARE = 0.4  # of a column's cells, from which on it is the questions'
_SPLIT = re.compile(r"[\n；;|]+")
_XML = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_CELL = re.compile(r"([A-Z]{1,3})\d+")

Rows = list[list[str]]


@dataclass(frozen=True)
class Entry:
    """A question with its whole answer, and other ways to ask it."""

    question: str
    answer: str
    similar: tuple[str, ...] = ()


def read_questions(content: bytes, kind: str) -> tuple[str, list[Entry]]:
    """Return the caption above the list ("" for none) and its entries, in order.

    ``kind`` is xlsx, csv or json. Columns are known by their names, else by what stands in
    them. Raises UnreadableFile where there are no questions.
    """
    readers = {"xlsx": _sheets, "csv": _csv, "json": _json}
    caption, entries = "", []
    for rows in readers[kind](content):
        above, rest = _captioned([row for row in rows if any(row)])
        found = list(_entries(rest))
        entries.extend(found)
        caption = caption or (above if found else "")
    if not entries:
        raise UnreadableFile("no_questions")
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFile("too_long")
    return caption, entries


def read_rows(content: bytes, kind: str) -> Iterator[Rows]:
    """Yield the tables of a file as they stand; ``kind`` is xlsx or csv. Raises UnreadableFile."""
    yield from {"xlsx": _sheets, "csv": _csv}[kind](content)


def _captioned(rows: Rows) -> tuple[str, Rows]:
    first = [cell for cell in rows[0] if cell] if rows else []
    lone = len(set(first)) == 1 and len(rows) > 1 and sum(map(bool, rows[1])) > 1
    return (first[0], rows[1:]) if lone and len(first[0]) <= _CAPTION else ("", rows)


def _entries(rows: Rows) -> Iterator[Entry]:
    columns, body = _guess(rows)
    if "question" not in columns or "answer" not in columns:
        return
    entry: Entry | None = None
    for row in body:
        question, answer = (_at(row, columns[name]) for name in ("question", "answer"))
        similar = _at(row, columns["similar"]) if "similar" in columns else ""
        if question and answer:
            if entry is not None:
                yield entry
            alike = tuple(part.strip() for part in _SPLIT.split(similar) if part.strip())
            entry = Entry(" ".join(question.split()), answer, alike)
        elif answer and entry is not None:  # the question's cell is merged over several rows
            entry = Entry(entry.question, f"{entry.answer}\n{answer}", entry.similar)
    if entry is not None:
        yield entry


def _guess(rows: Rows) -> tuple[dict[str, int], Rows]:
    """Return which column is what, and the rows below the header where there is one."""
    for at, row in enumerate(rows[:3]):
        named = {
            name: number
            for name, form in _COLUMNS.items()
            for number, cell in reversed(list(enumerate(row)))
            if form.fullmatch(re.sub(r"[\s*（(][^）)]*[）)]?$|\s", "", cell))
        }
        if {"question", "answer"} <= named.keys():
            return named, rows[at + 1 :]
    width = max(map(len, rows), default=0)
    columns = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(width)]
    shares = [
        sum(bool(_ASKING.search(cell)) for cell in each) / len(each) if each else 0
        for each in columns
    ]
    if width < 2 or max(shares) < _ASKED_SHARE:
        return {}, []
    asked = shares.index(max(shares))
    lengths = [
        sum(map(len, each)) / len(each) if each and at != asked else 0
        for at, each in enumerate(columns)
    ]
    return {"question": asked, "answer": lengths.index(max(lengths))}, rows


def _at(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _csv(content: bytes) -> Iterator[Rows]:
    text = decode(content)
    head = text[:4096]
    delimiter = max(",\t;，", key=head.count)
    try:
        yield [
            [cell.strip() for cell in row[:MAX_COLUMNS]]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise UnreadableFile("broken_list") from error


def _json(content: bytes) -> Iterator[Rows]:
    try:
        yield from _tables(json.loads(decode(content)))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("broken_list") from error


def _tables(value: Any) -> Iterator[Rows]:
    """Yield each list of records, lists or pairs in a JSON value as a table."""
    if isinstance(value, dict):
        if len(value) > 1 and all(isinstance(each, str) for each in value.values()):
            yield [["问题", "答案"], *([name, each] for name, each in value.items())]
            return
        for each in value.values():
            yield from _tables(each)
    elif isinstance(value, list):
        records = [each for each in value if isinstance(each, dict)]
        if records:
            names = list(dict.fromkeys(name for each in records for name in each))[:MAX_COLUMNS]
            yield [names, *([_text(each.get(name)) for name in names] for each in records)]
        elif value and all(isinstance(each, list) for each in value):
            yield [[_text(cell) for cell in each[:MAX_COLUMNS]] for each in value]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    return "" if value is None or isinstance(value, dict | bool) else str(value).strip()


def _sheets(content: bytes) -> Iterator[Rows]:
    try:
        check_archive(content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = sorted(
                name
                for name in archive.namelist()
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)
            )
            strings = _strings(archive)
            for name in names:
                yield _sheet(_parsed(archive.read(name)), strings)
    except UnreadableFile:
        raise
    except BROKEN_ARCHIVE as error:
        raise UnreadableFile("broken_list") from error


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = _parsed(archive.read("xl/sharedStrings.xml"))
    return [_joined(item) for item in root.iterfind("s:si", _XML)]


def _joined(item: etree._Element) -> str:
    """Return the words of a cell, without the readings that may stand above them."""
    parts = [*item.iterfind("s:t", _XML), *item.iterfind("s:r/s:t", _XML)]
    return "".join(part.text or "" for part in parts)


def _sheet(root: etree._Element, strings: Sequence[str]) -> Rows:
    rows: Rows = []
    for row in root.iterfind("s:sheetData/s:row", _XML):
        cells: dict[int, str] = {}
        for cell in row.iterfind("s:c", _XML):
            place = _CELL.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place is not None else len(cells)
            if column < MAX_COLUMNS:
                cells[column] = _value(cell, strings)
        rows.append([cells.get(at, "") for at in range(max(cells, default=-1) + 1)])
    return rows


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def _value(cell: etree._Element, strings: Sequence[str]) -> str:
    inline = cell.find("s:is", _XML)
    if inline is not None:
        return _joined(inline).strip()
    value = cell.findtext("s:v", "", _XML)
    return strings[int(value)].strip() if cell.get("t") == "s" and value else value.strip()
