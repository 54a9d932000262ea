"""Tables of what people ask about their own data: to be forgotten, and files to fetch."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class PrivacyRequestRow(Base):
    """A wish to be forgotten. Once it is done all that stays is the receipt and two moments.

    ``erased_at`` is when all was deleted but what ``kept`` names, which goes when it may.
    """

    __tablename__ = "privacy_requests"
    __table_args__ = (
        Index(
            "uq_privacy_requests_open_conversation",
            "conversation",
            unique=True,
            sqlite_where=text("conversation IS NOT NULL AND erased_at IS NULL"),
            postgresql_where=text("conversation IS NOT NULL AND erased_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(String(20), unique=True)
    conversation: Mapped[str | None] = mapped_column(String(200))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kept: Mapped[list[str]] = mapped_column(JSON)


class PrivacyExportRow(Base):
    """A file that may be fetched once; ``key`` hides the address, which we do not keep."""

    __tablename__ = "privacy_exports"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(200), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class RetentionRunRow(Base):
    """A night in which the rules were run: one process's own ``until`` it is taken for dead."""

    __tablename__ = "retention_runs"

    night: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
