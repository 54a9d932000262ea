"""The documentation says what the code does: settings, commands, links, error codes."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from store.settings import ROOT, Settings

PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))]


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
