"""Tables of applications, of what became of them, and of postings that people reported."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from actions.jobs.applications.states import STATES
from store.schema import Base, UtcDateTime


class ApplicationRow(Base):
    """A person's application for a posting: one, however often it is sent.

    ``phone`` is a placeholder of the vault in ``conversation``, ``consent`` the words that the
    person agreed to, as they read them (with a mask). ``handed_at`` is when the contact was given
    to the employer, once.
    """

    __tablename__ = "applications"
    __table_args__ = (
        UniqueConstraint("conversation", "posting_id"),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        Index("ix_applications_state_state_at", "state", "state_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    conversation: Mapped[str] = mapped_column(String(200))
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    phone: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(40))
    consent: Mapped[str] = mapped_column(Text)
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handed_by: Mapped[str] = mapped_column(String(50))
    state_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ApplicationChangeRow(Base):
    """A change of an application's state: who made it, and why; only added to."""

    __tablename__ = "application_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(100))
    was: Mapped[str] = mapped_column(String(12))
    became: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(String(400))


class PostingReportRow(Base):
    """A finding: somebody says that a posting is not what it says; ``ticket`` is the case's.

    One a person and posting; what they said is in the case, and goes with it.
    """

    __tablename__ = "posting_reports"
    __table_args__ = (UniqueConstraint("conversation", "posting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), index=True)
    conversation: Mapped[str] = mapped_column(String(200))
    ticket: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_by: Mapped[str | None] = mapped_column(String(50))
