"""One message, or a clause of it, and what it is read against; two wishes taken apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.dialogue.commands import Command
from actions.dialogue.context import Context
from actions.dialogue.reading import cues
from actions.dialogue.registry import Features
from actions.dialogue.tasks import Words
from actions.dialogue.turn import FALLBACK, Clause, Turn

SOFT = frozenset({"inform", "affirm", "deny", "out_of_scope", FALLBACK})
"""Readings that say how a message sounds, not what it is about."""

CHATS = frozenset({"greet", "goodbye", "thank", "ask_help", "out_of_scope"})
"""What needs no task."""

SURE_OF_TWO = 0.5
"""Each of two wishes in one message is read with at least this confidence."""


@dataclass(frozen=True)
class Message:
    """One message, or a clause of it that starts at ``offset``, and what it is read against."""

    turn: Turn
    context: Context
    features: Features
    names: Mapping[str, Any]
    offset: int = 0

    @property
    def words(self) -> Words:
        """What values are read from."""
        return Words(self.turn.text, self.turn.now, self.turn.named, self.names)

    @property
    def confidence(self) -> float:
        """Rasa's confidence in the intent."""
        return next((c for name, c in self.turn.ranking if name == self.turn.intent), 1.0)

    def part(self, clause: Clause) -> "Message":
        """Return one clause as a message of its own."""
        turn = replace(
            self.turn,
            text=clause.text,
            intent=clause.intent,
            ranking=clause.ranking,
            named=clause.named,
            clauses=(),
        )
        return replace(self, turn=turn, offset=self.offset + clause.start)

    def command(self, command: str, **more: Any) -> Command:
        """Return a command that the whole message is."""
        return Command(command, **{"end": len(self.turn.text), **more})


def joined(message: Message, clauses: Sequence[Clause]) -> Message:
    """Return neighbouring clauses as one message; its intent is the first that has a purpose."""
    start = clauses[0].start
    end = clauses[-1].start + len(clauses[-1].text)
    meant = next((each for each in clauses if each.intent not in SOFT), clauses[0])
    named = tuple(
        replace(each, start=each.start - start, end=each.end - start)
        for each in message.turn.named
        if start <= each.start and each.end <= end
    )
    text = message.turn.text[start:end]
    return message.part(Clause(text, start, meant.intent, meant.ranking, named))


def clauses_of(message: Message) -> list[Clause]:
    """Return the clauses of a message, as Rasa read them where it did."""
    return [_clause(message, start, end) for start, end in cues.clauses(message.turn.text)]


def _clause(message: Message, start: int, end: int) -> Clause:
    for clause in message.turn.clauses:
        if clause.start <= start and end <= clause.start + len(clause.text):
            return clause
    return Clause(message.turn.text[start:end], start, FALLBACK)


def two_wishes(message: Message, clauses: Sequence[Clause]) -> tuple[Message, Message] | None:
    """Return two wishes of different purpose, each with the clauses that belong to it."""
    wishes = [each for each in clauses if _is_wish(message, each)]
    purposes = [_purpose(message, each) for each in wishes]
    second = next((n for n, purpose in enumerate(purposes) if purpose != purposes[0]), None)
    if second is None or message.turn.intent == purposes[0] == "ask_policy":
        return None
    at = next(n for n, each in enumerate(clauses) if each is wishes[second])
    return joined(message, clauses[:at]), joined(message, clauses[at:])


def _is_wish(message: Message, clause: Clause) -> bool:
    sure = dict(clause.ranking).get(clause.intent, 0.0) >= SURE_OF_TWO
    known = clause.intent in message.features.intents and clause.intent not in SOFT | CHATS
    return sure and known and bool(cues.WISH.search(clause.text))


def _purpose(message: Message, clause: Clause) -> str:
    task = message.features.task_of(clause.intent)
    return clause.intent if task is None or task.name == "policy" else task.name
