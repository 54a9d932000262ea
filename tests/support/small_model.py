"""A project as ours with a few examples of each kind: Rasa really learns it, in seconds.

The pipeline, the components and the way that corrections take are the real ones; only the training
data are thin.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from store.settings import ROOT

EACH = 8
"""Examples of each intent, and of each kind of danger."""
DATA = Path("nlu") / "data"


def make_small_project(root: Path) -> None:
    """Make such a project in ``root``: everything of ours by links, the training data thinned."""
    (root / DATA / "lookups").mkdir(parents=True)
    for name in (".venv-rasa", "config.yml", "language"):
        (root / name).symlink_to(ROOT / name)
    for path in (ROOT / "nlu").iterdir():
        if path.name not in ("data", "__pycache__"):
            (root / "nlu" / path.name).symlink_to(path)
    for path in (ROOT / DATA).rglob("*.yml"):
        content = yaml.safe_load(path.read_text("utf-8"))
        for entry in content["nlu"]:
            _thin(entry)
        thinned = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (root / path.relative_to(ROOT)).write_text(thinned, "utf-8")
    dangers = (ROOT / DATA / "danger.jsonl").read_text("utf-8").splitlines()
    few = "".join(f"{line}\n" for line in _few_of_each_danger(dangers))
    (root / DATA / "danger.jsonl").write_text(few, "utf-8")


def _thin(entry: dict[str, Any]) -> None:
    """Keep a few examples of an intent, from all over; lists of names stay whole."""
    if "intent" in entry:
        lines = entry["examples"].splitlines()
        step = max(1, len(lines) // EACH)
        entry["examples"] = "\n".join(lines[::step][:EACH]) + "\n"


def _few_of_each_danger(lines: Iterable[str]) -> list[str]:
    kinds: dict[str | None, list[str]] = {}
    for line in lines:
        kinds.setdefault(json.loads(line)["danger"], []).append(line)
    return [line for found in kinds.values() for line in found[:EACH]]
