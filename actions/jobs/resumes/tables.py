"""The table of what people want kept of the work they look for."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class ResumeEntryRow(Base):
    """A field of somebody's résumé (``fields.TITLES``); ``value`` are slots of a wish.

    ``at`` is when it was agreed to, ``consent`` the words of the question, or the person's own.
    """

    __tablename__ = "resume_entries"
    __table_args__ = (UniqueConstraint("conversation", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(String(200))
    field: Mapped[str] = mapped_column(String(20))
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    consent: Mapped[str] = mapped_column(Text)
