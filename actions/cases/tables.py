"""Tables of the cases that wait for a person, the requests that opened them, and the desk."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class CaseRow(Base):
    """A case 工单; at most one open case per conversation and reason.

    One whose person was forgotten is closed and has neither conversation nor summary.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index(
            "uq_cases_open_conversation_reason",
            "conversation",
            "reason",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        Index("ix_cases_status_reply_by", "status", "reply_by"),
        Index("ix_cases_conversation", "conversation"),
        Index("ix_cases_closed_at", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[str] = mapped_column(String(20), unique=True)
    conversation: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(10))
    summary: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reply_by: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str | None] = mapped_column(String(50))
    # Of a complaint: what about, and by when it has to be answered for good.
    category: Mapped[str | None] = mapped_column(String(20))
    answer_by: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(Text, default="")
    labels: Mapped[list[str]] = mapped_column(JSON, default=list)
    satisfied: Mapped[bool | None]


class CaseRequestRow(Base):
    """A turn that asked for a case; a repeat of it is answered with the same case."""

    __tablename__ = "case_requests"

    conversation: Mapped[str] = mapped_column(String(200), primary_key=True)
    request_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))


class CaseNoteRow(Base):
    """What staff tell each other of a case; its person reads it only where they ask for all."""

    __tablename__ = "case_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff: Mapped[str] = mapped_column(String(50))
    text: Mapped[str] = mapped_column(Text)


class DeskRow(Base):
    """Who of staff is there, and what they look at; ``subject`` is no person's id but its hash."""

    __tablename__ = "desk"

    staff: Mapped[str] = mapped_column(String(50), primary_key=True)
    subject: Mapped[str] = mapped_column(String(50), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
