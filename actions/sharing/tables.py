"""The table of employers who lend or borrow staff 用工余缺."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class StaffShareRow(Base):
    """An employer that has staff to spare (``side`` lend) or lacks some (borrow).

    ``trade`` is our name of it, or the words that were said; ``place`` a GB/T 2260 code,
    ``period`` the employer's own words. ``contact`` holds no number but placeholders of the vault
    under ``conversation``. ``state`` is ``open``, ``matched`` or ``closed``; ``ticket`` the case
    that staff deal with it under. A request that comes twice is kept once.
    """

    __tablename__ = "staff_shares"
    __table_args__ = (
        UniqueConstraint("conversation", "request_key"),
        CheckConstraint("headcount > 0", name="headcount_positive"),
        Index("ix_staff_shares_state_side", "state", "side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    conversation: Mapped[str] = mapped_column(String(200))
    request_key: Mapped[str] = mapped_column(String(200))
    side: Mapped[str] = mapped_column(String(6))
    trade: Mapped[str] = mapped_column(String(30))
    headcount: Mapped[int]
    place: Mapped[str] = mapped_column(String(6))
    period: Mapped[str] = mapped_column(String(60))
    contact: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8))
    ticket: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
