"""Tables as files have them, as rows of texts: xlsx, xls, csv, and what calls itself so.

Nothing in a file is run: of a formula its stored result is read, macros are not even looked at.
This runs in a child process with limits (``child``).
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from knowledge.parsing.formats.plain import decode
from knowledge.parsing.formats.refusal import UnreadableFile
from knowledge.parsing.sheets.refusal import UnreadableTable

MAX_BYTES = 50 * 2**20
MAX_UNPACKED = 500 * 2**20
MAX_RATIO = 250
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 20_000
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".csv", ".txt", ".tsv")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f[ >/]')
_MOST_FORMULAS = 2_000
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_MACROS = "xl/vbaProject.bin"

Row = list[str]


@dataclass
class Sheet:
    """One table: its rows from the top, blank ones too; merged cells as ``(top, left, bottom,
    right)`` from 0, the last included; ``formulas`` are rows and columns from 0.
    """

    name: str
    rows: Iterator[Row]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    macros: bool = False


def read_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the tables of a file, each to be read before the next. Raises UnreadableTable."""
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableTable("unknown_type", suffix=path.suffix)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableTable("too_big", limit=MAX_BYTES // 2**20)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableTable("not_found") from error
    if not content.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise UnreadableTable("empty")
    if content.startswith(b"PK\x03\x04"):
        yield from _workbook(content, *_looked_through(content))
    elif content.startswith(_OLE):
        yield from _workbook(content, {}, macros=False)
    elif re.match(
        rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|meta|\?xml)", content[:200], re.I
    ):
        yield from _web_page(content)
    else:
        yield Sheet("", _separated(content))


def _looked_through(content: bytes) -> tuple[dict[int, set[tuple[int, int]]], bool]:
    """Return where formulas stand, by sheet, and whether there are macros; refuse a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadableTable("encrypted")
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(content), 40_000):
                raise UnreadableTable("bomb")
            names = sorted(
                (int(match[1]), name)
                for name in archive.namelist()
                if (match := _SHEET.fullmatch(name))
            )
            found: dict[int, set[tuple[int, int]]] = {}
            total = 0
            for at, (_, name) in enumerate(names):
                with archive.open(name) as part:
                    found[at], size = _formulas(part, MAX_UNPACKED - total)
                    total += size
            return found, _MACROS in archive.namelist()
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableTable("broken") from error


def _formulas(part: Any, most: int) -> tuple[set[tuple[int, int]], int]:
    """Read a sheet once, counting: a directory may lie about sizes."""
    found: set[tuple[int, int]] = set()
    rest, size = b"", 0
    while chunk := part.read(2**20):
        size += len(chunk)
        if size > most:
            raise UnreadableTable("bomb")
        text = rest + chunk
        if len(found) < _MOST_FORMULAS:
            for match in _FORMULA.finditer(text):
                found.add((int(match[2]) - 1, _column(match[1].decode())))
        rest = text[-300:]
    return found, size


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def _workbook(
    content: bytes, formulas: dict[int, set[tuple[int, int]]], macros: bool
) -> Iterator[Sheet]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for at, name in enumerate(book.sheet_names):
            sheet = book.get_sheet_by_index(at)
            merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
            yield Sheet(name, _rows(sheet), merged, formulas.get(at, set()), macros)
    except calamine.PasswordError as error:
        raise UnreadableTable("encrypted") from error
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, ValueError, OSError) as e:
        raise UnreadableTable("broken") from e


def _rows(sheet: Any) -> Iterator[Row]:
    start = sheet.start or (0, 0)
    for _ in range(start[0]):
        yield []
    for row in sheet.iter_rows():
        yield [*[""] * start[1], *(_text(cell) for cell in row[:MAX_COLUMNS])]


def _text(cell: Any) -> str:
    """Return a cell as a person sees it: whole numbers without a point, days as 2026-03-04."""
    if isinstance(cell, str):
        return cell[:MAX_CELL].strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.10g}"
    if isinstance(cell, datetime):
        plain = cell.time() == time()
        return cell.date().isoformat() if plain else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _separated(content: bytes) -> Iterator[Row]:
    try:
        text = decode(content)
    except UnreadableFile as error:
        raise UnreadableTable("garbled") from error
    head = text[:8192]
    delimiter = max(",\t;|，", key=lambda mark: head.count(mark) * (0.5 if mark in ";|，" else 1))
    csv.field_size_limit(10 * MAX_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [cell[:MAX_CELL].strip() for cell in row[:MAX_COLUMNS]]
    except csv.Error as error:
        raise UnreadableTable("broken") from error


def _web_page(content: bytes) -> Iterator[Sheet]:
    """Read the tables of a page: many a system's xls is one."""
    from lxml import etree

    try:
        text = decode(content)
    except UnreadableFile as error:
        raise UnreadableTable("garbled") from error
    parser = etree.HTMLParser(no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(re.sub(r"<\?xml[^>]*\?>", "", text), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableTable("broken") from error
    for table in [] if root is None else root.iter("table"):
        rows, merged = _laid_out(table)
        yield Sheet("", iter(rows), merged)


def _laid_out(table: Any) -> tuple[list[Row], list[tuple[int, int, int, int]]]:
    rows: list[dict[int, str]] = []
    merged: list[tuple[int, int, int, int]] = []
    taken: set[tuple[int, int]] = set()
    for line in table.iter("tr"):
        row: dict[int, str] = {}
        number, column = len(rows), 0
        for cell in line.iterchildren("td", "th"):
            while (number, column) in taken:
                column += 1
            down, across = (_span(cell.get(name)) for name in ("rowspan", "colspan"))
            if column >= MAX_COLUMNS:
                break
            row[column] = " ".join("".join(cell.itertext()).split())[:MAX_CELL]
            if down > 1 or across > 1:
                merged.append((number, column, number + down - 1, column + across - 1))
            taken |= {(number + d, column + a) for d in range(down) for a in range(across)}
            column += across
        rows.append(row)
    return [[row.get(at, "") for at in range(max(row, default=-1) + 1)] for row in rows], merged


def _span(value: str | None) -> int:
    return min(max(int(value), 1), 500) if value and value.isdigit() else 1
