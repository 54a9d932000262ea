"""What a button may carry: checked where it comes in and again where a turn is read.

A value that is none of these is refused at the door, and absent for whoever reads the turn, so
that no action meets a page of twenty digits or a visit in the year 9999. What was remembered
under the same name is held to the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from actions.dialogue.turn import Turn

SHORT = 200
LARGEST_ID = 2**31 - 1
"""PostgreSQL refuses to compare an INTEGER with more."""

FIRST_YEAR, LAST_YEAR = 2000, 2099
_DIGITS = 10


class ButtonValue(Protocol):
    """A value by its name, and which values it may have."""

    @property
    def name(self) -> str:
        """Its key in a payload, and the slot that remembers it."""

    def admits(self, value: object) -> bool:
        """Whether ``value``, as JSON has it, is one of these."""


@dataclass(frozen=True)
class Text:
    """Words of at most ``longest`` characters."""

    name: str
    longest: int = SHORT

    def admits(self, value: object) -> bool:
        """Whether ``value`` is such a text; no database keeps a NUL or half a character."""
        if not isinstance(value, str) or len(value) > self.longest:
            return False
        return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)


@dataclass(frozen=True)
class Region:
    """A GB/T 2260 code of six digits, or a place's name."""

    name: str

    def admits(self, value: object) -> bool:
        """Whether ``value`` is such a code or may be a name; ² and ٣ are digits of neither."""
        named = Text(self.name).admits(value) and not str(value)[:1].isnumeric()
        return named or (isinstance(value, str) and bool(re.fullmatch("[0-9]{6}", value)))


@dataclass(frozen=True)
class Whole:
    """A whole number from ``least`` to ``most``, both included."""

    name: str
    least: int
    most: int

    def admits(self, value: object) -> bool:
        """Whether ``value`` is such a number, also written in digits."""
        if isinstance(value, str):
            digits = value.isascii() and value.isdigit() and len(value) <= _DIGITS
            return digits and self.least <= int(value) <= self.most
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return self.least <= value <= self.most and value == int(value)


@dataclass(frozen=True)
class Moment:
    """An ISO moment with its zone, in a year in which somebody may come."""

    name: str

    def admits(self, value: object) -> bool:
        """Whether ``value`` is such a moment."""
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return False
        if moment is None or moment.tzinfo is None:
            return False
        return FIRST_YEAR <= moment.year <= LAST_YEAR


Values = Mapping[str, ButtonValue]
"""Every declared value by its name."""


def sound(values: Values, key: str, value: object) -> bool:
    """Whether ``value`` may stand under ``key``; what nobody declared nobody reads."""
    declared = values.get(key)
    return declared is None or declared.admits(value)


def sound_turn(values: Values, turn: Turn) -> Turn:
    """Return the turn without the values, pressed or remembered, that nothing can have."""
    return replace(turn, values=_sound_of(values, turn.values), slots=_sound_of(values, turn.slots))


def _sound_of(values: Values, given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if sound(values, key, value)}
