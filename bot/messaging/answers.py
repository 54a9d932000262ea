"""What became of a message: its replies, the notice that they take longer, or nothing yet.

A message becomes done in the transaction that stores its replies, and only while its owner
still holds the lease: it is answered once, whoever else works on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from actions.dialogue.turn import Reply
from bot.messaging import leases, sentences
from bot.messaging.channels import allowance
from bot.messaging.leases import ClaimedMessage
from bot.messaging.outbox_rows import (
    Pulled,
    add_answer,
    handed_text,
    numbered,
    outbox_values,
)
from bot.messaging.search.outcomes import facts
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage
from store.database import Database, rows_changed
from store.vault.vault import Vault

HIDING_IS_KNOWN = timedelta(days=1)
REQUEST_ENDS = timedelta(seconds=0.5)
"""What an open request can still carry goes out in it so long after its time, or by itself."""


@dataclass(frozen=True)
class Finished:
    """What became of a message: its replies (with their outbox ``id``) and reading."""

    mode: str
    replies: tuple[Reply, ...]
    nlu: dict[str, Any] | None

    @property
    def hands_over(self) -> bool:
        """Whether a reply hands numbers over that its person reads whole."""
        return any("numbers_of" in reply for reply in self.replies)


def finish(
    database: Database,
    message: ClaimedMessage,
    owner: str,
    *,
    replies: Sequence[Reply],
    nlu: dict[str, Any] | None,
    now: datetime,
    pulled: Pulled,
    status: str = "done",
) -> tuple[Finished, ClaimedMessage | None] | None:
    """Mark ``message`` done with its replies; return them with the conversation's next message.

    The lease is given back when there is none. None when ``owner`` has lost the lease in
    the meantime: then nothing is kept, and whoever holds it answers.
    """
    with database.write() as session:
        if not leases.keep(session, message.conversation_id, owner, now):
            return None
        marked = rows_changed(
            session,
            update(InboxMessage)
            .where(InboxMessage.id == message.inbox_id, InboxMessage.status == "pending")
            .values(status=status, finished_at=now, nlu=nlu, **facts(replies, nlu)),
        )
        if marked == 0:
            return None
        _drop_unsent_notice(session, message)
        if message.shifts and not _told_of_hiding(session, message):
            replies = _with_word_of_hiding(replies)
        stored = _store(session, message, replies, now, pulled)
        following = leases.next_message(session, message.conversation_id, now)
        if following is None:
            leases.give_back(session, message.conversation_id, owner)
        session.commit()
    return Finished(message.mode, tuple(stored), nlu), following


def _store(
    session: Session,
    message: ClaimedMessage,
    replies: Sequence[Reply],
    now: datetime,
    pulled: Pulled,
) -> list[Reply]:
    """Store the replies, and let go with them what was held until the person wrote.

    While a request is open that can carry them, nobody else sends them.
    """
    at = now if message.answer_by is None else max(now, message.answer_by + REQUEST_ENDS)
    allowance.release(session, message.conversation_id, at)
    rows = (
        outbox_values(message.conversation_id, message.channel, reply, now, pulled=pulled)
        for reply in replies
    )
    if message.channel not in pulled:
        rows = ({**row, "next_attempt_at": at} for row in rows)
    return [add_answer(session, row, inbox_id=message.inbox_id, author="bot") for row in rows]


def as_told(database: Database, vault: Vault, done: Finished) -> Finished:
    """Return what became of a message as its person reads it; see ``outbox_rows.told_text``."""
    with database.read() as session:
        replies: list[Reply] = [
            {**reply, "text": handed_text(session, vault, reply)} for reply in done.replies
        ]
    for reply in replies:
        reply.pop("numbers_of", None)
    return replace(done, replies=tuple(replies))


def _told_of_hiding(session: Session, message: ClaimedMessage) -> bool:
    """Whether a message lately had a number in it, too, so that its reply said so."""
    before = select(InboxMessage.id).where(
        InboxMessage.conversation_id == message.conversation_id,
        InboxMessage.id < message.inbox_id,
        InboxMessage.received_at > message.received_at - HIDING_IS_KNOWN,
        InboxMessage.hidden.is_not(None),
    )
    return session.scalar(before.limit(1)) is not None


def _with_word_of_hiding(replies: Sequence[Reply]) -> list[Reply]:
    """Return the replies, the first of which tells that a number was hidden."""
    return [
        {**reply, "text": f"{reply['text']}\n{sentences.HIDDEN}"} if at == 0 else reply
        for at, reply in enumerate(replies)
    ]


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


def give_notice(
    database: Database, inbox_id: int, reply: Reply, *, now: datetime, pulled: Pulled
) -> Reply | None:
    """Store a notice that the answer takes longer; once per message, None when it is done.

    A conversation whose last words already were a notice gets no second one in a push
    channel: the stored one is returned. None, too, where what is sent is counted: the answer
    itself needs the room.
    """
    with database.write() as session:
        row = session.execute(
            select(InboxMessage.conversation_id, InboxMessage.channel, InboxMessage.status)
            .where(InboxMessage.id == inbox_id)
            .with_for_update()
        ).one()
        if row.status != "pending" or allowance.is_counted(session, row.conversation_id):
            return None
        last = session.execute(
            select(OutboxMessage.id, OutboxMessage.author, OutboxMessage.body)
            .where(OutboxMessage.conversation_id == row.conversation_id)
            .order_by(OutboxMessage.id.desc())
            .limit(1)
        ).first()
        if last is not None and last.author == "notice":
            return numbered(last.id, last.body)
        values = outbox_values(row.conversation_id, row.channel, reply, now, pulled=pulled)
        stored = add_answer(session, values, inbox_id=inbox_id, author="notice")
        session.commit()
        return stored


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
        return Finished(row.mode, tuple(numbered(r.id, r.body) for r in replies), row.nlu)
