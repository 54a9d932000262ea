"""Errors are data: every code is stable, its own, and put into words where people meet it."""

import ast
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from actions.appointments.chat import sentences as chat
from actions.appointments.errors import WindowError
from bot.commands.backup import SENTENCES as BACKUPS_REFUSED
from bot.console.appointments import sentences as hall_console
from bot.console.policies import sentences as policy_console
from bot.errors import SENTENCES
from knowledge.sentences import DOCUMENT_ERRORS, UNREADABLE_FILE
from store.errors import ZhidaError
from store.settings import ROOT

# Everything is imported once, and each file read once: whoever runs one of these runs all.
pytestmark = pytest.mark.xdist_group("error_codes")

PACKAGES = ("actions", "bot", "knowledge", "language", "store")
PROGRAMS = re.compile(r"(^|\.)(__main__|migrations|training|cli)(\.|$)")
SNAKE_CASE = re.compile(r"[a-z]+(_[a-z]+)*")

SPOKEN_BY_TYPE = {
    "already_booked",
    "already_waiting",
    "overlaps",
    "too_early",
    "too_far_ahead",
    "too_late",
    "too_many_bookings",
    "unknown_business",
    "unknown_hall",
}
"""What the chat says of these needs more than the code: ``refusals`` and ``check_in``."""

NEVER_SHOWN = {"cannot_plan", "window_error"}
"""For the log, and the root."""


def modules() -> Iterator[str]:
    for package in PACKAGES:
        found = pkgutil.walk_packages([str(ROOT / package)], f"{package}.")
        yield from (module.name for module in found if not PROGRAMS.search(module.name))


def kinds(root: type[ZhidaError]) -> set[type[ZhidaError]]:
    below = {kind for child in root.__subclasses__() for kind in kinds(child)}
    return {root, *below}


@pytest.fixture(scope="module")
def errors() -> set[type[ZhidaError]]:
    for module in modules():
        importlib.import_module(module)
    return {kind for kind in kinds(ZhidaError) if kind.__module__.split(".")[0] in PACKAGES}


def raised(error: str, *packages: str) -> set[str]:
    """The codes that stand in ``packages`` where ``error`` is made, in its first text argument."""
    return {
        code
        for package in packages
        for file in (ROOT / package).rglob("*.py")
        for call in calls(file)
        for code in codes_of(call, error)
    }


@cache
def calls(file: Path) -> tuple[ast.Call, ...]:
    """The calls by a plain name in a file."""
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    return tuple(
        node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )


def codes_of(call: ast.Call, error: str) -> set[str]:
    if not isinstance(call.func, ast.Name) or call.func.id != error:
        return set()
    for argument in call.args:
        texts = {
            node.value
            for node in ast.walk(argument)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        if texts:
            return texts
    return set()


def test_every_error_has_a_code_of_its_own(errors: set[type[ZhidaError]]) -> None:
    named = {kind for kind in errors if "code" in vars(kind)}
    # Whose errors have several codes gives each its own when it is raised.
    assert {kind.__name__ for kind in errors - named} <= {"ApiError"}
    assert [code for code, n in Counter(kind.code for kind in named).items() if n > 1] == []
    assert [kind.code for kind in named if not SNAKE_CASE.fullmatch(kind.code)] == []


def test_every_refusal_of_the_halls_has_a_sentence(errors: set[type[ZhidaError]]) -> None:
    codes = {kind.code for kind in errors if issubclass(kind, WindowError)}
    said = {*chat.REFUSED, *hall_console.REFUSED, *SPOKEN_BY_TYPE}
    assert codes - said == NEVER_SHOWN
    assert {*chat.REFUSED, *SPOKEN_BY_TYPE} <= codes
    assert {*hall_console.REFUSED} <= {*codes, "windows_busy"}


def test_every_code_of_a_document_has_a_sentence() -> None:
    assert raised("DocumentError", "knowledge", "bot") == set(DOCUMENT_ERRORS)


def test_every_code_of_a_file_has_a_sentence() -> None:
    assert raised("UnreadableFile", "knowledge") == set(UNREADABLE_FILE)


def test_every_code_of_a_backup_has_a_sentence() -> None:
    assert raised("BackupRefused", "store", "bot") == set(BACKUPS_REFUSED)


def test_every_code_of_a_sample_question_has_a_sentence() -> None:
    assert raised("SampleQuestionRefused", "knowledge") == set(policy_console.ASKS_REFUSED)


def test_every_code_over_http_has_a_sentence() -> None:
    codes = raised("ApiError", "bot")
    assert codes
    assert codes <= set(SENTENCES)
