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

import pytest

from actions.features import FEATURES
from store.settings import ROOT

LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
OURS: list[str] = LINTER["root_packages"]
FILES = [path for package in OURS for path in sorted((ROOT / package).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))

LONGEST_FILE = 400
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


def test_no_folder_is_crowded() -> None:
    modules = Counter(path.parent for path in FILES if path.name != "__init__.py")
    assert {path: n for path, n in modules.items() if n > MOST_SIDE_BY_SIDE} == {}


def test_no_file_imports_itself_by_way_of_others() -> None:
    modules = {_module(path): path for path in [*FILES, *TESTS]}
    imported = {name: set(_imports(path, modules)) - {name} for name, path in modules.items()}
    try:
        TopologicalSorter(imported).prepare()
    except CycleError as error:
        pytest.fail(" is imported by ".join(error.args[1]))


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def _module(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def _imports(path: Path, modules: dict[str, Path]) -> Iterator[str]:
    """Yield the modules of ours that a file imports, wherever in the file it does."""
    for node in _nodes(path):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in modules else node.module for name in whole]
        yield from (name for name in names if name in modules)


def test_no_import_is_relative() -> None:
    """An import is read here, and by whoever searches for it, by its whole name."""
    for path in [*FILES, *TESTS]:
        for node in _nodes(path):
            assert not (isinstance(node, ast.ImportFrom) and node.level), path


BROKEN = {
    # Nothing but the folder is needed for a new feature to be covered.
    "actions/gardens/rules.py": ("import actions.jobs.rules", "Features know the dialogue"),
    "actions/dialogue/turn.py": ("import actions.features", "Features know the dialogue"),
    "actions/jobs/rules.py": ("import actions.server.protocol", "The action process is nobody's"),
    "bot/cli.py": ("import bench.turn", "Rooms import only downwards"),
    "bot/messaging/loops.py": ("import actions.jobs.rules", "Messaging knows no feature"),
    "bot/channels/pigeon/loft.py": ("import bot.channels.web", "Channels do not know each other"),
}


@pytest.mark.parametrize("file", BROKEN)
def test_import_contracts_are_kept_and_find_what_breaks_them(file: str, tmp_path: Path) -> None:
    for package in OURS:
        copytree(ROOT / package, tmp_path / package, ignore=_not_python)
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    assert _broken(tmp_path) == []
    statement, contract = BROKEN[file]
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).parent.joinpath("__init__.py").touch()
    with (tmp_path / file).open("a", encoding="utf-8") as opened:
        opened.write(f"\n{statement}\n")
    assert any(name.startswith(contract) for name in _broken(tmp_path))


_not_python = ignore_patterns("*.safetensors", "*.tsv", "__pycache__", "static", "digests")


def _broken(tree: Path) -> list[str]:
    """Return the names of the contracts that a tree breaks."""
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [str(linter), "--no-cache"],
        cwd=tree,
        env={"COLUMNS": "1000"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts: " in done.stdout, done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if " BROKEN" in line]


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
    "bot/console/*/__init__.py": set[str](),
    "bot/web/*/__init__.py": set[str](),
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
