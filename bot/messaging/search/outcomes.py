"""What became of a message, in a word: for finding and counting messages, not for answering."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.dialogue.turn import FALLBACK, Reply

NOT_UNDERSTOOD = "fallback"
WORDS = "words"
"""Answered in words, without a card."""
SILENT = "silent"
"""Nothing was said: a person of staff answers."""
BY_PERSON = (SILENT, "staff_case:handoff", "staff_case:complaint", "staff_case:distress")
"""Outcomes for which a person was needed."""

LONGEST = 40


def outcome_of(replies: Sequence[Reply], nlu: Mapping[str, Any] | None) -> str:
    """Return what became of a message: the kind of the first card, and how it stands.

    ``policy_answer:not_covered``, ``staff_case:complaint``, ``slot_list``; or one of the words
    above.
    """
    commands = (nlu or {}).get("commands") or ()
    if any(each.get("command") == "chat" and each.get("task") == FALLBACK for each in commands):
        return NOT_UNDERSTOOD
    if not replies:
        return SILENT
    card = next((reply["data"] for reply in replies if reply["data"]), None)
    if card is None:
        return WORDS
    stands = card.get("status") or card.get("reason")
    kind = str(card.get("kind") or WORDS)
    return (f"{kind}:{stands}" if isinstance(stands, str) else kind)[:LONGEST]


def facts(replies: Sequence[Reply], nlu: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the columns that are filled with an answer."""
    intent, confidence = (nlu or {}).get("intent"), (nlu or {}).get("confidence")
    return {
        "intent": str(intent)[:LONGEST] if intent else None,
        "confidence": float(confidence) if isinstance(confidence, int | float) else None,
        "outcome": outcome_of(replies, nlu),
    }
