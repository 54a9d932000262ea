"""How conversations and cases read: rows, names, citations. Plain functions."""

from datetime import datetime
from typing import Any

from actions.cases.service import Case
from bot.console.cases import sentences
from bot.console.views import conversation_address, preview
from bot.messaging.transcripts import ConversationCard, TranscriptLine
from language.wording import on_record


def row(card: ConversationCard, case: Case | None, now: datetime) -> dict[str, Any]:
    """Return a conversation as a row of the list."""
    return {
        "id": card.id,
        "href": conversation_address(card.id),
        "channel": sentences.CHANNELS.get(card.channel, card.channel),
        "last": preview(card.last_text) or "（还没有说话）",
        "when": on_record(card.active_at, now),
        "mode": sentences.MODES.get(card.mode, card.mode),
        "staffed": card.mode == "staff",
        "messages": card.messages,
        "case": case.ticket if case else "",
    }


def speaker(line: TranscriptLine) -> str:
    """Return who said a line."""
    who = sentences.AUTHORS.get(line.author, line.author)
    return f"{who} {line.staff_name}" if line.author == "staff" and line.staff_name else who


def begins_new_talk(line: TranscriptLine) -> bool:
    """Whether the person began anew here, by 新对话 or in words."""
    return (line.data or {}).get("kind") == "new_talk"


def understanding(line: TranscriptLine) -> str:
    """Return how a message was understood: intent and confidence; empty when it was not read."""
    nlu = line.nlu or {}
    intent = nlu.get("intent")
    if not intent:
        return ""
    confidence = nlu.get("confidence")
    if not isinstance(confidence, int | float):
        return str(intent)
    return f"{intent} · {confidence:.0%}"


def citations(line: TranscriptLine) -> list[dict[str, str]]:
    """Return a reply's citations as title, quote and address of the reading page."""
    found = (line.data or {}).get("citations") or []
    return [
        {
            "title": str(item.get("title", "")),
            "quote": str(item.get("quote", "")),
            "url": str(item.get("url", "")),
        }
        for item in found
        if str(item.get("url", "")).startswith("/policies/")
    ]


def deadline(case: Case, now: datetime) -> str:
    """Return by when a case must be answered, and whether that has passed."""
    text = f"请在 {on_record(case.reply_by, now)} 前回复"
    return f"{text}（{sentences.OVERDUE}）" if now > case.reply_by else text
