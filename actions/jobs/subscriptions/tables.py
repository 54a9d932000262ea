"""Tables of saved wishes, and of the postings that each person was told of."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class SubscriptionRow(Base):
    """A wish whose new postings somebody wants to hear of; ``wish`` as the chat remembers it.

    ``revision`` is the postings' feed up to which it was looked through.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (Index("ix_subscriptions_active_revision", "active", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    conversation: Mapped[str] = mapped_column(String(200), index=True)
    wish: Mapped[dict[str, Any]] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(String(300))
    active: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(BigInteger)


class ToldPostingRow(Base):
    """A posting that somebody was told of: never again."""

    __tablename__ = "told_postings"
    __table_args__ = (UniqueConstraint("conversation", "posting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(String(200))
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
