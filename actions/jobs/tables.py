"""Tables of employers and their postings."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from actions.jobs.life import STATES
from actions.jobs.records import JOB
from store.schema import Base, UtcDateTime


class EmployerRow(Base):
    """An employer 用人单位; ``kind`` (国企 …) and ``size`` are as files call them."""

    __tablename__ = "employers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    is_demo: Mapped[bool]
    kind: Mapped[str] = mapped_column(String(30), default="")
    size: Mapped[str] = mapped_column(String(30), default="")


class PostingRow(Base):
    """A posting 岗位; ``code`` is the short id people see, ``kind`` JOB or GIG.

    ``city`` is the GB/T 2260 code of a prefecture or municipality, ``district`` of a county
    or district, unknown where the employer did not say; ``places`` are codes of further ones,
    joined by spaces; ``street`` is the neighbourhood as written. Pay is whole yuan per month,
    unknown as None; ``pay_unit`` is by what it was stated, ``pay_months`` for how many months
    a year (13薪); ``salary_text`` keeps what the employer wrote.

    ``education`` is the least asked for (``requirements.LEVELS``; 0: none), ``experience_min``
    and ``_max`` are years (0 and None: none asked for); all unknown as None. ``facts`` are the
    conditions that it states (``conditions.facts_of``), joined by spaces. The posting is shown
    on the days ``[published_on, expires_on)``. ``benefits`` and ``tags`` are joined by 、.
    ``contact`` and ``description`` hold no number of a person's but placeholders of the vault,
    under ``vault_key``.

    ``source`` and ``source_key`` tell whose it is and under which number there. Equal
    ``content_hash``: the same posting again, ``repost_of`` says of which. ``revision`` is the
    feed's, at its last change.
    There is no column for age, sex or the like: nothing may rank by them.
    """

    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("salary_min <= salary_max", name="salary_in_order"),
        CheckConstraint("headcount > 0", name="headcount_positive"),
        CheckConstraint(f"status IN {STATES}", name="status_known"),
        Index("ix_postings_status_expires_on", "status", "expires_on"),
        Index("ix_postings_source_source_key", "source", "source_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employers.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10), default=JOB)
    title: Mapped[str] = mapped_column(String(100))
    trade: Mapped[str] = mapped_column(String(30))
    category: Mapped[str] = mapped_column(String(60), default="")
    city: Mapped[str] = mapped_column(String(6))
    district: Mapped[str | None] = mapped_column(String(6))
    places: Mapped[str] = mapped_column(String(200), default="")
    street: Mapped[str] = mapped_column(String(40), default="")
    salary_min: Mapped[int | None]
    salary_max: Mapped[int | None]
    salary_text: Mapped[str] = mapped_column(String(60))
    pay_unit: Mapped[str] = mapped_column(String(8), default="")
    pay_months: Mapped[int | None]
    headcount: Mapped[int]
    education: Mapped[int | None]
    experience_min: Mapped[int | None]
    experience_max: Mapped[int | None]
    employment: Mapped[str] = mapped_column(String(10), default="")
    contract: Mapped[str] = mapped_column(String(30), default="")
    facts: Mapped[str] = mapped_column(String(400), default="")
    benefits: Mapped[str] = mapped_column(String(300))
    tags: Mapped[str] = mapped_column(String(400), default="")
    description: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(200))
    urgent: Mapped[bool] = mapped_column(default=False)
    remote_interview: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(12))
    is_demo: Mapped[bool]
    published_on: Mapped[date] = mapped_column(Date)
    expires_on: Mapped[date] = mapped_column(Date)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    source: Mapped[str] = mapped_column(String(60), default="")
    source_key: Mapped[str] = mapped_column(String(80), default="")
    content_hash: Mapped[str] = mapped_column(String(64), default="", index=True)
    repost_of: Mapped[int | None] = mapped_column(ForeignKey("postings.id"))
    revision: Mapped[int] = mapped_column(BigInteger, default=0, index=True)


class GigRow(Base):
    """What a posting of work by the day or hour says besides.

    The days ``[first_on, last_on]``, minutes of the day from ``starts`` to ``ends``, whole yuan
    by the day or by the hour; what is unknown is None.
    """

    __tablename__ = "gigs"

    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), primary_key=True)
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    starts: Mapped[int | None]
    ends: Mapped[int | None]
    day_pay: Mapped[int | None]
    hour_pay: Mapped[int | None]


class PostingChangeRow(Base):
    """A change of a posting's state: who made it, and why; only added to."""

    __tablename__ = "posting_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("postings.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    who: Mapped[str] = mapped_column(String(100))
    was: Mapped[str] = mapped_column(String(12))
    became: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(String(400))


class PostingFeedRow(Base):
    """One row that every change of postings counts up and locks until it is committed.

    So revisions become visible in order, and whoever has read up to one has missed none.
    """

    __tablename__ = "posting_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)


class JobTitleRow(Base):
    """A title, category or trade as postings have it: its occupation, and its vector.

    ``occupation`` is a code of the 职业分类大典 2022 or a group's, None where it was read and is
    none; ``vector`` is half-precision floats; ``read_by`` tells what read it, "" nothing yet.
    """

    __tablename__ = "job_titles"

    text: Mapped[str] = mapped_column(String(100), primary_key=True)
    occupation: Mapped[str | None] = mapped_column(String(12))
    probability: Mapped[float | None] = mapped_column(Float)
    vector: Mapped[bytes | None] = mapped_column(LargeBinary)
    read_by: Mapped[str] = mapped_column(String(80), default="", index=True)


class ColumnMappingRow(Base):
    """Which column of a file is what, as somebody has said; ``layout`` tells the layout."""

    __tablename__ = "posting_columns"

    layout: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
