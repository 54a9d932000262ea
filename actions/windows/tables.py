"""Tables of halls, windows, what they do, their slots and the bookings on them.

Scarce capacity and its written locking policy
----------------------------------------------
What becomes less available is a slot's free seats (``slots.capacity - slots.taken``).

1. The constraint is in the schema: CHECK (0 <= taken <= capacity), on both databases, and
   ``taken`` is only ever changed by ``UPDATE … SET taken = taken ± 1``, never by writing
   back a number read before. No code path, however wrong, can overbook past it.
2. The lock makes the answer right at the first try, instead of an error at the last moment.
   PostgreSQL: ``SELECT … FOR UPDATE`` of the slot rows concerned, all in one statement, once
   per transaction, in ascending order of id, as late as possible but before the check of
   what is free; the wait is bounded (``lock_timeout``), then ``WindowsBusy`` is raised.
   SQLite: the whole unit of work is the lock (``Database.write()`` is BEGIN IMMEDIATE).
3. Who locks slots locks nothing else before them. Booking rows are only reached through
   their slot's lock, so no two transactions can wait for each other.
4. What no slot lock covers (one person tapping two different slots at once; one request
   arriving twice) is a unique index; a loser rolls back, begins again, and then sees what
   the winner wrote.
"""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class HallRow(Base):
    """A hall 经办大厅. ``capacity`` is people at one time; ``hours`` is shown to people."""

    __tablename__ = "halls"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    aliases: Mapped[list[str]] = mapped_column(JSON)
    place: Mapped[str] = mapped_column(String(6))
    address: Mapped[str] = mapped_column(String(200))
    capacity: Mapped[int]
    hours: Mapped[str] = mapped_column(String(100))
    is_demo: Mapped[bool]


class BusinessRow(Base):
    """A business 业务: what a person comes for. ``minutes`` is its usual length."""

    __tablename__ = "businesses"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    aliases: Mapped[list[str]] = mapped_column(JSON)
    bring: Mapped[list[str]] = mapped_column(JSON)
    online: Mapped[str | None] = mapped_column(String(300))
    online_url: Mapped[str | None] = mapped_column(String(300))
    courier: Mapped[str | None] = mapped_column(String(300))
    minutes: Mapped[int]
    is_demo: Mapped[bool]


class WindowRow(Base):
    """A window 窗口 of a hall; ``offset`` minutes after the hour its slots begin."""

    __tablename__ = "windows"
    __table_args__ = (UniqueConstraint("hall_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    name: Mapped[str] = mapped_column(String(30))
    offset: Mapped[int]


class WindowBusinessRow(Base):
    """Which window does which business."""

    __tablename__ = "window_businesses"

    window_id: Mapped[int] = mapped_column(ForeignKey("windows.id"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("businesses.id"), primary_key=True)


class SlotRow(Base):
    """A slot 时段 of a window, half-open; ``taken`` counts every booking that holds a seat."""

    __tablename__ = "slots"
    __table_args__ = (
        UniqueConstraint("window_id", "start"),
        CheckConstraint("taken >= 0 AND taken <= capacity", name="taken_within_capacity"),
        CheckConstraint('"end" > start', name="ends_after_start"),
        Index("ix_slots_start", "start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    window_id: Mapped[int] = mapped_column(ForeignKey("windows.id"))
    start: Mapped[datetime] = mapped_column(UtcDateTime)
    end: Mapped[datetime] = mapped_column(UtcDateTime)
    capacity: Mapped[int]
    taken: Mapped[int]


class BookingRow(Base):
    """A booking 预约. ``active`` while it stands for a coming visit: one per owner and business.

    ``status`` says what became of it; a visit whose time has passed stays ``confirmed`` until
    somebody says otherwise, but is no longer active, so that it never bars a new booking.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        UniqueConstraint("owner", "request_key"),
        Index(
            "uq_bookings_active_owner_business",
            "owner",
            "business_id",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
        Index("ix_bookings_slot_id", "slot_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    owner: Mapped[str] = mapped_column(String(200))
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"))
    business_id: Mapped[int] = mapped_column(ForeignKey("businesses.id"))
    status: Mapped[str] = mapped_column(String(12))
    active: Mapped[bool]
    request_key: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_key: Mapped[str | None] = mapped_column(String(200))
