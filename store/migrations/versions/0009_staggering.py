"""Staggered windows: planned days, holds, the waiting list, visits, closures, notices."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SESSIONS = '[["09:00", "11:30"], ["13:30", "16:30"]]'


def upgrade() -> None:
    _halls()
    _slots()
    _bookings()
    _new_halls()
    _new_bookings()


def _halls() -> None:
    with op.batch_alter_table("halls") as table:
        table.drop_column("hours")
        table.add_column(sa.Column("sessions", sa.JSON, nullable=False, server_default=SESSIONS))
        for name, default in (("walk_in_share", 0.25), ("reserved_share", 0.05)):
            table.add_column(
                sa.Column(name, sa.Double, nullable=False, server_default=str(default))
            )
        table.add_column(sa.Column("wait_target", sa.Double, nullable=False, server_default="5"))
        table.create_check_constraint("ck_halls_capacity_above_zero", "capacity > 0")
        table.create_check_constraint(
            "ck_halls_walk_in_share_of_one", "walk_in_share >= 0 AND walk_in_share < 1"
        )
        table.create_check_constraint(
            "ck_halls_reserved_share_of_one", "reserved_share >= 0 AND reserved_share < 1"
        )
    with op.batch_alter_table("businesses") as table:
        table.alter_column("minutes", type_=sa.Double)
        table.add_column(sa.Column("spread", sa.Double, nullable=False, server_default="6"))
        table.create_check_constraint("ck_businesses_takes_time", "minutes > 0")
        table.create_check_constraint("ck_businesses_spread_not_negative", "spread >= 0")
    with op.batch_alter_table("windows") as table:
        table.drop_column("offset")
    for name, columns in (
        ("halls", ("sessions", "walk_in_share", "reserved_share", "wait_target")),
        ("businesses", ("spread",)),
    ):
        with op.batch_alter_table(name) as table:
            for column in columns:
                table.alter_column(column, server_default=None)


def _slots() -> None:
    op.add_column("slots", sa.Column("hall_id", sa.Integer))
    op.execute(
        "UPDATE slots SET hall_id ="
        " (SELECT hall_id FROM windows WHERE windows.id = slots.window_id)"
    )
    with op.batch_alter_table("slots") as table:
        table.alter_column("hall_id", nullable=False)
        table.create_foreign_key("fk_slots_hall_id", "halls", ["hall_id"], ["id"])
        for name in ("reserved", "closed"):
            table.add_column(sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
    with op.batch_alter_table("slots") as table:
        for name in ("reserved", "closed"):
            table.alter_column(name, server_default=None)
    op.create_index("ix_slots_hall_id_start", "slots", ["hall_id", "start"])
    op.drop_index("ix_slots_start", "slots")
    op.create_index("ix_slots_start_hall_id", "slots", ["start", "hall_id"])


def _bookings() -> None:
    op.add_column("bookings", sa.Column("place", sa.Integer))
    # A person's standing bookings take the places one after another.
    op.execute(
        "UPDATE bookings SET place = 1 + (SELECT count(*) FROM bookings AS other"
        " WHERE other.owner = bookings.owner AND other.active AND other.id < bookings.id)"
        " WHERE active"
    )
    op.execute("UPDATE bookings SET active = false, place = NULL WHERE place > 3")
    with op.batch_alter_table("bookings") as table:
        table.add_column(
            sa.Column("priority", sa.Boolean, nullable=False, server_default=sa.false())
        )
        for name in ("hold_until", "confirmed_at", "checked_in_at", "called_at", "ended_at"):
            table.add_column(sa.Column(name, UtcDateTime))
        table.add_column(sa.Column("ended_by", sa.String(10)))
        table.create_check_constraint(
            "ck_bookings_within_places",
            "NOT active OR (place IS NOT NULL AND place >= 1 AND place <= 3)",
        )
        table.create_check_constraint(
            "ck_bookings_holds_end", "status <> 'held' OR hold_until IS NOT NULL"
        )
        table.create_check_constraint(
            "ck_bookings_cancelled_is_over", "status <> 'cancelled' OR NOT active"
        )
    op.execute(
        "UPDATE bookings SET confirmed_at = created_at, ended_at = cancelled_at,"
        " ended_by = CASE WHEN cancelled_at IS NULL THEN NULL ELSE 'person' END"
    )
    with op.batch_alter_table("bookings") as table:
        table.alter_column("priority", server_default=None)
        table.drop_column("cancelled_at")
        table.drop_column("cancel_key")
    _partial("uq_bookings_active_owner_place", "bookings", ["owner", "place"], "active", True)
    op.create_index(
        "ix_bookings_active_slot_id",
        "bookings",
        ["slot_id"],
        # SQLite uses it only where a query says the same: "= 1".
        sqlite_where=sa.text("active = 1"),
        postgresql_where=sa.text("active"),
    )
    _partial("ix_bookings_hold_until", "bookings", ["hold_until"], "status = 'held'")
    _partial("ix_bookings_no_show_owner", "bookings", ["owner"], "status = 'no_show'")


def _partial(name: str, table: str, columns: list[str], where: str, unique: bool = False) -> None:
    op.create_index(
        name,
        table,
        columns,
        unique=unique,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _new_halls() -> None:
    op.create_table(
        "service_times",
        _reference("hall_id", "halls", "service_times", primary_key=True),
        _reference("business_id", "businesses", "service_times", primary_key=True),
        sa.Column("mean", sa.Double, nullable=False),
        sa.Column("spread", sa.Double, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("learned_at", UtcDateTime, nullable=False),
        sa.CheckConstraint("mean > 0", name="ck_service_times_takes_time"),
        sa.CheckConstraint("n > 0", name="ck_service_times_from_visits"),
    )
    op.create_table(
        "hall_days",
        _reference("hall_id", "halls", "hall_days", primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("planned_at", UtcDateTime, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("walk_ins", sa.JSON, nullable=False),
        sa.Column("stay", sa.Double, nullable=False),
    )
    op.create_table(
        "closures",
        sa.Column("id", sa.Integer, primary_key=True),
        _reference("hall_id", "halls", "closures"),
        _reference("window_id", "windows", "closures", nullable=True),
        sa.Column("start", UtcDateTime, nullable=False),
        sa.Column("end", UtcDateTime, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("announced_by", sa.String(60), nullable=False),
        sa.Column("announced_at", UtcDateTime, nullable=False),
        sa.CheckConstraint('"end" > start', name="ck_closures_ends_after_start"),
    )
    op.create_index("ix_closures_hall_id_start", "closures", ["hall_id", "start"])


def _new_bookings() -> None:
    op.create_table(
        "waits",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        _reference("hall_id", "halls", "waits"),
        _reference("business_id", "businesses", "waits"),
        sa.Column("start", UtcDateTime, nullable=False),
        sa.Column("end", UtcDateTime, nullable=False),
        sa.Column("priority", sa.Boolean, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("request_key", sa.String(200), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        _reference("booking_id", "bookings", "waits", nullable=True),
        sa.UniqueConstraint("code", name="uq_waits_code"),
        sa.UniqueConstraint("owner", "request_key", name="uq_waits_owner_request_key"),
        sa.CheckConstraint('"end" > start', name="ck_waits_ends_after_start"),
    )
    _partial(
        "uq_waits_waiting_owner_business",
        "waits",
        ["owner", "business_id"],
        "status = 'waiting'",
        unique=True,
    )
    _partial("ix_waits_waiting", "waits", ["hall_id", "business_id", "id"], "status = 'waiting'")
    op.create_table(
        "walk_ins",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        _reference("hall_id", "halls", "walk_ins"),
        _reference("business_id", "businesses", "walk_ins"),
        sa.Column("priority", sa.Boolean, nullable=False),
        sa.Column("arrived_at", UtcDateTime, nullable=False),
        sa.Column("called_at", UtcDateTime),
        sa.Column("ended_at", UtcDateTime),
        sa.UniqueConstraint("code", name="uq_walk_ins_code"),
    )
    op.create_index("ix_walk_ins_hall_id_arrived_at", "walk_ins", ["hall_id", "arrived_at"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer, primary_key=True),
        _reference("booking_id", "bookings", "notices"),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("settled_at", UtcDateTime),
    )
    op.create_index("ix_notices_booking_id", "notices", ["booking_id"])
    _partial("ix_notices_due_at", "notices", ["due_at"], "status = 'waiting'")


def _reference(
    column: str, table: str, of: str, *, primary_key: bool = False, nullable: bool = False
) -> "sa.Column[int]":
    return sa.Column(
        column,
        sa.Integer,
        sa.ForeignKey(f"{table}.id", name=f"fk_{of}_{column}"),
        primary_key=primary_key,
        autoincrement=False,
        nullable=nullable and not primary_key,
    )
