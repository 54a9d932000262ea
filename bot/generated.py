"""What Rasa's model is made from that stands in no file: it is written out of our own tables."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from actions.dialogue.domain import VERSION, domain, rules
from actions.features import FEATURES
from language.trades import lookup_entries

DOMAIN = "domain.yml"
DATA = "data"
LOOKUPS = f"{DATA}/lookups"

SESSION = {
    # The channel renews sessions itself: Rasa's renewal carries every old SlotSet along
    # again, so that a long conversation would grow with the square of its length.
    "session_expiration_time": 0,
    "carry_over_slots_to_new_session": True,
}


def generated() -> dict[str, str]:
    """Return the content of each generated file by its path, ``data/`` before training data."""
    return {
        DOMAIN: _yaml({**domain(FEATURES), "session_config": SESSION}),
        f"{DATA}/rules.yml": _yaml(rules(FEATURES)),
        f"{LOOKUPS}/trades.yml": _lookup("trade", lookup_entries()),
    }


def write_generated(folder: Path) -> None:
    """Write every generated file below ``folder``."""
    for name, text in generated().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def _lookup(name: str, entries: Iterable[str]) -> str:
    """Return a lookup table as Rasa's training data has it."""
    examples = "".join(f"- {entry}\n" for entry in entries)
    return _yaml({"version": VERSION, "nlu": [{"lookup": name, "examples": examples}]})


def _yaml(content: dict[str, Any]) -> str:
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
