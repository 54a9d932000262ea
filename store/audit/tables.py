"""The table of what was done."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base


class AuditEntry(Base):
    """One deed; the database itself refuses to change or delete it.

    ``at`` (ISO 8601, UTC, to the microsecond: by text is by time) and ``details`` (a JSON object)
    are kept as the text that was hashed: no database writes them its own way.
    """

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32), index=True)
    actor: Mapped[str] = mapped_column(String(50), index=True)
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str | None] = mapped_column(Text)
    details: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
