"""What an action may know of the turn it answers, typed, and what it answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NotRequired, TypedDict

from actions.dialogue.context import Context, Shown
from store.clock import utc_now


class Button(TypedDict):
    """A choice under a reply; ``payload`` is what a tap of it says."""

    title: str
    payload: str


class Reply(TypedDict):
    """A reply as DESIGN section 4 shows it; ``image`` is a URL, ``data`` a card's fields.

    ``id`` is given by the outbox. ``numbers_of``: the numbers of persons in ``text`` are those that
    the vault keeps under this name, a posting's; the person reads them whole, everybody else does
    not.
    """

    text: str
    buttons: list[Button]
    image: str | None
    data: dict[str, Any] | None
    id: NotRequired[int]
    numbers_of: NotRequired[str]


FALLBACK = "nlu_fallback"
RECENT = 6


@dataclass(frozen=True)
class Named:
    """A name that Rasa's lookup tables found in the text, at ``[start, end)``."""

    entity: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Clause:
    """A part of a message as Rasa reads it alone; ``start`` is where it stands in the message."""

    text: str
    start: int
    intent: str
    ranking: tuple[tuple[str, float], ...] = ()
    named: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Turn:
    """One message of a person and what is remembered of the conversation.

    ``text`` is what was written, empty for a pressed button. ``values`` are what the message
    says, pressed or typed, by name; ``slots`` what is known with it. ``request_key`` is the same
    when the same message comes again; ``now`` is when it was received. ``asked`` names the
    field whose question waited, ``context`` has what else the conversation stands at. ``danger``
    is the kind that the words speak of, if any.
    """

    intent: str
    text: str
    now: datetime
    conversation: str
    request_key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    named: tuple[Named, ...] = ()
    ranking: tuple[tuple[str, float], ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    asked: str | None = None
    context: Context = field(default_factory=Context)
    recent: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    danger: str | None = None

    def name_of(self, entity: str) -> str | None:
        """Return the last name of this kind in the text."""
        found = [named.value for named in self.named if named.entity == entity]
        return found[-1] if found else None

    def value(self, key: str) -> str | None:
        """Return a pressed button's value as text, None when absent or empty."""
        value = self.values.get(key)
        return str(value) if isinstance(value, str | int | float) and value != "" else None

    def number(self, key: str) -> int | None:
        """Return a pressed button's value as a whole number, None when it is not one."""
        value = self.value(key)
        try:
            return None if value is None else int(float(value))
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True)
class Outcome:
    """What an answer says and what is remembered: complete, or not at all.

    ``asks`` names the field whose question the last reply puts. ``yes`` and ``no`` are the
    buttons that a typed yes and no press from now on. ``lists`` are what was shown to choose
    from; without any the buttons are. ``cited`` is what a policy answer quotes. ``focus`` names
    the one thing that it shows in full, as the feature finds it again.
    """

    replies: tuple[Reply, ...]
    slots: Mapping[str, Any] = field(default_factory=dict)
    asks: str | None = None
    yes: Button | None = None
    no: Button | None = None
    lists: tuple[Shown, ...] = ()
    cited: tuple[Mapping[str, Any], ...] = ()
    focus: str | None = None


def read_turn(tracker: Mapping[str, Any]) -> Turn:
    """Make a Turn of Rasa's tracker state (its JSON).

    Raises KeyError or ValueError on a state without a message: that is a fault of ours,
    not a turn.
    """
    message = tracker["latest_message"]
    metadata = message.get("metadata") or {}
    text = message.get("text") or ""
    pressed = text.startswith("/")
    entities = message.get("entities") or []
    received = metadata.get("received_at")
    return Turn(
        intent=message["intent"]["name"] or FALLBACK,
        text="" if pressed else text,
        now=_aware(received) if received else utc_now(),
        conversation=tracker["sender_id"],
        request_key=metadata.get("message_id") or message.get("message_id") or "",
        values={e["entity"]: e["value"] for e in entities} if pressed else {},
        named=() if pressed else tuple(_named(entities)),
        ranking=_ranking(message),
        slots={k: v for k, v in (tracker.get("slots") or {}).items() if v is not None},
        recent=_recent(tracker.get("events") or []),
        clauses=() if pressed else tuple(map(_clause, message.get("clauses") or [])),
        danger=message.get("danger"),
    )


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"received_at without a zone: {json.dumps(text)}")
    return moment


def _ranking(parsed: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    return tuple(
        (guess["name"], float(guess.get("confidence") or 0.0))
        for guess in parsed.get("intent_ranking") or []
        if guess.get("name") not in (None, FALLBACK)
    )


def _clause(parsed: Mapping[str, Any]) -> Clause:
    named = tuple(_named(parsed.get("entities") or []))
    intent = (parsed.get("intent") or {}).get("name") or FALLBACK
    return Clause(parsed["text"], int(parsed["start"]), intent, _ranking(parsed), named)


def _named(entities: list[dict[str, Any]]) -> list[Named]:
    return [
        Named(e["entity"], str(e["value"]), int(e["start"]), int(e["end"]))
        for e in entities
        if e.get("start") is not None
    ]


def _recent(events: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the person's own last words, oldest first."""
    said = [e.get("text") or "" for e in events if e.get("event") == "user"]
    return tuple(text for text in said if text and not text.startswith("/"))[-RECENT:]
