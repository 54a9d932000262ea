"""Kinds of messages, what may be sent to whom, and what a channel's processes share."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("kind", sa.String(10), nullable=False, server_default="text"))
    op.add_column("inbox", sa.Column("details", sa.JSON))
    op.add_column("inbox", sa.Column("answer_by", UtcDateTime))
    op.add_column("outbox", sa.Column("carried_by", sa.Integer))
    op.add_column("outbox", sa.Column("key", sa.String(200)))
    op.create_index("ix_outbox_carried_by", "outbox", ["carried_by"])
    op.create_index("uq_outbox_key", "outbox", ["key"], unique=True)
    op.create_table(
        "reach",
        sa.Column(
            "conversation_id", sa.String(200), sa.ForeignKey("conversations.id"), primary_key=True
        ),
        sa.Column("left", sa.Integer, nullable=False),
        sa.Column("until", UtcDateTime, nullable=False),
        sa.Column("granted_at", UtcDateTime, nullable=False),
        sa.Column("context", sa.Text),
        sa.Column("unreachable", sa.String(40)),
    )
    op.create_table(
        "channel_states",
        sa.Column("name", sa.String(120), primary_key=True),
        sa.Column("value", sa.Text),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.Column("expires_at", UtcDateTime),
        sa.Column("holder", sa.String(64)),
        sa.Column("held_until", UtcDateTime),
    )
