"""The zoo: one file per damage that real notices carry, with its expected sections beside it."""

import contextlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.parsing.reader import (
    ParsedDocument,
    UnreadableFile,
    parse,
    passed_over,
    read_document,
)
from tests.unit.knowledge import zoo_files
from tests.unit.knowledge.zoo_files import MADE, REFUSED, ZOO

WRITTEN = sorted(
    path
    for path in ZOO.iterdir()
    if path.suffix in (".txt", ".md", ".html") and not path.stem.endswith(".source")
)


@cache
def made(name: str) -> bytes:
    return MADE[name][1]()


def check(document: ParsedDocument, name: str) -> None:
    expected: dict[str, Any] = json.loads((ZOO / f"{name}.expected.json").read_text("utf-8"))
    found = {"kind": document.kind}
    for field, value in expected["particulars"].items():
        if field != "kind":
            stated = getattr(document.metadata, field)
            found[field] = list(stated) if isinstance(value, list) else stated
            if hasattr(stated, "isoformat"):
                found[field] = stated.isoformat()
    assert found == expected["particulars"]
    sections = [
        {
            "key": unit.key,
            "kind": unit.kind,
            "path": list(unit.path),
            "begins": document.text[unit.start : unit.end][: len(wanted["begins"])],
        }
        for unit, wanted in zip(document.units, expected["sections"], strict=False)
    ]
    assert sections == expected["sections"]
    assert [unit.key for unit in document.units] == [item["key"] for item in expected["sections"]]
    assert "".join(document.text[unit.start : unit.end] for unit in document.units) == document.text
    for word in expected.get("absent", ()):
        assert word not in document.text


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_a_damaged_file_is_read_as_expected(path: Path) -> None:
    (document,) = read_document(path)
    check(document, path.stem)


@pytest.mark.parametrize("name", MADE)
def test_a_made_file_is_read_as_expected(name: str) -> None:
    suffix, make = MADE[name]
    check(parse(make(), suffix), name)


def test_every_expectation_has_its_animal() -> None:
    expected = {path.name.removesuffix(".expected.json") for path in ZOO.glob("*.expected.json")}
    assert expected == {path.stem for path in WRITTEN} | set(MADE)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    suffix, make, reason = REFUSED[name]
    path = tmp_path / f"{name}{suffix}"
    path.write_bytes(make())
    with pytest.raises(UnreadableFile, match=reason) as caught:
        read_document(path)
    assert "\n" not in str(caught.value)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(UnreadableFile, match="超过 50 MB"):
        read_document(path)


@pytest.mark.parametrize("name", ["~$通知.docx", ".DS_Store", ".hidden.txt", "a.tmp", "Thumbs.db"])
def test_hidden_and_temporary_files_are_passed_over(name: str) -> None:
    assert passed_over(Path("notices") / name)
    assert not passed_over(Path("notices") / "通知.docx")


def test_the_bomb_is_small_on_disk() -> None:
    assert len(zoo_files.docx_bomb()) < 2**20


@pytest.mark.parametrize("name", ["printed_pages", "docx_table"])
@given(data=st.data())
@settings(max_examples=40)
def test_a_file_with_wrong_bytes_is_read_or_refused(name: str, data: st.DataObject) -> None:
    suffix, _ = MADE[name]
    content = bytearray(made(name))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=9)):
        content[place] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(len(content) // 2, 2 * len(content)))
    with contextlib.suppress(UnreadableFile):
        document = parse(bytes(content[:cut]), suffix)
        assert document.metadata.title
