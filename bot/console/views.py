"""How things read anywhere in the console: times, beginnings of texts. Plain functions."""

from datetime import datetime
from urllib.parse import quote

from store.clock import to_shanghai

PREVIEW = 60


def when(moment: datetime, now: datetime) -> str:
    """Return a moment as staff read it, in Asia/Shanghai; today without the date."""
    local, today = to_shanghai(moment), to_shanghai(now)
    clock = local.strftime("%H:%M")
    if local.date() == today.date():
        return f"今天 {clock}"
    if local.year == today.year:
        return f"{local.month}月{local.day}日 {clock}"
    return f"{local.year}年{local.month}月{local.day}日 {clock}"


def preview(text: str) -> str:
    """Return the beginning of a text on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= PREVIEW else flat[:PREVIEW] + "…"


def conversation_address(conversation_id: str) -> str:
    """Return the page of a conversation, relative to the console: any feature may lead there."""
    return f"/conversation?id={quote(conversation_id, safe='')}"
