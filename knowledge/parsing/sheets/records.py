"""Lines of a plain table by the names of their columns, and what became of each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from knowledge.parsing.sheets import sentences as say
from knowledge.parsing.sheets.layout import LOOKED_AT, find_layout, is_remark
from knowledge.parsing.sheets.reader import Table, opened
from knowledge.parsing.sheets.refusal import UnreadableTable

_REMARK = re.compile(r"[（(][^（）()]*[）)]|[\s*＊：:]+")
ADDED, UPDATED, UNCHANGED, FAILED = "新增", "更新", "没有变化", "没有导入"

Columns = Mapping[str, str]
"""By field a pattern of what its column is called, without remarks in brackets."""


@dataclass(frozen=True)
class Record:
    """A line: its number as people count, its cells by field, what is empty left out.

    ``heads`` are the columns' names as they stand, by field: they may tell a unit.
    """

    number: int
    cells: Mapping[str, str]
    heads: Mapping[str, str]


@dataclass(frozen=True)
class Result:
    """What became of a line, and sentences for a clerk."""

    row: int
    outcome: str
    title: str
    notes: tuple[str, ...] = ()


@dataclass
class Report:
    """What became of a file, line by line."""

    results: list[Result] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many lines had each outcome; those that none had are left out."""
        told = [one.outcome for one in self.results]
        return {name: told.count(name) for name in OUTCOMES if name in told}

    def lines(self) -> Iterator[str]:
        """Yield each line of note, and the sums."""
        for one in self.results:
            if one.notes:
                words = {"row": one.row, "outcome": one.outcome, "title": one.title}
                yield say.ROW.format(**words, reasons="；".join(one.notes))
        counts = "，".join(f"{name} {count}" for name, count in self.counts.items())
        yield say.SUMMARY.format(rows=len(self.results), counts=counts)


OUTCOMES = (ADDED, UPDATED, UNCHANGED, FAILED)


def records(path: Path, columns: Columns, needed: Mapping[str, str]) -> Iterator[Record]:
    """Yield the lines of every table of a file that has the ``needed`` columns.

    ``needed`` are fields, each as a clerk calls it. Raises UnreadableTable, also where no table
    has them.
    """
    forms = {name: re.compile(form, re.I) for name, form in columns.items()}
    found = False
    with opened(path) as tables:
        for table in tables:
            for record in _of_table(table, forms, needed):
                found = True
                yield record
    if not found:
        raise UnreadableTable("no_columns", missing="、".join(needed.values()))


def _of_table(
    table: Table, forms: Mapping[str, re.Pattern[str]], needed: Mapping[str, str]
) -> Iterator[Record]:
    def named(name: str) -> str | None:
        plain = _REMARK.sub("", name.split("·")[-1])
        return next((field for field, form in forms.items() if form.fullmatch(plain)), None)

    head = list(islice(table.lines, LOOKED_AT))
    layout = find_layout(head, named)
    at: dict[str, int] = {}
    for place, name in enumerate(layout.names):
        what = named(name)
        if what is not None:
            at.setdefault(what, place)
    if not needed.keys() <= at.keys():
        return
    heads = {what: layout.names[place] for what, place in at.items()}
    for line in chain(head[layout.body :], table.lines):
        cells = {
            what: line.cells[place]
            for what, place in at.items()
            if place < len(line.cells) and line.cells[place]
        }
        if cells and not is_remark(line.cells):
            yield Record(line.number, cells, heads)
