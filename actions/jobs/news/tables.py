"""The table of news: what people are told unasked of their applications and subscriptions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class JobNewsRow(Base):
    """Something to tell a person unasked; ``key`` keeps it from being written twice.

    ``data`` names what it is about. What was overtaken before it was told is void.
    """

    __tablename__ = "job_news"
    __table_args__ = (
        UniqueConstraint("conversation", "kind", "key"),
        CheckConstraint("status IN ('waiting', 'sent', 'void')", name="status_known"),
        Index("ix_job_news_status_at", "status", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(60))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
