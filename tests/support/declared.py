"""What the features declare, walked through for the tests."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from actions.dialogue.deferred import Deferred


def references(part: Any) -> Iterator[Deferred]:
    """Yield everything that a declaration, or a part of one, names without loading it."""
    if isinstance(part, Deferred):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from references(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from references(value)
    elif is_dataclass(part) and not isinstance(part, type):
        for each in fields(part):
            yield from references(getattr(part, each.name))
