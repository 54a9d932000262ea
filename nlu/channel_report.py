"""What goes over the wire between the pipeline and Rasa, as plain data.

Nothing here imports Rasa, so that these rules can be tested without it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from language.clauses import clauses, points

FALLBACK = "nlu_fallback"
CONTEXT = "context"
"""The slot in which our action keeps where the conversation stands."""

RANKED = 3
MOST_CLAUSES = 5

RENEW_AFTER_USER_TURNS = 12
NOT_UNDERSTOOD = "/out_of_scope"
IDLE_SECONDS = 6 * 3600
MAX_SENDER = 160


class BadRequest(ValueError):
    """The body is not a turn."""


@dataclass(frozen=True)
class TurnRequest:
    """One message to answer: ``message_id`` makes a repeat harmless."""

    sender: str
    text: str
    message_id: str
    metadata: dict[str, Any]

    @classmethod
    def read(cls, body: Any) -> TurnRequest:
        """Check a decoded JSON body; raise BadRequest where it is not a turn."""
        if not isinstance(body, dict):
            raise BadRequest("not an object")
        sender, text, message_id = (body.get(key) for key in ("sender", "text", "message_id"))
        metadata = body.get("metadata") or {}
        if not all(isinstance(value, str) for value in (sender, text, message_id)):
            raise BadRequest("sender, text and message_id must be strings")
        if not sender or len(sender) > MAX_SENDER or not message_id:
            raise BadRequest("sender or message_id is empty or too long")
        if not isinstance(metadata, dict):
            raise BadRequest("metadata must be an object")
        return cls(sender, text, message_id, {"message_id": message_id, **metadata})


def sound_text(text: str, intents: Collection[str]) -> str:
    """Return ``text``, or "not understood" in place of a payload that no button of ours has.

    Rasa reads of a damaged payload what it can, and takes an unknown one for speech.
    """
    if not text.startswith("/"):
        return text
    intent, brace, rest = text[1:].partition("{")
    if intent not in intents:
        return NOT_UNDERSTOOD
    try:
        values = json.loads(brace + rest) if brace else {}
    except (ValueError, RecursionError):
        return NOT_UNDERSTOOD
    return text if isinstance(values, dict) else NOT_UNDERSTOOD


def clauses_of(text: str) -> list[tuple[int, str]]:
    """Return where each clause begins and its words; none where there is one alone, or many.

    A long story is one thing; two or three clauses may be two wishes, or a change of mind. What is
    numbered is read point by point, too.
    """
    if text.startswith("/"):
        return []
    wishes = [(start, text[start:end]) for start, end in clauses(text, blanks=False)]
    spoken = [(start, text[start:end]) for start, end in clauses(text)]
    numbered = [(start, text[start:end]) for start, end in points(text)]
    several = [each for each in (wishes, spoken, numbered) if 1 < len(each) <= MOST_CLAUSES]
    return sorted({each for found in several for each in found})


def trimmed(parsed: dict[str, Any]) -> dict[str, Any]:
    """Keep of a parse what dialogue and actions read.

    Rasa stores and posts the parse at every action of the session: all intents' ranking
    and tokens would be most of it.
    """
    ranking = parsed.get("intent_ranking") or []
    return {
        "text": parsed.get("text", ""),
        "intent": {key: parsed["intent"].get(key) for key in ("name", "confidence")},
        "entities": [
            {key: found.get(key) for key in ("entity", "value", "start", "end")}
            for found in parsed.get("entities") or []
        ],
        "intent_ranking": [
            {key: guess.get(key) for key in ("name", "confidence")}
            for guess in ranking[: RANKED + 1]
        ],
        "danger": parsed.get("danger"),
    }


def nlu_report(parsed: dict[str, Any]) -> dict[str, Any]:
    """Say what was understood: the best real intent, also when it was below the threshold."""
    ranking = [
        {"intent": guess["name"], "confidence": float(guess["confidence"] or 0.0)}
        for guess in parsed.get("intent_ranking") or []
        if guess.get("name") and guess["name"] != FALLBACK
    ][:RANKED]
    if ranking:
        best = ranking[0]
    else:
        intent = parsed["intent"]
        best = {
            "intent": intent.get("name") or "out_of_scope",
            "confidence": float(intent.get("confidence") or 0.0),
        }
    pressed = parsed.get("text", "").startswith("/")
    # A button's values have no span in words that a person wrote.
    entities = [] if pressed else without_overlaps(parsed.get("entities") or [])
    return {
        **best,
        "entities": entities,
        "ranking": ranking,
        "danger": parsed.get("danger"),
    }


def without_overlaps(entities: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the entities in order, of overlapping ones only the longest."""
    spans = [found for found in entities if isinstance(found.get("start"), int)]
    kept: list[dict[str, Any]] = []
    for found in sorted(spans, key=lambda e: (e["start"] - e["end"], e["start"])):
        if all(found["end"] <= k["start"] or k["end"] <= found["start"] for k in kept):
            kept.append({key: found[key] for key in ("entity", "value", "start", "end")})
    return sorted(kept, key=lambda e: e["start"])


def session_is_over(user_turns: int, idle_seconds: float | None) -> bool:
    """Decide whether the next message begins a new Rasa session.

    Rasa reads and posts a whole session at each turn, so long ones are cut.
    """
    idle = idle_seconds is not None and idle_seconds > IDLE_SECONDS
    return idle or user_turns >= RENEW_AFTER_USER_TURNS


def commands_of(events: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the message was read as: our action keeps it in the conversation's context."""
    for event in reversed(events):
        if event.get("event") == "slot" and event.get("name") == CONTEXT:
            value = event.get("value")
            return list((value or {}).get("commands") or [])
    return []


def replies_of(events: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the replies among events (as dicts) that the actions uttered."""
    replies = []
    for event in events:
        if event.get("event") != "bot":
            continue
        custom = (event.get("data") or {}).get("custom")
        if custom:
            replies.append(custom)
        elif event.get("text"):
            replies.append({"text": event["text"], "buttons": [], "image": None, "data": None})
    return replies
