"""The inbox: messages accepted, conversations claimed, turns finished.

Each function is one unit of work. What they promise together: a message is stored once
(unique on the channel's own key), a conversation is worked on by one owner at a time (a
lease), and a message becomes done in the transaction that stores its replies, only while
its owner still holds the lease.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.dialogue.turn import Reply
from bot.messaging.messages import Incoming
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage
from store.database import Database, rows_changed

LEASE = timedelta(seconds=10)
PULLED = frozenset({"web", "bridge"})
"""Channels whose replies are fetched; those of the others are pushed by a Sender."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Accepted:
    """A stored message; ``repeated`` when it had been stored before."""

    inbox_id: int
    repeated: bool


@dataclass(frozen=True)
class ClaimedMessage:
    """A message whose turn it is."""

    inbox_id: int
    conversation_id: str
    channel: str
    text: str
    payload: str | None
    attempts: int
    received_at: datetime
    mode: str


@dataclass(frozen=True)
class Finished:
    """What became of a message: its replies (with their outbox ``id``) and reading."""

    mode: str
    replies: tuple[Reply, ...]
    nlu: dict[str, Any] | None


def accept(database: Database, incoming: Incoming) -> Accepted:
    """Store ``incoming`` unless its channel and key are known; committed on return."""
    try:
        with database.write() as session:
            accepted = _insert(session, incoming)
            session.commit()
            return accepted
    except IntegrityError:
        # Two replicas stored the same message, or the same new conversation, at once
        # (PostgreSQL only): the other one's rows are there now.
        with database.write() as session:
            accepted = _insert(session, incoming)
            session.commit()
            return accepted


def _insert(session: Session, incoming: Incoming) -> Accepted:
    known = session.scalar(
        select(InboxMessage.id).where(
            InboxMessage.channel == incoming.channel, InboxMessage.key == incoming.key
        )
    )
    if known is not None:
        return Accepted(known, repeated=True)
    now = incoming.received_at
    conversation_id = incoming.conversation_id
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
    inbox_id = session.execute(
        insert(InboxMessage)
        .values(
            channel=incoming.channel,
            key=incoming.key,
            conversation_id=conversation_id,
            message_id=incoming.message_id,
            text=storable(incoming.text),
            payload=None if incoming.payload is None else storable(incoming.payload),
            status="pending",
            attempts=0,
            next_attempt_at=now,
            received_at=now,
        )
        .returning(InboxMessage.id)
    ).scalar_one()
    return Accepted(inbox_id, repeated=False)


def storable(text: str) -> str:
    """Return ``text`` with what no database can keep (NUL, lone surrogates) as U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def count_pending(database: Database, conversation_id: str) -> int:
    """Return how many messages of a conversation are unanswered."""
    with database.read() as session:
        return session.scalars(
            select(func.count()).where(
                InboxMessage.conversation_id == conversation_id, InboxMessage.status == "pending"
            )
        ).one()


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
        message = _next_turn(session, conversation_id, now)
        if message is not None:
            session.commit()
        return message


def _next_turn(session: Session, conversation_id: str, now: datetime) -> ClaimedMessage | None:
    row = session.execute(
        select(
            InboxMessage.id,
            InboxMessage.channel,
            InboxMessage.text,
            InboxMessage.payload,
            InboxMessage.attempts,
            InboxMessage.received_at,
            InboxMessage.next_attempt_at,
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
    )


def finish(
    database: Database,
    message: ClaimedMessage,
    owner: str,
    *,
    replies: Sequence[Reply],
    nlu: dict[str, Any] | None,
    now: datetime,
    status: str = "done",
) -> tuple[Finished, ClaimedMessage | None] | None:
    """Mark ``message`` done with its replies and return them with the conversation's next.

    The lease is given back when there is none. None when ``owner`` has lost the lease in
    the meantime: then nothing is kept, and whoever holds it answers.
    """
    with database.write() as session:
        if not _still_ours(session, message.conversation_id, owner, now):
            return None
        marked = rows_changed(
            session,
            update(InboxMessage)
            .where(InboxMessage.id == message.inbox_id, InboxMessage.status == "pending")
            .values(status=status, finished_at=now, nlu=nlu),
        )
        if marked == 0:
            return None
        _drop_unsent_notice(session, message)
        stored = [_reply_row(session, message, reply, now) for reply in replies]
        following = _next_turn(session, message.conversation_id, now)
        if following is None:
            _give_back(session, message.conversation_id, owner)
        session.commit()
    return Finished(message.mode, tuple(stored), nlu), following


def _still_ours(session: Session, conversation_id: str, owner: str, now: datetime) -> bool:
    # The update also locks the row, so that a rival's claim waits for our commit.
    kept = rows_changed(
        session,
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.lease_owner == owner)
        .values(lease_until=now + LEASE, active_at=now),
    )
    return kept == 1


def _give_back(session: Session, conversation_id: str, owner: str) -> None:
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.lease_owner == owner)
        .values(lease_owner=None, lease_until=None)
    )


def _drop_unsent_notice(session: Session, message: ClaimedMessage) -> None:
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.inbox_id == message.inbox_id,
            OutboxMessage.author == "notice",
            OutboxMessage.status == "pending",
        )
        .values(status="dead")
    )


def _reply_row(session: Session, message: ClaimedMessage, reply: Reply, now: datetime) -> Reply:
    outbox_id = session.scalar(
        insert(OutboxMessage)
        .values(
            **outbox_values(message.conversation_id, message.channel, reply, now),
            inbox_id=message.inbox_id,
            author="bot",
        )
        .returning(OutboxMessage.id)
    )
    return {"id": outbox_id, **reply}


def outbox_values(
    conversation_id: str, channel: str, reply: Reply, now: datetime
) -> dict[str, Any]:
    """Return the columns of a new outbox row; pulled channels' rows need no sending."""
    pulled = channel in PULLED
    return {
        "conversation_id": conversation_id,
        "body": reply,
        "status": "sent" if pulled else "pending",
        "attempts": 0,
        "next_attempt_at": now,
        "created_at": now,
        "sent_at": now if pulled else None,
    }


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
        _give_back(session, message.conversation_id, owner)
        session.commit()


