"""The shipped asks point at what the documents say, and no question is listed twice."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import knowledge
from knowledge.answering.regulations import LOCAL, NOWHERE
from knowledge.documents.sample_questions import (
    SampleQuestion,
    known_by,
    shipped_sample_questions,
    statute_key,
    statute_of,
    taught_documents,
)
from knowledge.laws.catalogue import listed_laws
from knowledge.parsing.reader import ParsedDocument, parse

ROOM = Path(knowledge.__file__).parent
FILES = sorted((ROOM / "documents" / "shipped_questions").glob("*.tsv"))
STATUTES = sorted((ROOM / "documents" / "shipped_questions" / "statutes").glob("*.tsv"))
UNCOVERED = ROOM / "documents" / "shipped_questions" / "unanswered.txt"
KEY = re.compile(r"(?:0|end|p\d+|a\d+(?:\.\d+)*|\d+(?:\.\d+)*)")
LEAST_PER_SECTION = 10


@dataclass(frozen=True)
class Row:
    """One line of a shipped file: where the answer stands, its words, the question."""

    sections: tuple[str, ...]
    about: tuple[str, ...]
    text: str


@cache
def document_of(path: Path) -> str:
    """Return the document's number (or title) that the first line names."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith("@document "), f"{path.name}: {first}"
    return first.removeprefix("@document ").strip()


@cache
def rows_of(path: Path) -> tuple[Row, ...]:
    """Return the rows after the first line; comments are left out."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        if line.startswith("#"):
            continue
        columns = line.split("\t")
        assert len(columns) == 3, f"{path.name}: {line}"
        sections, about, text = columns
        terms = () if about == "-" else tuple(about.split(" "))
        rows.append(Row(tuple(sections.split("|")), terms, text))
    return tuple(rows)


def by_name(paths: list[Path]) -> dict[str, ParsedDocument]:
    """Return the parsed documents by number, or by title where there is no number."""
    parsed = (parse(path.read_bytes()) for path in paths)
    return {one.metadata.doc_no or one.metadata.title: one for one in parsed}


@pytest.fixture(scope="module")
def digests() -> dict[str, ParsedDocument]:
    """The project's own digests."""
    return by_name(sorted((ROOM / "documents" / "digests").glob("*.md")))


@pytest.fixture(scope="module")
def originals(shared: Path) -> dict[str, ParsedDocument]:
    """The notices as they were published."""
    return by_name(sorted((shared / "policies").glob("*.txt")))


def units_of(document: ParsedDocument) -> dict[str, str]:
    """Return the text of each unit by its key."""
    return {unit.key: document.text[unit.start : unit.end] for unit in document.units}


def test_there_are_shipped_asks_each_for_another_document() -> None:
    assert FILES
    assert len({document_of(path) for path in FILES}) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_is_well_formed(path: Path) -> None:
    for row in rows_of(path):
        assert all(KEY.fullmatch(key) for key in row.sections), row
        assert len(row.about) <= 3, row
        assert all(len(term) >= 2 for term in row.about), row
        assert row.text == row.text.strip(), row
        assert 4 <= len(row.text) <= 40, row


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_section_is_asked_for_in_many_ways(path: Path) -> None:
    counts = Counter(row.sections[0] for row in rows_of(path))
    assert {key: n for key, n in counts.items() if n < LEAST_PER_SECTION} == {}


def test_no_question_stands_twice() -> None:
    counts = Counter(row.text for path in FILES for row in rows_of(path))
    counts.update(UNCOVERED.read_text(encoding="utf-8").splitlines())
    assert [text for text, n in counts.items() if n > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_document_is_one_with_a_digest(path: Path, digests: dict[str, ParsedDocument]) -> None:
    assert document_of(path) in digests


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_named_sections_exist_and_use_the_words(
    path: Path, digests: dict[str, ParsedDocument], originals: dict[str, ParsedDocument]
) -> None:
    original = units_of(originals[document_of(path)])
    known = original.keys() | units_of(digests[document_of(path)]).keys()
    for row in rows_of(path):
        assert row.sections[0] in original, row
        assert known.issuperset(row.sections), row
        text = "".join(original.get(key, "") for key in row.sections)
        assert [term for term in row.about if term not in text] == [], row


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_item_of_the_original_is_asked_for(
    path: Path, originals: dict[str, ParsedDocument]
) -> None:
    items = {unit.key for unit in originals[document_of(path)].units if unit.kind == "item"}
    assert items <= {key for row in rows_of(path) for key in row.sections}


def test_statutes_are_listed_laws_or_regulations_each_with_many_questions() -> None:
    by_statute: dict[str, list[SampleQuestion]] = {}
    for asked in shipped_sample_questions():
        if name := statute_of(asked.doc_key):
            by_statute.setdefault(name, []).append(asked)
    laws = {law.name for law in listed_laws()}
    assert {LOCAL, NOWHERE} <= by_statute.keys()  # what no statute says is asked, too
    assert len(laws & by_statute.keys()) > 20
    assert {"工伤保险条例", "失业保险条例", "女职工劳动保护特别规定"} <= by_statute.keys() - laws
    for name, some in by_statute.items():
        pairs = [(asked.sections, asked.text) for asked in some]
        assert len(set(pairs)) == len(pairs), name
        assert all(re.fullmatch(r"a\d+", key) for asked in some for key in asked.sections), name


def test_a_notice_that_brings_a_statute_is_asked_for_like_it() -> None:
    title = "劳动部关于发布《企业职工患病或非因工负伤医疗期规定》的通知"
    assert "企业职工患病或非因工负伤医疗期规定" in map(statute_of, known_by("notice", "", title))
    assert known_by("statute", "", "中华人民共和国劳动法（2018修正）")[1] == statute_key("劳动法")
    assert statute_key("劳动法") not in taught_documents()
