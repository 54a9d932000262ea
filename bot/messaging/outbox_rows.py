"""Writing replies into the outbox, whoever speaks: the bot, a notice, or staff."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from actions.dialogue.turn import Button, Reply
from bot.messaging.tables import OutboxMessage
from store.vault.vault import Vault, shown_each

STAFF = "staff"
"""The author of what a person of ours writes."""

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


def add_answer(session: Session, row: dict[str, Any], **more: Any) -> Reply:
    """Store what the bot says, as ``add_reply`` does: a number that it repeats as its mask."""
    body = masked(session, row["conversation_id"], row["body"])
    return add_reply(session, {**row, "body": body}, **more)


def add_reply(session: Session, row: dict[str, Any], **more: Any) -> Reply:
    """Store a row of ``outbox_values``, ``more`` columns with it; return the reply with its id."""
    stored = insert(OutboxMessage).values(**row, **more).returning(OutboxMessage.id)
    return numbered(session.execute(stored).scalar_one(), row["body"])


def told_text(session: Session, vault: Vault, row: OutboxMessage) -> str:
    """Return the words of a stored reply as its person reads them.

    What staff write, a colleague's telephone perhaps, and what is handed over to the person, an
    employer's, is stored without the numbers and told with them.
    """
    if row.author == STAFF:
        return vault.whole(session, row.conversation_id, row.body["text"])
    return handed_text(session, vault, row.body)


def handed_text(session: Session, vault: Vault, body: Mapping[str, Any]) -> str:
    """Return the words of a reply of ours, whole where it hands somebody's numbers over."""
    text, numbers_of = str(body["text"]), body.get("numbers_of")
    return text if numbers_of is None else vault.whole(session, numbers_of, text)


def masked(session: Session, conversation_id: str, reply: Reply) -> Reply:
    """Return the reply as people see it; payloads, which come back, keep their placeholders."""
    handed = "numbers_of" in reply  # those are none of this conversation's
    said = ["" if handed else reply["text"], *(button["title"] for button in reply["buttons"])]
    card = None if reply["data"] is None else json.dumps(reply["data"], ensure_ascii=False)
    shown = shown_each(session, [(conversation_id, text) for text in (*said, card or "")])
    if shown == [*said, card or ""]:
        return reply
    text, *titles = shown[:-1]
    buttons: list[Button] = [
        {"title": title, "payload": button["payload"]}
        for title, button in zip(titles, reply["buttons"], strict=True)
    ]
    data = reply["data"] if card is None else json.loads(shown[-1])
    text = reply["text"] if handed else text
    return {**reply, "text": text, "buttons": buttons, "data": data}


def numbered(outbox_id: int, body: Reply) -> Reply:
    """Return a stored reply with its id."""
    return {"id": outbox_id, **body}
