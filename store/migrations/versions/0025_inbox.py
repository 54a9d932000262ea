"""An inbox for staff: who answers whom, notes, labels, complaints, canned answers."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0025"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("staff", sa.String(50)))
    op.create_index("ix_conversations_staff", "conversations", ["staff"])
    op.add_column("cases", sa.Column("category", sa.String(20)))
    op.add_column("cases", sa.Column("answer_by", UtcDateTime))
    op.add_column("cases", sa.Column("answer", sa.Text, nullable=False, server_default=""))
    op.add_column("cases", sa.Column("labels", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("cases", sa.Column("satisfied", sa.Boolean))
    op.create_index("ix_cases_closed_at", "cases", ["closed_at"])
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "case_id",
            sa.Integer,
            sa.ForeignKey("cases.id", name="fk_case_notes_case_id"),
            nullable=False,
        ),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("staff", sa.String(50), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ix_case_notes_case_id", "case_notes", ["case_id"])
    op.create_table(
        "desk",
        sa.Column("staff", sa.String(50), primary_key=True),
        sa.Column("subject", sa.String(50), primary_key=True),
        sa.Column("seen_at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_desk_seen_at", "desk", ["seen_at"])
    op.create_table(
        "canned_answers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("staff", sa.String(50), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.UniqueConstraint("title", name="uq_canned_answers_title"),
    )
