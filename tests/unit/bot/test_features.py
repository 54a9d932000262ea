"""The console and the public pages are shells that know no feature but by their lists."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from nicegui import app as nicegui_app
from starlette.routing import Route

import bot.console
from actions.dialogue.registry import AlreadyRegistered
from actions.dialogue.services import Services
from bot.console import feature as console
from bot.console.features import FEATURES as CONSOLE
from bot.web import feature as web
from bot.web.assets import Assets
from bot.web.features import FEATURES as WEB
from bot.web.pages import renderer
from store.database import Database
from store.settings import ROOT, Settings
from tests.support.messaging import handover

SHELLS = {"console": CONSOLE, "web": WEB}
OF_THE_SHELL = {"console": {"login"}, "web": set[str]()}
"""Folders beside the features' that belong to the shell itself."""


@pytest.mark.parametrize("shell", SHELLS)
def test_every_folder_is_in_the_list(shell: str) -> None:
    folders = {path.parent.name for path in (ROOT / "bot" / shell).glob("*/__init__.py")}
    assert {feature.name for feature in SHELLS[shell]} == folders - OF_THE_SHELL[shell]


SHOWN_IN = {
    "cases": {"policies", "transcripts"},
    "figures": {"cases", "transcripts", "unanswered"},
    "learning": {"transcripts"},
    "transcripts": {"cases", "policies"},
    "unanswered": {"policies"},
}
"""A conversation shows its turns as the transcripts do, a figure opens what is behind it, and what
was answered wrongly, or not at all, leads to the section that is right.
"""


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_imports_no_feature_and_no_feature_another(shell: str) -> None:
    folder = ROOT / "bot" / shell
    names = {feature.name for feature in SHELLS[shell]}
    for path in folder.rglob("*.py"):
        if path == folder / "features.py":
            continue
        own = {path.parent.name} if path.parent != folder else set()
        own |= SHOWN_IN.get(path.parent.name, set())
        assert imported_features(path, names) <= own, path


def imported_features(path: Path, names: set[str]) -> set[str]:
    """Return the features of either shell that a module imports anything of."""
    modules = [module.split(".") for module in imports(path)]
    shells = {part for parts in modules if parts[0] == "bot" for part in parts[2:3]}
    return shells & names


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_page_of_the_console_is_in_the_list(
    sqlite_database: Database, tmp_path: Path
) -> None:
    services = Services(sqlite_database, Settings(var_dir=tmp_path))
    bot.console.mount(FastAPI(), services, handover(sqlite_database))
    found = {route.path for route in nicegui_app.routes if isinstance(route, Route)}
    # NiceGUI's own, the icon from the second mounting of a process on.
    frame = {"/login", "/logout", "/favicon.ico"}
    pages = {path for path in found if not path.startswith("/_nicegui")} - frame
    assert pages == {address for feature in CONSOLE for address in feature.pages}


def test_nothing_of_the_console_is_registered_twice() -> None:
    one = console.ConsoleFeature("jobs", {"/jobs": "a"})
    assert console.register([one]) == (one,)
    with pytest.raises(AlreadyRegistered, match="jobs"):
        console.register([one, console.ConsoleFeature("jobs", {"/others": "b"})])
    with pytest.raises(AlreadyRegistered, match="/jobs"):
        console.register([one, console.ConsoleFeature("postings", {"/jobs": "b"})])


def test_a_link_of_the_header_leads_to_a_page_of_its_feature() -> None:
    link = console.HeaderLink("/job", "岗位", console.Group.JOBS)
    astray = console.ConsoleFeature("jobs", {"/jobs": "a"}, (link,))
    with pytest.raises(ValueError, match="/job"):
        console.register([astray])


def test_no_public_page_is_registered_twice(sqlite_database: Database, tmp_path: Path) -> None:
    def add_routes(router: APIRouter, _site: web.Site) -> None:
        router.add_api_route("/jobs", lambda: None)

    one, other = web.WebFeature("jobs", add_routes), web.WebFeature("postings", add_routes)
    with pytest.raises(AlreadyRegistered, match="jobs"):
        web.register([one, one])
    site = web.Site(renderer(Assets()), sqlite_database, Settings(var_dir=tmp_path))
    web.add_all(APIRouter(), site, [one])
    with pytest.raises(AlreadyRegistered, match="/jobs"):
        web.add_all(APIRouter(), site, [one, other])
