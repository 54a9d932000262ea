"""Answers that go out in the open request of a message, instead of by a message of ours.

What was carried is noted with the message, so that a repeat of its request, which means that the
first answer did not arrive, carries the same again.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messaging.channels import allowance
from bot.messaging.messages import Outgoing
from bot.messaging.outbox_rows import told_text
from bot.messaging.tables import OutboxMessage
from store.database import Database
from store.vault.vault import Vault

MOST_TOGETHER = 10
"""Replies that become one message: more is not read on a telephone."""


def carry(
    database: Database, vault: Vault, conversation_id: str, inbox_id: int, *, now: datetime
) -> tuple[Outgoing, ...]:
    """Return what the request of a message carries, committed as sent; nothing where all has been.

    All that waits in the conversation goes along. Nothing does while an earlier reply is just
    being sent otherwise: order holds.
    """
    with database.write() as session:
        allowance.lock(session, conversation_id)  # against whoever sends
        carried = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.carried_by == inbox_id)
            .order_by(OutboxMessage.id)
        ).all()
        if carried:
            return as_told(session, vault, carried)
        waiting = session.scalars(
            select(OutboxMessage)
            .where(
                OutboxMessage.conversation_id == conversation_id, OutboxMessage.status == "pending"
            )
            .order_by(OutboxMessage.id)
            .limit(MOST_TOGETHER)
            .with_for_update()
        ).all()
        if any(row.attempts > 0 for row in waiting):
            return ()
        for row in waiting:
            row.status, row.sent_at, row.carried_by = "sent", now, inbox_id
        told = as_told(session, vault, waiting)
        session.commit()
        return told


def as_told(session: Session, vault: Vault, rows: Sequence[OutboxMessage]) -> tuple[Outgoing, ...]:
    """Return stored replies as their person reads them."""
    return tuple(
        Outgoing(row.id, {**row.body, "text": told_text(session, vault, row)}, row.inbox_id)
        for row in rows
    )
