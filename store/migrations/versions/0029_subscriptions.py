"""Saved wishes, what their people were told, and news that wait to be told."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("wish", sa.JSON, nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("code", name="uq_subscriptions_code"),
    )
    op.create_index("ix_subscriptions_conversation", "subscriptions", ["conversation"])
    op.create_index("ix_subscriptions_active_revision", "subscriptions", ["active", "revision"])
    op.create_table(
        "told_postings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("posting_id", sa.Integer, sa.ForeignKey("postings.id"), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.UniqueConstraint(
            "conversation", "posting_id", name="uq_told_postings_conversation_posting_id"
        ),
    )
    op.create_table(
        "job_news",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("settled_at", UtcDateTime),
        sa.CheckConstraint(
            "status IN ('waiting', 'sent', 'void')", name="ck_job_news_status_known"
        ),
        sa.UniqueConstraint(
            "conversation", "kind", "key", name="uq_job_news_conversation_kind_key"
        ),
    )
    op.create_index("ix_job_news_status_at", "job_news", ["status", "at"])