def renew_leases(database: Database, owner: str, *, now: datetime) -> None:
    """Keep every lease of ``owner`` for another while."""
    with database.write() as session:
        session.execute(
            update(Conversation)
            .where(Conversation.lease_owner == owner)
            .values(lease_until=now + LEASE)
        )
        session.commit()


def release_leases_of(database: Database, owners: str) -> None:
    """Free what owners whose name begins with ``owners`` hold: they are known to be dead."""
    with database.write() as session:
        session.execute(
            update(Conversation)
            .where(Conversation.lease_owner.startswith(owners, autoescape=True))
            .values(lease_owner=None, lease_until=None)
        )
        session.commit()


def give_notice(database: Database, inbox_id: int, reply: Reply, *, now: datetime) -> Reply | None:
    """Store a notice that the answer takes longer; once per message, None when it is done.

    A conversation whose last words already were a notice gets no second one in a push
    channel: the stored one is returned.
    """
    with database.write() as session:
        row = session.execute(
            select(InboxMessage.conversation_id, InboxMessage.channel, InboxMessage.status)
            .where(InboxMessage.id == inbox_id)
            .with_for_update()
        ).one()
        if row.status != "pending":
            return None
        last = session.execute(
            select(OutboxMessage.id, OutboxMessage.author, OutboxMessage.body)
            .where(OutboxMessage.conversation_id == row.conversation_id)
            .order_by(OutboxMessage.id.desc())
            .limit(1)
        ).first()
        if last is not None and last.author == "notice":
            return {"id": last.id, **last.body}
        outbox_id = session.scalar(
            insert(OutboxMessage)
            .values(
                **outbox_values(row.conversation_id, row.channel, reply, now),
                inbox_id=inbox_id,
                author="notice",
            )
            .returning(OutboxMessage.id)
        )
        session.commit()
        return {"id": outbox_id, **reply}


def outcome(database: Database, inbox_id: int) -> Finished | None:
    """Return what became of a message, or None while it is pending."""
    with database.read() as session:
        row = session.execute(
            select(InboxMessage.status, InboxMessage.nlu, Conversation.mode)
            .join(Conversation, Conversation.id == InboxMessage.conversation_id)
            .where(InboxMessage.id == inbox_id)
        ).one()
        if row.status == "pending":
            return None
        replies = session.execute(
            select(OutboxMessage.id, OutboxMessage.body)
            .where(OutboxMessage.inbox_id == inbox_id, OutboxMessage.author == "bot")
            .order_by(OutboxMessage.id)
        )
        return Finished(row.mode, tuple({"id": r.id, **r.body} for r in replies), row.nlu)
