"""The table of published wage guidance 工资价位; it comes empty."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base


class WageGuideRow(Base):
    """What an office has published of a trade at a place in a year: whole yuan a month.

    ``place`` is a GB/T 2260 code (100000: the whole country), ``n`` how many people or posts were
    asked, where that is published; ``source`` the paper, ``published_on`` its day.
    """

    __tablename__ = "wage_guides"
    __table_args__ = (
        UniqueConstraint("place", "trade", "year"),
        CheckConstraint("q1 > 0 AND q1 <= median AND median <= q3", name="quartiles_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(6))
    trade: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    q1: Mapped[int]
    median: Mapped[int]
    q3: Mapped[int]
    n: Mapped[int | None]
    source: Mapped[str] = mapped_column(Text)
    published_on: Mapped[date] = mapped_column(Date)
