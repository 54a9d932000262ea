"""How things are written anywhere in the console: beginnings of texts, addresses, scripts."""

import json
from datetime import date, datetime, time
from urllib.parse import quote

from store.clock import SHANGHAI

PREVIEW = 60


def preview(text: str) -> str:
    """Return the beginning of a text on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= PREVIEW else flat[:PREVIEW] + "…"


def conversation_address(conversation_id: str) -> str:
    """Return the page of a conversation, relative to the console: any feature may lead there."""
    return f"/conversation?id={quote(conversation_id, safe='')}"


def as_script(value: object) -> str:
    """Return a value as it may stand in a script."""
    return json.dumps(value).replace("<", "\\u003c")


def beginning_of(day: str) -> datetime | None:
    """Return when an ISO day begins in Shanghai; None for what is no day."""
    try:
        return datetime.combine(date.fromisoformat(day), time(), SHANGHAI)
    except ValueError:
        return None
