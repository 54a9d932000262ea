"""Tables of halls, their windows, what they do, and the arrival times they open.

The locking policy of what is scarce here, the seats of a slot, is written in
``actions.appointments.booking.seats``.
"""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class HallRow(Base):
    """A hall 经办大厅. ``capacity`` is people at one time, by the density rule.

    ``sessions`` are its opening hours on a working day, [["09:00", "11:30"], …], half-open.
    ``walk_in_share`` of those served come without a booking; ``reserved_share`` of the seats
    is for people who cannot go on line; ``wait_target`` is in minutes.
    """

    __tablename__ = "halls"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity_above_zero"),
        CheckConstraint("walk_in_share >= 0 AND walk_in_share < 1", name="walk_in_share_of_one"),
        CheckConstraint("reserved_share >= 0 AND reserved_share < 1", name="reserved_share_of_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    aliases: Mapped[list[str]] = mapped_column(JSON)
    place: Mapped[str] = mapped_column(String(6))
    address: Mapped[str] = mapped_column(String(200))
    capacity: Mapped[int]
    sessions: Mapped[list[list[str]]] = mapped_column(JSON)
    walk_in_share: Mapped[float]
    reserved_share: Mapped[float]
    wait_target: Mapped[float]
    is_demo: Mapped[bool]


class BusinessRow(Base):
    """A business 业务: what a person comes for. ``minutes`` ± ``spread`` is how long it takes."""

    __tablename__ = "businesses"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="takes_time"),
        CheckConstraint("spread >= 0", name="spread_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    aliases: Mapped[list[str]] = mapped_column(JSON)
    bring: Mapped[list[str]] = mapped_column(JSON)
    online: Mapped[str | None] = mapped_column(String(300))
    online_url: Mapped[str | None] = mapped_column(String(300))
    courier: Mapped[str | None] = mapped_column(String(300))
    minutes: Mapped[float]
    spread: Mapped[float]
    is_demo: Mapped[bool]


class WindowRow(Base):
    """A window 窗口 of a hall."""

    __tablename__ = "windows"
    __table_args__ = (UniqueConstraint("hall_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    name: Mapped[str] = mapped_column(String(30))


class WindowBusinessRow(Base):
    """Which window does which business."""

    __tablename__ = "window_businesses"

    window_id: Mapped[int] = mapped_column(ForeignKey("windows.id"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("businesses.id"), primary_key=True)


class ServiceTimeRow(Base):
    """How long a business took in a hall, learned from ``n`` visits of known length."""

    __tablename__ = "service_times"
    __table_args__ = (
        CheckConstraint("mean > 0", name="takes_time"),
        CheckConstraint("n > 0", name="from_visits"),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), primary_key=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("businesses.id"), primary_key=True)
    mean: Mapped[float]
    spread: Mapped[float]
    n: Mapped[int]
    learned_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HallDayRow(Base):
    """A day of a hall that has been planned: its slots are open for booking.

    ``walk_ins`` is how many people without a booking are expected in the hall, one number
    for each ``STEP`` minutes from the hall's first opening; ``stay`` how long a booked
    person is in the hall, in minutes.
    """

    __tablename__ = "hall_days"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    first: Mapped[int]
    walk_ins: Mapped[list[float]] = mapped_column(JSON)
    stay: Mapped[float]


class ClosureRow(Base):
    """A stretch in which a hall, or one of its windows, does not open as usual."""

    __tablename__ = "closures"
    __table_args__ = (
        CheckConstraint('"end" > start', name="ends_after_start"),
        Index("ix_closures_hall_id_start", "hall_id", "start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    window_id: Mapped[int | None] = mapped_column(ForeignKey("windows.id"))
    start: Mapped[datetime] = mapped_column(UtcDateTime)
    end: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(200))
    announced_by: Mapped[str] = mapped_column(String(60))
    announced_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SlotRow(Base):
    """A slot 时段: an arrival time at a window, half-open, with ``capacity`` seats.

    ``taken`` counts every booking that is not cancelled. A ``reserved`` slot is for people
    who cannot go on line; a ``closed`` one lies in a closure and takes nobody more.
    """

    __tablename__ = "slots"
    __table_args__ = (
        UniqueConstraint("window_id", "start"),
        CheckConstraint("taken >= 0 AND taken <= capacity", name="taken_within_capacity"),
        CheckConstraint('"end" > start', name="ends_after_start"),
        Index("ix_slots_hall_id_start", "hall_id", "start"),
        # With the hall in it: slots lie in order of time, so PostgreSQL takes this one for a
        # hall's day, too, and would otherwise fetch the slots of every hall.
        Index("ix_slots_start_hall_id", "start", "hall_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    window_id: Mapped[int] = mapped_column(ForeignKey("windows.id"))
    start: Mapped[datetime] = mapped_column(UtcDateTime)
    end: Mapped[datetime] = mapped_column(UtcDateTime)
    capacity: Mapped[int]
    taken: Mapped[int]
    reserved: Mapped[bool]
    closed: Mapped[bool]
