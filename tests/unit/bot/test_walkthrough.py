"""The walk through adding a feature: what it shows parses, and fits this checkout."""

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from store.settings import ROOT
from tests.support.walkthrough import LISTS, PAGES, Block, blocks

BLOCKS = blocks()
FILES = [block for block in BLOCKS if not block.is_edit]
EDITS = [block for block in BLOCKS if block.is_edit]
PYTHON = [block for block in FILES if block.language == "python"]
MIGRATIONS = "store/migrations/versions"


def path_of(block: Block) -> str:
    return block.path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_short_and_every_block_of_it_names_its_file(page: Path) -> None:
    text = page.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    fences = re.findall(r"^```.+$", text, re.MULTILINE)
    assert [fence for fence in fences if " title=" not in fence] == []


@pytest.mark.parametrize("block", FILES, ids=path_of)
def test_a_file_is_new_in_a_folder_that_is_there_or_the_features(block: Block) -> None:
    path = ROOT / block.path
    assert not path.exists()
    assert path.parent.is_dir() or path.parent.name == "lost_and_found"


def test_only_lists_are_edited() -> None:
    made = {block.path for block in FILES}
    assert {block.path for block in EDITS} - made == LISTS


@pytest.mark.parametrize("block", EDITS, ids=path_of)
def test_what_an_edit_replaces_is_there_once(block: Block) -> None:
    made = {each.path: each.content for each in FILES}
    text = made.get(block.path) or (ROOT / block.path).read_text("utf-8")
    assert [old for old, _ in block.hunks if text.count(old) != 1] == []


@pytest.mark.parametrize("block", PYTHON, ids=path_of)
def test_python_parses_and_is_written_as_all_of_ours(block: Block) -> None:
    ast.parse(block.text)
    for command in (["check", "--quiet"], ["format", "--check", "--quiet"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--stdin-filename", block.path, "-"],
            cwd=ROOT,
            input=block.text,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_sentences_enough_and_none_twice() -> None:
    (block,) = (block for block in FILES if block.language == "yaml")
    (intent,) = yaml.safe_load(block.content)["nlu"]
    counts = Counter(line.removeprefix("- ") for line in intent["examples"].splitlines())
    assert len(counts) >= 40
    assert max(counts.values()) == 1


def test_the_migration_comes_after_the_newest() -> None:
    newest = max(path.name[:4] for path in (ROOT / MIGRATIONS).glob("[0-9]*.py"))
    (block,) = (block for block in FILES if block.path.startswith(MIGRATIONS))
    assert f'down_revision = "{newest}"' in block.text
    assert Path(block.path).name.startswith(f"{int(newest) + 1:04}_")
