"""One message, or a clause of it, and what it is read against; two wishes taken apart."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.dialogue.commands import Command
from actions.dialogue.context import Context
from actions.dialogue.reading import cues
from actions.dialogue.registry import Features
from actions.dialogue.tasks import Words
from actions.dialogue.turn import FALLBACK, Clause, Turn
from language.clauses import clauses, points

SOFT = frozenset({"inform", "affirm", "deny", "out_of_scope", FALLBACK})
"""Readings that say how a message sounds, not what it is about."""

CHATS = frozenset({"greet", "goodbye", "thank", "ask_help", "out_of_scope"})
"""What needs no task."""

GRAVE = frozenset({"distress", "complain", "talk_to_staff", "privacy_request"})
"""What is never taken for a mere value."""

STAFF = "talk_to_staff"

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

    @property
    def returned(self) -> "Message":
        """The message as said of the task that a question had interrupted."""
        name = self.context.task
        if name is None or self.features.task(name).begins:
            return self
        return replace(self, context=self.context.without_task(name))

    def asked_after(self, before: str) -> "Message":
        """The message as a question for a rule that goes on with what was said ``before``."""
        if self.turn.intent not in SOFT | {"ask_policy"}:
            return self
        slots = {**self.turn.slots, "question": before}
        turn = replace(self.turn, intent="ask_policy", slots=slots)
        return replace(self, turn=turn, context=self.context.with_task("policy"))

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


def joined(message: Message, parts: Sequence[Clause]) -> Message:
    """Return neighbouring clauses as one message; its intent is the first that has a purpose."""
    start = parts[0].start
    end = parts[-1].start + len(parts[-1].text)
    meant = next((each for each in parts if each.intent not in SOFT | CHATS), parts[0])
    named = tuple(
        replace(each, start=each.start - start, end=each.end - start)
        for each in message.turn.named
        if start <= each.start and each.end <= end
    )
    text = message.turn.text[start:end]
    return message.part(Clause(text, start, meant.intent, meant.ranking, named))


def clauses_of(message: Message, *, blanks: bool = False) -> list[Clause]:
    """Return the clauses of a message, as Rasa read them where it did."""
    spans = clauses(message.turn.text, blanks=blanks)
    return [_clause(message, start, end) for start, end in spans]


def calmly_heard(message: Message) -> Message | None:
    """Return a message without the insults before and behind what it wants; None if that is all."""
    parts = clauses_of(message, blanks=True)
    insults = [_insults_us(each.text) for each in parts]
    if not any(insults):
        return message
    wanted = [n for n, insult in enumerate(insults) if not insult]
    if not wanted:
        return None
    rest = parts[wanted[0] : wanted[-1] + 1]
    return joined(message, rest) if message.turn.clauses and len(rest) < len(parts) else message


def _insults_us(clause: str) -> bool:
    """Whether nothing but an insult is said in a clause, to us and of nobody else."""
    to_us = cues.OURSELVES.search(clause)
    if cues.OTHERS.search(clause) or not (
        cues.INSULTS.search(clause) or (to_us and cues.MOCKS.search(clause))
    ):
        return False
    rest = cues.OURSELVES.sub("", cues.MOCKS.sub("", cues.INSULTS.sub("", clause)))
    return len(cues.residue(rest)) <= LITTLE_BESIDE


LITTLE_BESIDE = 2
"""Characters of their own that words beside an insult may have: 「半天一句人话没有」."""


def points_of(message: Message) -> tuple[list[Message], str]:
    """Return what a message numbers, each point as a message of its own, and what it is about.

    「想做劳务派遣。1、注册资本最低多少」: that stands before the first point.
    """
    text = message.turn.text
    spans = points(text)[:MOST_POINTS]
    parts = [message.part(_clause(message, start, end)) for start, end in spans]
    lead = text[: spans[0][0]] if spans else ""
    said = [lead[start:end] for start, end in clauses(lead)]
    about = [each for each in said if not LEADS.search(each) and len(cues.residue(each)) > 2]
    return parts, "，".join(about)


LEADS = re.compile("问题|请教|咨询|想问|问一下|[一二三1-9]$|[(（]$")
"""What only announces points."""


MOST_POINTS = 3


def _clause(message: Message, start: int, end: int) -> Clause:
    spans = {(each.start, each.start + len(each.text)): each for each in message.turn.clauses}
    if (start, end) in spans:
        return spans[start, end]
    return Clause(message.turn.text[start:end], start, FALLBACK)


def two_wishes(message: Message, parts: Sequence[Clause]) -> tuple[Message, Message] | None:
    """Return two wishes of different purpose, each with the clauses that belong to it."""
    wishes = [each for each in parts if _is_wish(message, each)]
    purposes = [_purpose(message, each) for each in wishes]
    second = next((n for n, purpose in enumerate(purposes) if purpose != purposes[0]), None)
    if second is None or message.turn.intent == purposes[0] == "ask_policy":
        return None
    at = next(n for n, each in enumerate(parts) if each is wishes[second])
    # A question about the wish before it, or what the wish is about, said before it.
    about = purposes[second] == "ask_policy"
    beside = purposes[0] == "ask_policy" and wishes[second].intent == message.turn.intent
    if (about or beside) and not _is_joined(message, parts, at):
        return None
    return joined(message, parts[:at]), joined(message, parts[at:])


def _is_joined(message: Message, parts: Sequence[Clause], at: int) -> bool:
    """Whether a question is asked besides; else it is about the wish before it."""
    before = parts[at - 1].start + len(parts[at - 1].text)
    begins = message.turn.text[before : parts[at].start] + parts[at].text[:LEAD]
    return bool(cues.JOINS.search(begins))


LEAD = 4


def _is_wish(message: Message, clause: Clause) -> bool:
    sure = dict(clause.ranking).get(clause.intent, 0.0) >= SURE_OF_TWO
    intent = message.features.intents.get(clause.intent)
    known = intent is not None and clause.intent not in SOFT | CHATS and intent.of_list is None
    words = "" if intent is None else intent.asked_by
    said = known and bool(re.search(words, clause.text))
    return sure and said and bool(cues.WISH.search(clause.text))


def _purpose(message: Message, clause: Clause) -> str:
    task = message.features.task_of(clause.intent)
    return clause.intent if task is None or task.name == "policy" else task.name
