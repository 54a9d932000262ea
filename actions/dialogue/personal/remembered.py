"""Remembered values as the person they are of sees them: called, said and corrected."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Remembered:
    """A slot that tells of a person: its ``title``, and how a value of it is said.

    ``read(text)`` finds a new value in a sentence, None where there is none; without it the
    lookup tables do, which know the slot's entity.
    """

    title: str
    words: Callable[[Any], str] = str
    read: Callable[[str], Any] | None = None
