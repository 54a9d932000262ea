"""Tables of courses and of who wants to attend them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class CourseRow(Base):
    """A course 培训班; ``code`` is the short id that people see.

    ``trade`` is our name of what it is for, "" where it is none. ``city`` is a GB/T 2260 code
    (100000: on line), ``starts_on`` unknown where one may begin at any time. ``fee`` is whole
    yuan, ``times`` as they are written; ``weekend``, ``evening`` and ``subsidised`` are unknown
    as None. ``seats`` unknown: without a limit; ``taken`` are those that people have here.
    ``source`` and ``source_key`` tell whose it is and what it is called there.
    """

    __tablename__ = "courses"
    __table_args__ = (
        UniqueConstraint("source", "source_key"),
        CheckConstraint("taken >= 0 AND (seats IS NULL OR taken <= seats)", name="seats_enough"),
        CheckConstraint("fee IS NULL OR fee >= 0", name="fee_not_negative"),
        Index("ix_courses_open_starts_on", "open", "starts_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(String(100))
    trade: Mapped[str] = mapped_column(String(30))
    provider: Mapped[str] = mapped_column(String(100))
    city: Mapped[str] = mapped_column(String(6))
    address: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    times: Mapped[str] = mapped_column(String(100))
    weekend: Mapped[bool | None]
    evening: Mapped[bool | None]
    fee: Mapped[int | None]
    subsidised: Mapped[bool | None]
    seats: Mapped[int | None]
    taken: Mapped[int]
    description: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(60))
    source_key: Mapped[str] = mapped_column(String(200))
    is_demo: Mapped[bool]
    open: Mapped[bool]


class CourseSignUpRow(Base):
    """Somebody who wants to attend a course and has agreed to ``consent``; once a person.

    ``state`` is ``asked``, ``passed_on`` (staff told the provider), ``declined`` or ``left``; the
    first two have a seat.
    """

    __tablename__ = "course_sign_ups"
    __table_args__ = (UniqueConstraint("course_id", "conversation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    conversation: Mapped[str] = mapped_column(String(200), index=True)
    consent: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
