"""Tables of windows."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _halls()
    _slots()
    _bookings()


def _halls() -> None:
    op.create_table(
        "halls",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.Column("place", sa.String(6), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("hours", sa.String(100), nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.UniqueConstraint("name", name="uq_halls_name"),
    )
    op.create_table(
        "businesses",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.Column("bring", sa.JSON, nullable=False),
        sa.Column("online", sa.String(300)),
        sa.Column("online_url", sa.String(300)),
        sa.Column("courier", sa.String(300)),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.UniqueConstraint("name", name="uq_businesses_name"),
    )
    op.create_table(
        "windows",
        sa.Column("id", sa.Integer, primary_key=True),
        _reference("hall_id", "halls", "windows"),
        sa.Column("name", sa.String(30), nullable=False),
        sa.Column("offset", sa.Integer, nullable=False),
        sa.UniqueConstraint("hall_id", "name", name="uq_windows_hall_id_name"),
    )
    op.create_table(
        "window_businesses",
        _reference("window_id", "windows", "window_businesses", primary_key=True),
        _reference("business_id", "businesses", "window_businesses", primary_key=True),
    )


def _slots() -> None:
    op.create_table(
        "slots",
        sa.Column("id", sa.Integer, primary_key=True),
        _reference("window_id", "windows", "slots"),
        sa.Column("start", UtcDateTime, nullable=False),
        sa.Column("end", UtcDateTime, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.UniqueConstraint("window_id", "start", name="uq_slots_window_id_start"),
        sa.CheckConstraint(
            "taken >= 0 AND taken <= capacity", name="ck_slots_taken_within_capacity"
        ),
        sa.CheckConstraint('"end" > start', name="ck_slots_ends_after_start"),
    )
    op.create_index("ix_slots_start", "slots", ["start"])


def _bookings() -> None:
    op.create_table(
        "bookings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        _reference("slot_id", "slots", "bookings"),
        _reference("business_id", "businesses", "bookings"),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("request_key", sa.String(200), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("cancelled_at", UtcDateTime),
        sa.Column("cancel_key", sa.String(200)),
        sa.UniqueConstraint("code", name="uq_bookings_code"),
        sa.UniqueConstraint("owner", "request_key", name="uq_bookings_owner_request_key"),
    )
    op.create_index("ix_bookings_slot_id", "bookings", ["slot_id"])
    op.create_index(
        "uq_bookings_active_owner_business",
        "bookings",
        ["owner", "business_id"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )


def _reference(name: str, table: str, owner: str, *, primary_key: bool = False) -> "sa.Column[int]":
    return sa.Column(
        name,
        sa.Integer,
        sa.ForeignKey(f"{table}.id", name=f"fk_{owner}_{name}"),
        nullable=False,
        primary_key=primary_key,
        autoincrement=False,
    )
