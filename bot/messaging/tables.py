"""What passes through messaging: conversations, messages in, messages out.

The transcript of a conversation is its inbox and outbox rows together: nothing is
written twice. Both are indexed by their words (``store.text_index``), which the migrations set up.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from actions.dialogue.turn import Reply
from store.schema import Base, UtcDateTime

NEVER_AGAIN = {"sqlite_autoincrement": True}
"""The number of a deleted message is given to no other: it is a request key, and a cursor."""


LONG_TEXT = 100
"""Characters from which a message is a long one, that staff look for."""
LONG = text(f"length(text) >= {LONG_TEXT}")


class Conversation(Base):
    """One person on one channel; ``id`` is ``<channel>:<peer>``."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    mode: Mapped[str] = mapped_column(String(10), default="bot")  # bot | staff
    # Who of staff answers this person, also while the bot speaks; nobody else does meanwhile.
    staff: Mapped[str | None] = mapped_column(String(50), index=True)
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
        # What staff narrow transcripts by, the newest first; and all that is counted of a day.
        Index("ix_inbox_intent_id", "intent", "id"),
        Index("ix_inbox_outcome_id", "outcome", "id"),
        Index("ix_inbox_channel_id", "channel", "id"),
        Index("ix_inbox_figures", "received_at", "channel", "intent", "outcome"),
        Index("ix_inbox_long", "id", sqlite_where=LONG, postgresql_where=LONG),
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
    kind: Mapped[str] = mapped_column(String(10), default="text", server_default="text")
    # Of what is no text: where a medium lies, a place, what happened.
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # pending | done | failed | repeat | recalled
    status: Mapped[str] = mapped_column(String(10), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    nlu: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # Until then a request is open that can carry the answer.
    answer_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Of nlu and of the replies, for finding and counting: see ``outcomes``.
    intent: Mapped[str | None] = mapped_column(String(40))
    confidence: Mapped[float | None] = mapped_column(Float)
    outcome: Mapped[str | None] = mapped_column(String(40))


class OutboxMessage(Base):
    """One reply on its way out; ``body`` is a reply as DESIGN section 4 shows it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_status_next_attempt_at", "status", "next_attempt_at"),
        Index("ix_outbox_conversation_id_id", "conversation_id", "id"),
        Index("ix_outbox_conversation_id_status_id", "conversation_id", "status", "id"),
        Index("uq_outbox_key", "key", unique=True),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), index=True)
    author: Mapped[str] = mapped_column(String(10))  # bot | notice | staff
    staff_name: Mapped[str | None] = mapped_column(String(50))
    body: Mapped[Reply] = mapped_column(JSON)
    # pending | sent | dead | held: until the person acts, where a messenger allows no more
    status: Mapped[str] = mapped_column(String(10), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The message whose own request carried this: a repeat of that request carries it again.
    carried_by: Mapped[int | None] = mapped_column(index=True)
    # What was said elsewhere, by a clerk in the messenger's own window: its key there.
    key: Mapped[str | None] = mapped_column(String(200))


class Reach(Base):
    """What may be sent in a conversation whose messenger counts: ``left`` messages ``until``.

    An act of the person grants it, and a delivery spends it before it goes out. ``granted_at``
    names the grant: what is given back belongs to it. ``unreachable`` says why the person cannot be
    reached at all, until they act again. ``consents`` are those to notices, by sort: see there.
    ``takes`` are the deliveries since the last act: when each began, messages, when it ended.
    """

    __tablename__ = "reach"

    conversation_id: Mapped[str] = mapped_column(
        String(200), ForeignKey("conversations.id"), primary_key=True
    )
    left: Mapped[int] = mapped_column()
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    context: Mapped[str | None] = mapped_column(Text)
    unreachable: Mapped[str | None] = mapped_column(String(40))
    consents: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    takes: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))


class ChannelState(Base):
    """What a channel's processes share: a token, a cursor, its last trouble, and whose turn it is.

    ``value`` may be sealed; it holds until ``expires_at``.
    """

    __tablename__ = "channel_states"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)  # <channel>:<what>
    value: Mapped[str | None] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    holder: Mapped[str | None] = mapped_column(String(64))
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
