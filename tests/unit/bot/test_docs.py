"""The documentation says what the code does: settings, commands, links, error codes."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from store.settings import ROOT, Settings
from tests.support.walkthrough import blocks

MADE = {Path(block.path).parent for block in blocks() if not (ROOT / block.path).parent.exists()}
NEW = {folder.name for folder in MADE}
"""Names that only the walk through adding a feature has."""

PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))]

IGNORED = {line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()}
TOP = [
    path
    for path in sorted(ROOT.glob("[a-z]*/"))
    if not any(path.match(ignored) for ignored in IGNORED)
]
SOURCES = [path for top in TOP for path in sorted(top.rglob("*.py"))]
PACKAGES = [path.parent for top in TOP for path in sorted(top.glob("*/__init__.py"))]
FOLDERS = [path.relative_to(ROOT) for path in [*TOP, *PACKAGES] if path.parent.name != "tests"]
"""Those at the top, and the packages in them; of tests, the row of the table says which."""


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(ZHIDA_\w+)`", page, re.MULTILINE))
    assert documented == {f"ZHIDA_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_settings_named_in_a_page_exist(page: Path) -> None:
    known = {f"ZHIDA_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"ZHIDA_[A-Z_]+[A-Z]", page.read_text("utf-8"))) <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_named_in_a_page_exist(page: Path) -> None:
    runner = CliRunner()
    for words in set(
        re.findall(r"zhida ((?:[a-z]+(?:-[a-z]+)*)(?: [a-z]+)?)", page.read_text("utf-8"))
    ):
        command = words.split()
        if runner.invoke(app, [*command, "--help"]).exit_code != 0:
            assert runner.invoke(app, [command[0], "--help"]).exit_code == 0, words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_named_in_a_page_exist(page: Path) -> None:
    """By their whole path, or by its end where the page says which folder it is about."""
    for named in re.findall(r"`(\w[\w/.-]+)`", page.read_text("utf-8")):
        top = named.partition("/")[0]
        if "/" in named and (ROOT / top) in TOP:
            made = Path(named).stem in NEW
            assert made or (ROOT / named).exists(), named
        elif named.endswith(".py"):
            assert any(path.match(f"*/{named}") for path in SOURCES), named


def test_the_table_of_folders_names_every_folder() -> None:
    """A row for each folder at the top and each package in it; ``<…>`` stands for any of them."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    table = page.partition("## Where things are")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    named = [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]
    patterns = [re.sub(r"<\w+>", "*", name) for name in named]
    for pattern in patterns:
        assert any(path.is_dir() for path in ROOT.glob(pattern)), pattern
    assert FOLDERS
    for folder in FOLDERS:
        assert any(folder.match(pattern) for pattern in patterns), folder
