"""The window a person was called to, and the trail of steps that staff took back."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("bookings", "walk_ins"):
        # With the reference in the same statement, SQLite need not copy the table.
        op.add_column(table, _called_to(table), inline_references=True)
    op.create_table(
        "undone_steps",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        _called_to("undone_steps"),
        sa.Column("undone_at", UtcDateTime, nullable=False),
        sa.Column("undone_by", sa.String(60), nullable=False),
    )
    op.create_index("ix_undone_steps_code", "undone_steps", ["code"])


def _called_to(of: str) -> "sa.Column[int]":
    return sa.Column(
        "called_to", sa.Integer, sa.ForeignKey("windows.id", name=f"fk_{of}_called_to")
    )
