"""Writing replies into the outbox, whoever speaks: the bot, a notice, or staff."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from actions.dialogue.turn import Reply
from bot.messaging.tables import OutboxMessage

Pulled = Collection[str]
"""Names of the channels whose replies are fetched; those of all others are pushed."""


def outbox_values(
    conversation_id: str, channel: str, reply: Reply, now: datetime, *, pulled: Pulled
) -> dict[str, Any]:
    """Return the columns of a new outbox row; pulled channels' rows need no sending."""
    fetched = channel in pulled
    return {
        "conversation_id": conversation_id,
        "body": reply,
        "status": "sent" if fetched else "pending",
        "attempts": 0,
        "next_attempt_at": now,
        "created_at": now,
        "sent_at": now if fetched else None,
    }


def add_reply(session: Session, row: dict[str, Any], **more: Any) -> Reply:
    """Store a row of ``outbox_values``, ``more`` columns with it; return the reply with its id."""
    stored = insert(OutboxMessage).values(**row, **more).returning(OutboxMessage.id)
    return numbered(session.execute(stored).scalar_one(), row["body"])


def numbered(outbox_id: int, body: Reply) -> Reply:
    """Return a stored reply with its id."""
    return {"id": outbox_id, **body}
