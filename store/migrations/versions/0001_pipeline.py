"""Tables of pipeline."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("mode", sa.String(10), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("active_at", UtcDateTime, nullable=False),
        sa.Column("lease_owner", sa.String(64)),
        sa.Column("lease_until", UtcDateTime),
    )
    op.create_index("ix_conversations_active_at", "conversations", ["active_at"])
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column(
            "conversation_id",
            sa.String(200),
            sa.ForeignKey("conversations.id", name="fk_inbox_conversation_id"),
            nullable=False,
        ),
        sa.Column("message_id", sa.String(200)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("payload", sa.Text),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", UtcDateTime, nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.Column("finished_at", UtcDateTime),
        sa.Column("nlu", sa.JSON),
        sa.UniqueConstraint("channel", "key", name="uq_inbox_channel_key"),
    )
    op.create_index("ix_inbox_status_next_attempt_at", "inbox", ["status", "next_attempt_at"])
    op.create_index("ix_inbox_conversation_id_id", "inbox", ["conversation_id", "id"])
    op.create_index(
        "ix_inbox_conversation_id_status_id", "inbox", ["conversation_id", "status", "id"]
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "conversation_id",
            sa.String(200),
            sa.ForeignKey("conversations.id", name="fk_outbox_conversation_id"),
            nullable=False,
        ),
        sa.Column("inbox_id", sa.Integer, sa.ForeignKey("inbox.id", name="fk_outbox_inbox_id")),
        sa.Column("author", sa.String(10), nullable=False),
        sa.Column("staff_name", sa.String(50)),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", UtcDateTime, nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("sent_at", UtcDateTime),
    )
    op.create_index("ix_outbox_status_next_attempt_at", "outbox", ["status", "next_attempt_at"])
    op.create_index("ix_outbox_conversation_id_id", "outbox", ["conversation_id", "id"])
    op.create_index(
        "ix_outbox_conversation_id_status_id", "outbox", ["conversation_id", "status", "id"]
    )
    op.create_index("ix_outbox_inbox_id", "outbox", ["inbox_id"])
