"""Minimum wages by place and day, and ads that wait for a person."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "minimum_wages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("place", sa.String(6), nullable=False),
        sa.Column("monthly", sa.Integer, nullable=False),
        sa.Column("hourly", sa.Float, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.UniqueConstraint("place", "starts_on", name="uq_minimum_wages_place_starts_on"),
    )
    op.create_table(
        "posting_drafts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("request_key", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("decision", sa.String(10), nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("decided", sa.String(10)),
        sa.Column("categories", sa.JSON, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("decided_by", sa.String(50)),
        sa.Column("decided_at", UtcDateTime),
        sa.UniqueConstraint("code", name="uq_posting_drafts_code"),
        sa.UniqueConstraint(
            "conversation", "request_key", name="uq_posting_drafts_conversation_request_key"
        ),
    )
    op.create_index(
        "ix_posting_drafts_decided_created_at", "posting_drafts", ["decided", "created_at"]
    )
