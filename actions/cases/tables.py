"""Tables of the cases that wait for a person, and of the requests that opened them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
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


class CaseRequestRow(Base):
    """A turn that asked for a case; a repeat of it is answered with the same case."""

    __tablename__ = "case_requests"

    conversation: Mapped[str] = mapped_column(String(200), primary_key=True)
    request_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
