"""What Rasa is trained on besides the files in ``nlu``: written from our own tables."""

from collections.abc import Iterable
from pathlib import Path

import yaml

from language.trades import lookup_entries


def generated() -> dict[str, str]:
    """Return the content of each generated file by its path; ``data/`` is training data."""
    return {"data/trades.yml": _lookup("trade", lookup_entries())}


def write_generated(folder: Path) -> None:
    """Write the generated files into ``folder``, which is made where it is missing."""
    for name, content in generated().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def _lookup(name: str, entries: Iterable[str]) -> str:
    """Return a lookup table as Rasa's training data has it."""
    examples = "".join(f"- {entry}\n" for entry in entries)
    table = {"version": "3.1", "nlu": [{"lookup": name, "examples": examples}]}
    return str(yaml.safe_dump(table, allow_unicode=True, sort_keys=False))
