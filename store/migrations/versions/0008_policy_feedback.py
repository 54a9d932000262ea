"""Whether policy answers helped, and what staff changed in the documents."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_feedback",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("question", sa.String(500), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("doc_id", sa.String(20), nullable=False),
        sa.Column("section", sa.String(300), nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.UniqueConstraint(
            "conversation",
            "question",
            "doc_id",
            name="uq_policy_feedback_conversation_question_doc_id",
        ),
    )
    op.create_index("ix_policy_feedback_at", "policy_feedback", ["at"])
    op.create_table(
        "policy_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("staff", sa.String(50), nullable=False),
        sa.Column("doc_id", sa.String(20), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
    )
    op.create_index("ix_policy_changes_doc_id", "policy_changes", ["doc_id"])
