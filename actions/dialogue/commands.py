"""What a message says in its context, as commands: the one form in which it is acted on."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

START, SET, CORRECT, EXCLUDE, DROP = "start", "set", "correct", "exclude", "drop"
CHOOSE, PAGE, CONFIRM, DECLINE = "choose", "page", "confirm", "decline"
CANCEL, RESUME, ASK, REPEAT = "cancel", "resume", "ask", "repeat"
CLARIFY, HAND_OFF, CHAT = "clarify", "hand_off", "chat"

VALUES = frozenset({SET, CORRECT, EXCLUDE, DROP})
"""Commands that change a task's values; the task's answer follows them."""

REPORTED = ("task", "field", "value", "list", "item", "topic")


@dataclass(frozen=True)
class Command:
    """One thing that a message asks for; ``[start, end)`` are the words it came from.

    ``task`` is a task's name, or the intent of what is done in one turn; ``item`` counts a
    list's entries from 1. ``sets`` are the remembered values that change, by name; ``press`` is
    the payload that does the same where a button would, too. ``later`` is a wish that waits
    until another one of the same message is served; one that is ``only_sure`` is passed over
    unless a feature is sure of its answer.
    """

    command: str
    task: str | None = None
    field: str | None = None
    value: Any = None
    list: str | None = None
    item: int | None = None
    topic: str | None = None
    confidence: float = 1.0
    start: int = 0
    end: int = 0
    sets: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    press: str | None = None
    later: bool = False
    only_sure: bool = False

    def report(self) -> dict[str, Any]:
        """Return it as DESIGN section 4 shows it, without the keys that do not apply."""
        given = {key: getattr(self, key) for key in REPORTED}
        return {
            "command": self.command,
            **{key: value for key, value in given.items() if value is not None},
            "confidence": round(self.confidence, 4),
            "start": self.start,
            "end": self.end,
        }
