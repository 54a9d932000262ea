"""Who works on a conversation: one owner at a time, by a lease in its row.

An owner claims the conversation together with its next message, keeps the lease while it
works, and gives it back, with the message done or put off. Each public function but those that
take a session is one unit of work.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from bot.messaging.tables import Conversation, InboxMessage
from store.database import Database, rows_changed
from store.vault.vault import Shift

LEASE = timedelta(seconds=10)


@dataclass(frozen=True)
class ClaimedMessage:
    """A message whose turn it is; ``mode`` is its conversation's.

    ``text`` has placeholders for the numbers in it, and ``shifts`` says where those stood.
    """

    inbox_id: int
    conversation_id: str
    channel: str
    text: str
    payload: str | None
    attempts: int
    received_at: datetime
    mode: str
    shifts: tuple[Shift, ...] = ()
    kind: str = "text"
    answer_by: datetime | None = None


def waiting_conversations(database: Database, *, now: datetime, limit: int = 500) -> list[str]:
    """Return conversations with a message that is due and that nobody works on."""
    free = or_(Conversation.lease_until.is_(None), Conversation.lease_until <= now)
    with database.read() as session:
        found = session.scalars(
            select(InboxMessage.conversation_id)
            .join(Conversation, Conversation.id == InboxMessage.conversation_id)
            .where(InboxMessage.status == "pending", InboxMessage.next_attempt_at <= now, free)
            .order_by(InboxMessage.id)
            .limit(limit)
        )
        return list(dict.fromkeys(found))


def claim(
    database: Database, conversation_id: str, owner: str, *, now: datetime
) -> ClaimedMessage | None:
    """Take the lease and return the conversation's next message, or None.

    None when somebody else holds the lease, nothing is pending, or the oldest pending
    message has to wait for its next attempt (later ones wait behind it: order holds).
    """
    with database.write() as session:
        taken = rows_changed(
            session,
            update(Conversation)
            .where(
                Conversation.id == conversation_id,
                or_(Conversation.lease_until.is_(None), Conversation.lease_until <= now),
            )
            .values(lease_owner=owner, lease_until=now + LEASE),
        )
        if taken == 0:
            return None
        # Read only now: before, a rival could have finished this very message meanwhile.
        message = next_message(session, conversation_id, now)
        if message is not None:
            session.commit()
        return message


def next_message(session: Session, conversation_id: str, now: datetime) -> ClaimedMessage | None:
    """Return the conversation's oldest pending message, None when it has to wait or is missing."""
    row = session.execute(
        select(
            InboxMessage.id,
            InboxMessage.channel,
            InboxMessage.text,
            InboxMessage.payload,
            InboxMessage.hidden,
            InboxMessage.attempts,
            InboxMessage.received_at,
            InboxMessage.next_attempt_at,
            InboxMessage.kind,
            InboxMessage.answer_by,
            Conversation.mode,
        )
        .join(Conversation, Conversation.id == InboxMessage.conversation_id)
        .where(InboxMessage.conversation_id == conversation_id, InboxMessage.status == "pending")
        .order_by(InboxMessage.id)
        .limit(1)
    ).first()
    if row is None or row.next_attempt_at > now:
        return None
    return ClaimedMessage(
        row.id,
        conversation_id,
        row.channel,
        row.text,
        row.payload,
        row.attempts,
        row.received_at,
        row.mode,
        tuple(Shift(*shift) for shift in row.hidden or ()),
        row.kind,
        row.answer_by,
    )


def keep(session: Session, conversation_id: str, owner: str, now: datetime) -> bool:
    """Keep the lease for another while; False when ``owner`` has lost it."""
    # The update also locks the row, so that a rival's claim waits for our commit.
    kept = rows_changed(
        session,
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.lease_owner == owner)
        .values(lease_until=now + LEASE, active_at=now),
    )
    return kept == 1


def give_back(session: Session, conversation_id: str, owner: str) -> None:
    """End the lease, if ``owner`` still holds it."""
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.lease_owner == owner)
        .values(lease_owner=None, lease_until=None)
    )


def postpone(
    database: Database,
    message: ClaimedMessage,
    owner: str,
    *,
    attempts: int,
    next_attempt_at: datetime,
) -> None:
    """Give the conversation back with its message to be tried again later."""
    with database.write() as session:
        session.execute(
            update(InboxMessage)
            .where(InboxMessage.id == message.inbox_id, InboxMessage.status == "pending")
            .values(attempts=attempts, next_attempt_at=next_attempt_at)
        )
        give_back(session, message.conversation_id, owner)
        session.commit()


def renew(database: Database, owner: str, conversations: Collection[str], *, now: datetime) -> None:
    """Keep the leases of ``owner`` on what it works on for another while.

    Others lapse: those of work that failed, with a database that took not even the giving back.
    """
    with database.write() as session:
        session.execute(
            update(Conversation)
            .where(Conversation.lease_owner == owner, Conversation.id.in_(conversations))
            .values(lease_until=now + LEASE)
        )
        session.commit()


def release(database: Database, owners: str) -> None:
    """Free what owners whose name begins with ``owners`` hold: they are known to be dead."""
    with database.write() as session:
        session.execute(
            update(Conversation)
            .where(Conversation.lease_owner.startswith(owners, autoescape=True))
            .values(lease_owner=None, lease_until=None)
        )
        session.commit()
