"""Tables of employers and their postings."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime

PUBLISHED, WITHDRAWN = "published", "withdrawn"


class EmployerRow(Base):
    """An employer 用人单位."""

    __tablename__ = "employers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    is_demo: Mapped[bool]


class PostingRow(Base):
    """A posting 岗位; ``code`` is the short id people see.

    ``city`` is the GB/T 2260 code of a prefecture or municipality, ``district`` of a county
    or district, unknown where the employer did not say. Pay is whole yuan per month, unknown
    as None; ``salary_text`` keeps what the employer wrote. The posting is shown on the days
    ``[published_on, expires_on)``. ``benefits`` are joined by 、. ``contact`` is masked
    already: no number stands here.
    There is no column for age, sex or the like: nothing may rank by them.
    """

    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("salary_min <= salary_max", name="salary_in_order"),
        CheckConstraint("headcount > 0", name="headcount_positive"),
        CheckConstraint("status IN ('published', 'withdrawn')", name="status_known"),
        Index("ix_postings_status_trade_city", "status", "trade", "city"),
        Index("ix_postings_status_city_trade", "status", "city", "trade"),
        Index("ix_postings_status_district", "status", "district"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employers.id"), index=True)
    title: Mapped[str] = mapped_column(String(100))
    trade: Mapped[str] = mapped_column(String(30))
    city: Mapped[str] = mapped_column(String(6))
    district: Mapped[str | None] = mapped_column(String(6))
    salary_min: Mapped[int | None]
    salary_max: Mapped[int | None]
    salary_text: Mapped[str] = mapped_column(String(60))
    headcount: Mapped[int]
    benefits: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(12))
    is_demo: Mapped[bool]
    published_on: Mapped[date] = mapped_column(Date)
    expires_on: Mapped[date] = mapped_column(Date)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
