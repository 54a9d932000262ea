"""Employers who lend or borrow staff."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_shares",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("request_key", sa.String(200), nullable=False),
        sa.Column("side", sa.String(6), nullable=False),
        sa.Column("trade", sa.String(30), nullable=False),
        sa.Column("headcount", sa.Integer, nullable=False),
        sa.Column("place", sa.String(6), nullable=False),
        sa.Column("period", sa.String(60), nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("ticket", sa.String(20), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime),
        sa.UniqueConstraint("code", name="uq_staff_shares_code"),
        sa.UniqueConstraint(
            "conversation", "request_key", name="uq_staff_shares_conversation_request_key"
        ),
        sa.CheckConstraint("headcount > 0", name="ck_staff_shares_headcount_positive"),
    )
    op.create_index("ix_staff_shares_state_side", "staff_shares", ["state", "side"])
