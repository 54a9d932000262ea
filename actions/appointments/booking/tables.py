"""Tables of bookings, the waiting list, people without a booking, and what is to be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime

PLACES = 3
"""How many bookings a person may have standing at one time."""


class BookingRow(Base):
    """A booking 预约. ``active`` while it stands for a visit that is not over.

    A person has one active booking for a business (and one ``for_other``, for somebody else),
    and one for each ``place`` of PLACES: so both limits are unique indexes. ``hold_until`` is
    set while ``status`` is held. ``ended_by`` says who ended it: person, staff, lapse.
    ``priority`` people are called first.
    ``called_to`` is the window that serves it, which need not be its slot's; NULL where that
    was not noted. ``link_number`` counts the links that opened it: only the last one does.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        UniqueConstraint("owner", "request_key"),
        CheckConstraint(
            f"NOT active OR (place IS NOT NULL AND place >= 1 AND place <= {PLACES})",
            name="within_places",
        ),
        CheckConstraint("status <> 'held' OR hold_until IS NOT NULL", name="holds_end"),
        CheckConstraint("status <> 'cancelled' OR NOT active", name="cancelled_is_over"),
        Index(
            "uq_bookings_active_owner_business",
            "owner",
            "business_id",
            "for_other",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
        Index(
            "uq_bookings_active_owner_place",
            "owner",
            "place",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
        Index("ix_bookings_slot_id", "slot_id"),
        # For the sweep, which looks every few seconds for visits that are over and still stand:
        # without it, it reads all visits of a week. "= 1" is how the query says it.
        Index(
            "ix_bookings_active_slot_id",
            "slot_id",
            sqlite_where=text("active = 1"),
            postgresql_where=text("active"),
        ),
        Index(
            "ix_bookings_hold_until",
            "hold_until",
            sqlite_where=text("status = 'held'"),
            postgresql_where=text("status = 'held'"),
        ),
        Index(
            "ix_bookings_no_show_owner",
            "owner",
            sqlite_where=text("status = 'no_show'"),
            postgresql_where=text("status = 'no_show'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    owner: Mapped[str] = mapped_column(String(200))
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"))
    business_id: Mapped[int] = mapped_column(ForeignKey("businesses.id"))
    status: Mapped[str] = mapped_column(String(12))
    active: Mapped[bool]
    place: Mapped[int | None]
    priority: Mapped[bool]
    for_other: Mapped[bool] = mapped_column(server_default=false())
    link_number: Mapped[int] = mapped_column(server_default="1")
    hold_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    request_key: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_to: Mapped[int | None] = mapped_column(ForeignKey("windows.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(10))


class BookingHolderRow(Base):
    """A conversation that took a booking up by its link, besides the one that made it."""

    __tablename__ = "booking_holders"
    __table_args__ = (Index("ix_booking_holders_conversation", "conversation"),)

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(200), primary_key=True)


class WaitRow(Base):
    """Somebody on the waiting list 候补 for any seat that begins in ``[start, end)``.

    ``status``: waiting, offered (a freed seat is held as ``booking_id``), taken, missed, left.
    """

    __tablename__ = "waits"
    __table_args__ = (
        UniqueConstraint("owner", "request_key"),
        CheckConstraint('"end" > start', name="ends_after_start"),
        Index(
            "uq_waits_waiting_owner_business",
            "owner",
            "business_id",
            unique=True,
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
        Index(
            "ix_waits_waiting",
            "hall_id",
            "business_id",
            "id",
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    owner: Mapped[str] = mapped_column(String(200))
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    business_id: Mapped[int] = mapped_column(ForeignKey("businesses.id"))
    start: Mapped[datetime] = mapped_column(UtcDateTime)
    end: Mapped[datetime] = mapped_column(UtcDateTime)
    priority: Mapped[bool]
    status: Mapped[str] = mapped_column(String(10))
    request_key: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id"))


class WalkInRow(Base):
    """Somebody who came without a booking, as staff noted it on the day board."""

    __tablename__ = "walk_ins"
    __table_args__ = (Index("ix_walk_ins_hall_id_arrived_at", "hall_id", "arrived_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    business_id: Mapped[int] = mapped_column(ForeignKey("businesses.id"))
    priority: Mapped[bool]
    arrived_at: Mapped[datetime] = mapped_column(UtcDateTime)
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_to: Mapped[int | None] = mapped_column(ForeignKey("windows.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class UndoneRow(Base):
    """A step of a visit that staff took back: the trail of what the visit no longer says.

    ``step`` (call, finish) was noted ``at`` for the booking or walk-in ``code``, at window
    ``called_to`` where that was known. Rows are only ever added.
    """

    __tablename__ = "undone_steps"
    __table_args__ = (Index("ix_undone_steps_code", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    step: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    called_to: Mapped[int | None] = mapped_column(ForeignKey("windows.id"))
    undone_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_by: Mapped[str] = mapped_column(String(60))


class NoticeRow(Base):
    """Something to tell the owner of a booking at ``due_at``: a reminder, a freed place.

    Written in the transaction that causes it, handed to the outbox once; ``status``:
    waiting, sent, void (overtaken by what happened since).
    """

    __tablename__ = "notices"
    __table_args__ = (
        Index(
            "ix_notices_due_at",
            "due_at",
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
        Index("ix_notices_booking_id", "booking_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"))
    kind: Mapped[str] = mapped_column(String(20))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(10))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
