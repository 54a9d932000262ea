"""The way in: a message is stored once, unique on its channel's own key."""

from dataclasses import astuple, dataclass, replace
from datetime import timedelta

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.messaging import repeats
from bot.messaging.gate import Gate
from bot.messaging.messages import Incoming
from bot.messaging.tables import Conversation, InboxMessage
from store.database import Database, rows_changed
from store.vault.vault import Vault


@dataclass(frozen=True)
class Accepted:
    """A stored message; ``repeated`` when it had been stored, or said in this moment, before."""

    inbox_id: int
    repeated: bool


def accept(
    database: Database, incoming: Incoming, vault: Vault, after: timedelta = timedelta()
) -> Accepted:
    """Store ``incoming`` unless its channel and key are known; committed on return.

    It is answered ``after`` some time. The numbers of persons in it go into the ``vault``, and
    nowhere else.
    """
    try:
        with database.write() as session:
            accepted = _insert(session, incoming, vault, after)
            session.commit()
            return accepted
    except IntegrityError:
        # Two replicas stored the same message, number or new conversation at once
        # (PostgreSQL only): the other one's rows are there now.
        with database.write() as session:
            accepted = _insert(session, incoming, vault, after)
            session.commit()
            return accepted


def _insert(session: Session, incoming: Incoming, vault: Vault, after: timedelta) -> Accepted:
    known = session.execute(
        select(InboxMessage.id, InboxMessage.conversation_id, InboxMessage.status).where(
            InboxMessage.channel == incoming.channel, InboxMessage.key == incoming.key
        )
    ).first()
    if known is not None:
        return Accepted(repeats.answered_by(session, known), repeated=True)
    now = incoming.received_at
    conversation_id = incoming.conversation_id
    _touch(session, conversation_id, incoming)
    gate = Gate(vault, session, conversation_id, now)
    hidden = gate.text(incoming.text)
    payload = None if incoming.payload is None else gate.payload(incoming.payload)
    first = repeats.first_of(session, replace(incoming, text=hidden.text, payload=payload))
    inbox_id = session.execute(
        insert(InboxMessage)
        .values(
            channel=incoming.channel,
            key=incoming.key,
            conversation_id=conversation_id,
            message_id=incoming.message_id,
            text=hidden.text,
            hidden=[astuple(shift) for shift in hidden.shifts] or None,
            payload=payload,
            status="pending" if first is None else repeats.STATUS,
            attempts=0,
            next_attempt_at=now + after,
            received_at=now,
            finished_at=None if first is None else now,
        )
        .returning(InboxMessage.id)
    ).scalar_one()
    return Accepted(inbox_id, repeated=False) if first is None else Accepted(first, repeated=True)


def _touch(session: Session, conversation_id: str, incoming: Incoming) -> None:
    """Note that something was said in a conversation, begun by it if need be.

    This also locks the row: of two presses at once, the second sees the first.
    """
    now = incoming.received_at
    touched = rows_changed(
        session,
        update(Conversation).where(Conversation.id == conversation_id).values(active_at=now),
    )
    if touched == 0:
        session.execute(
            insert(Conversation).values(
                id=conversation_id,
                channel=incoming.channel,
                mode="bot",
                created_at=now,
                active_at=now,
            )
        )


def count_pending(database: Database, conversation_id: str) -> int:
    """Return how many messages of a conversation are unanswered."""
    with database.read() as session:
        return session.scalars(
            select(func.count()).where(
                InboxMessage.conversation_id == conversation_id, InboxMessage.status == "pending"
            )
        ).one()
