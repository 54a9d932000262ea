"""The shape of the tree: what would be one long review each time is looked at here."""

import ast
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import NamedTuple

import pytest

from actions.features import FEATURES
from store.settings import ROOT

LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
OURS: list[str] = LINTER["root_packages"]
FILES = [path for package in OURS for path in sorted((ROOT / package).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))

# Each file is read once: whoever runs one of these runs all.
of_all_files = pytest.mark.xdist_group("all_files")

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
MOST_SIDE_BY_SIDE = 20

# One process each: what these tests have loaded themselves must not count.
COMMAND_LINE = """
import sys
from bot.cli import main
sys.argv = ["zhida", "--help"]
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
ACTION_PROCESS = """
import sys
from dataclasses import replace
import actions.server.__main__
from actions.features import FEATURES
from tests.support.declared import references
for feature in FEATURES:
    for reference in references(replace(feature, evaluations=(), benches=())):
        reference.load()
print(*sys.modules, file=sys.stderr)
"""


def test_no_file_is_long() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in [*FILES, *TESTS]}
    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


@of_all_files
def test_no_function_is_long() -> None:
    """Migrations aside: each is a list of what changed."""
    lengths = {
        f"{path.relative_to(ROOT)}: {name}": lines
        for path in FILES
        if "migrations" not in path.parts
        for name, lines in _read(path).functions
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_no_folder_is_crowded() -> None:
    # A migration is a step of a chain, not a room: their number only grows.
    rooms = [path for path in FILES if path.parent.name != "versions"]
    modules = Counter(path.parent for path in rooms if path.name != "__init__.py")
    assert {path: n for path, n in modules.items() if n > MOST_SIDE_BY_SIDE} == {}


@of_all_files
def test_no_file_imports_itself_by_way_of_others() -> None:
    modules = {_module(path): path for path in [*FILES, *TESTS]}
    imported = {name: set(_imports(path, modules)) - {name} for name, path in modules.items()}
    try:
        TopologicalSorter(imported).prepare()
    except CycleError as error:
        pytest.fail(" is imported by ".join(error.args[1]))


class _Read(NamedTuple):
    """What is kept of a file: its imports, wherever they stand, and its functions' lengths."""

    imports: tuple[ast.Import | ast.ImportFrom, ...]
    functions: tuple[tuple[str, int], ...]


@cache
def _read(path: Path) -> _Read:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    return _Read(
        tuple(node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)),
        tuple(
            (node.name, (node.end_lineno or 0) - node.lineno + 1)
            for node in nodes
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ),
    )


def _module(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def _imports(path: Path, modules: dict[str, Path]) -> Iterator[str]:
    """Yield the modules of ours that a file imports, wherever in the file it does."""
    for node in _read(path).imports:
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in modules else node.module for name in whole]
        yield from (name for name in names if name in modules)


@of_all_files
def test_no_import_is_relative() -> None:
    """An import is read here, and by whoever searches for it, by its whole name."""
    for path in [*FILES, *TESTS]:
        for node in _read(path).imports:
            assert not (isinstance(node, ast.ImportFrom) and node.level), path


FORBIDDEN = {
    # Nothing but its folder is needed for a new feature, or channel, to be covered.
    "actions.gardens.rules": "actions.jobs.rules",
    "actions.jobs.rules": "actions.server.protocol",
    "actions.dialogue.turn": "actions.features",
    "bot.channels.pigeon.loft": "bot.channels.web",
    "bot.messaging.loops": "actions.jobs.rules",
    "bot.cli": "bench.turn",
    "store.clock": "language.times",
}
"""What must not import what, by one contract or another."""

_not_python = ignore_patterns("*.safetensors", "*.tsv", "__pycache__", "static", "digests")


def test_import_contracts_are_kept_and_find_what_breaks_them(tmp_path: Path) -> None:
    for package in OURS:
        copytree(ROOT / package, tmp_path / package, ignore=_not_python)
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    assert "Contracts: " in (kept := _linted(tmp_path))
    assert "BROKEN" not in kept
    for importer, imported in FORBIDDEN.items():
        file = tmp_path.joinpath(*importer.split(".")).with_suffix(".py")
        file.parent.mkdir(exist_ok=True)
        (file.parent / "__init__.py").touch()
        with file.open("a", encoding="utf-8") as opened:
            opened.write(f"\nimport {imported}\n")
    found = _linted(tmp_path)
    for importer, imported in FORBIDDEN.items():
        assert f"{importer} -> {imported}" in found


def _linted(tree: Path) -> str:
    """Return what is said of a tree's imports."""
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [str(linter), "--no-cache"],
        cwd=tree,
        env={"COLUMNS": "1000"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("script", "unwanted"),
    [
        (COMMAND_LINE, {"torch", "numpy", "sqlalchemy", "faiss"}),
        (ACTION_PROCESS, {"nicegui", "fastapi", "telegram"}),
    ],
    ids=["command line", "action process"],
)
def test_a_process_loads_only_what_it_is_for(script: str, unwanted: set[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.split(".")[0] for name in done.stderr.split()}
    assert "actions" in loaded
    assert loaded & unwanted == set()


NAMES = {feature.name for feature in FEATURES}
"""Of all features, and of the dialogue itself."""

NAMED_ALIKE = {
    "bot/console/*/__init__.py": {
        *("channels", "figures", "learning", "login", "staff", "transcripts", "unanswered"),
    },
    "bot/web/*/__init__.py": {"replies"},
    "nlu/data/*.yml": set[str](),
    "tests/chat/*/__init__.py": set[str](),
    "tests/database/*/__init__.py": {"messaging"},
    "tests/unit/*/__init__.py": {*OURS, "channels", "console", "web"},
}
"""Where features have folders or files of their own, and what stands beside them."""


@pytest.mark.parametrize("pattern", NAMED_ALIKE)
def test_a_feature_has_one_name(pattern: str) -> None:
    found = [path.relative_to(ROOT) for path in ROOT.glob(pattern)]
    names = {path.parent.name if path.name == "__init__.py" else path.stem for path in found}
    assert names <= NAMES | NAMED_ALIKE[pattern]
    assert names & NAMES


def test_every_folder_of_actions_is_a_feature_of_that_name() -> None:
    folders = {path.parent.name for path in (ROOT / "actions").glob("*/__init__.py")}
    assert folders - {"server"} == NAMES
