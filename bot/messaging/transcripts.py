"""Reading conversations back: what was said, by whom, and how it was understood.

Numbers of persons are read back as their masks; only the person reads those that staff have
written whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actions.dialogue.turn import Reply
from bot.messaging.outbox_rows import told_text
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage
from store.database import Database
from store.vault.placeholders import ids_in
from store.vault.vault import Vault, shown_each


@dataclass(frozen=True)
class ConversationCard:
    """A conversation in a list; ``messages`` counts the person's own."""

    id: str
    channel: str
    mode: str
    active_at: datetime
    last_text: str
    messages: int


@dataclass(frozen=True)
class TranscriptLine:
    """One thing said; ``id`` is the outbox id of a reply, the inbox id of a message.

    ``numbers`` are the vault's ids of those that ``text`` shows as masks. ``answers`` is the inbox
    id of the message that a reply answers; ``finished_at`` is when a message was answered, and
    ``sent_at`` when the last of its replies was delivered.
    """

    id: int
    at: datetime
    author: str  # user | bot | notice | staff
    text: str
    status: str
    message_id: str | None = None
    staff_name: str | None = None
    reply: Reply | None = None
    nlu: dict[str, Any] | None = None
    numbers: tuple[str, ...] = ()
    answers: int | None = None
    finished_at: datetime | None = None
    sent_at: datetime | None = None

    @property
    def buttons(self) -> list[str]:
        """Titles of the reply's buttons."""
        return [button["title"] for button in (self.reply["buttons"] if self.reply else ())]

    @property
    def data(self) -> dict[str, Any] | None:
        """The reply's structured part."""
        return self.reply["data"] if self.reply else None


def list_conversations(
    database: Database, *, limit: int = 50, offset: int = 0
) -> list[ConversationCard]:
    """Return conversations, the one most recently active first."""
    with database.read() as session:
        rows = session.scalars(
            select(Conversation)
            .order_by(Conversation.active_at.desc(), Conversation.id)
            .limit(limit)
            .offset(offset)
        ).all()
        ids = [row.id for row in rows]
        counts = _message_counts(session, ids)
        said = {of: text for of, (_, text) in counts.items()}
        last = dict(zip(said, shown_each(session, said.items()), strict=True))
        return [
            ConversationCard(
                row.id,
                row.channel,
                row.mode,
                row.active_at,
                last.get(row.id, ""),
                counts.get(row.id, (0, ""))[0],
            )
            for row in rows
        ]


def _message_counts(session: Session, ids: list[str]) -> dict[str, tuple[int, str]]:
    newest = (
        select(
            InboxMessage.conversation_id,
            func.max(InboxMessage.id).label("newest"),
            func.count().label("messages"),
        )
        .where(InboxMessage.conversation_id.in_(ids))
        .group_by(InboxMessage.conversation_id)
        .subquery()
    )
    rows = session.execute(
        select(newest.c.conversation_id, newest.c.messages, InboxMessage.text).join(
            InboxMessage, InboxMessage.id == newest.c.newest
        )
    )
    return {row.conversation_id: (row.messages, row.text) for row in rows}


@dataclass(frozen=True)
class Standing:
    """Who answers in a conversation: the ``mode``, and the member of staff whose it is."""

    mode: str
    owner: str | None


def standing_of(database: Database, conversation_id: str) -> Standing | None:
    """Return who answers in a conversation, or None for one that nobody has begun."""
    found = select(Conversation.mode, Conversation.staff).where(Conversation.id == conversation_id)
    with database.read() as session:
        row = session.execute(found).first()
        return None if row is None else Standing(row.mode, row.staff)


def mode_of(database: Database, conversation_id: str) -> str | None:
    """Return ``bot`` or ``staff``, or None for a conversation nobody has begun."""
    with database.read() as session:
        return session.scalar(select(Conversation.mode).where(Conversation.id == conversation_id))


def transcript(
    database: Database, conversation_id: str, *, limit: int = 500, vault: Vault | None = None
) -> list[TranscriptLine]:
    """Return the newest ``limit`` messages and as many replies, oldest first.

    With a ``vault`` as the person reads them.
    """
    with database.read() as session:
        messages = session.scalars(
            select(InboxMessage)
            .where(InboxMessage.conversation_id == conversation_id)
            .order_by(InboxMessage.id.desc())
            .limit(limit)
        ).all()
        replies = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.conversation_id == conversation_id)
            .order_by(OutboxMessage.id.desc())
            .limit(limit)
        ).all()
        texts = shown_each(session, [(conversation_id, row.text) for row in messages])
        sent: dict[int | None, datetime] = {}
        for reply in replies:
            if reply.sent_at is not None:
                sent[reply.inbox_id] = max(reply.sent_at, sent.get(reply.inbox_id, reply.sent_at))
        lines = [
            _message_line(row, text, sent.get(row.id))
            for row, text in zip(messages, texts, strict=True)
        ]
        lines += _reply_lines(session, replies, vault)
    return sorted(lines, key=lambda line: (line.at, line.author != "user", line.id))


def replies_after(
    database: Database, vault: Vault, conversation_id: str, after: int
) -> list[TranscriptLine]:
    """Return replies whose outbox id is greater than ``after``, oldest first, for the person."""
    with database.read() as session:
        rows = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.conversation_id == conversation_id, OutboxMessage.id > after)
            .order_by(OutboxMessage.id)
            .limit(200)
        ).all()
        return _reply_lines(session, rows, vault)


def _message_line(row: InboxMessage, text: str, sent_at: datetime | None) -> TranscriptLine:
    return TranscriptLine(
        row.id,
        row.received_at,
        "user",
        text,
        row.status,
        message_id=row.message_id,
        nlu=row.nlu,
        finished_at=row.finished_at,
        sent_at=sent_at,
        numbers=tuple(dict.fromkeys(ids_in(row.text))),
    )


def _reply_lines(
    session: Session, rows: Sequence[OutboxMessage], vault: Vault | None
) -> list[TranscriptLine]:
    if vault is None:
        texts = shown_each(session, [(row.conversation_id, row.body["text"]) for row in rows])
    else:
        texts = [told_text(session, vault, row) for row in rows]
    return [_reply_line(row, text) for row, text in zip(rows, texts, strict=True)]


def _reply_line(row: OutboxMessage, text: str) -> TranscriptLine:
    return TranscriptLine(
        row.id,
        row.created_at,
        row.author,
        text,
        row.status,
        staff_name=row.staff_name,
        answers=row.inbox_id,
        reply={**row.body, "text": text},
        numbers=tuple(dict.fromkeys(ids_in(row.body["text"]))),
    )
