"""Tables of vetting: minimum wages by place and day, and drafts that wait for a person."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Float, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class MinimumWageRow(Base):
    """A minimum wage: yuan a month and an hour at a place, from a day on.

    Comes empty; the installation fills in what its province has published.
    """

    __tablename__ = "minimum_wages"
    __table_args__ = (UniqueConstraint("place", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(6))
    monthly: Mapped[int] = mapped_column(Integer)
    hourly: Mapped[float] = mapped_column(Float)
    starts_on: Mapped[date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(Text)


class PostingDraftRow(Base):
    """An ad that was handed in by chat; a request that comes twice is kept once.

    ``decision`` and ``findings`` are vetting's, ``decided`` is what a person made of it.
    """

    __tablename__ = "posting_drafts"
    __table_args__ = (
        UniqueConstraint("conversation", "request_key"),
        Index("ix_posting_drafts_decided_created_at", "decided", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    conversation: Mapped[str] = mapped_column(String(200))
    request_key: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    decision: Mapped[str] = mapped_column(String(10))
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided: Mapped[str | None] = mapped_column(String(10))
    categories: Mapped[list[str]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(String(50))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
