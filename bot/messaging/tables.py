"""What passes through messaging: conversations, messages in, messages out.

The transcript of a conversation is its inbox and outbox rows together: nothing is
written twice.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from actions.dialogue.turn import Reply
from store.schema import Base, UtcDateTime

NEVER_AGAIN = {"sqlite_autoincrement": True}
"""The number of a deleted message is given to no other: it is a request key, and a cursor."""


class Conversation(Base):
    """One person on one channel; ``id`` is ``<channel>:<peer>``."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    mode: Mapped[str] = mapped_column(String(10), default="bot")  # bot | staff
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    active_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # Whose turn it is to work on this conversation, and until when that promise holds.
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class InboxMessage(Base):
    """A message as a channel handed it in; unique on the channel's own key."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "key"),
        Index("ix_inbox_status_next_attempt_at", "status", "next_attempt_at"),
        Index("ix_inbox_conversation_id_id", "conversation_id", "id"),
        # The next message is found at once, however long the conversation has become.
        Index("ix_inbox_conversation_id_status_id", "conversation_id", "status", "id"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(200))
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    message_id: Mapped[str | None] = mapped_column(String(200))  # the client's own, if any
    text: Mapped[str] = mapped_column(Text)  # as typed, but for numbers of persons
    # Where those stood: the fields of a Shift each.
    hidden: Mapped[list[list[int]] | None] = mapped_column(JSON(none_as_null=True))
    payload: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(10), default="pending")  # and done, failed, repeat
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    nlu: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class OutboxMessage(Base):
    """One reply on its way out; ``body`` is a reply as DESIGN section 4 shows it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_status_next_attempt_at", "status", "next_attempt_at"),
        Index("ix_outbox_conversation_id_id", "conversation_id", "id"),
        Index("ix_outbox_conversation_id_status_id", "conversation_id", "status", "id"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), index=True)
    author: Mapped[str] = mapped_column(String(10))  # bot | notice | staff
    staff_name: Mapped[str | None] = mapped_column(String(50))
    body: Mapped[Reply] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(10), default="pending")  # pending | sent | dead
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
