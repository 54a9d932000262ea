"""How things read anywhere in the console: beginnings of texts, addresses. Plain functions."""

from urllib.parse import quote

PREVIEW = 60


def preview(text: str) -> str:
    """Return the beginning of a text on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= PREVIEW else flat[:PREVIEW] + "…"


def conversation_address(conversation_id: str) -> str:
    """Return the page of a conversation, relative to the console: any feature may lead there."""
    return f"/conversation?id={quote(conversation_id, safe='')}"
