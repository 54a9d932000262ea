"""Applications for postings, what became of them, and postings that people reported."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

STATES = "('submitted', 'handed', 'invited', 'hired', 'declined', 'withdrawn')"


def _of_posting() -> sa.Column[int]:
    return sa.Column("posting_id", sa.Integer, sa.ForeignKey("postings.id"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "applications",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("conversation", sa.String(200), nullable=False),
        _of_posting(),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("phone", sa.String(60), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("consent", sa.Text, nullable=False),
        sa.Column("applied_at", UtcDateTime, nullable=False),
        sa.Column("handed_at", UtcDateTime),
        sa.Column("handed_by", sa.String(50), nullable=False),
        sa.Column("state_at", UtcDateTime, nullable=False),
        sa.CheckConstraint(f"state IN {STATES}", name="ck_applications_state_known"),
        sa.UniqueConstraint("code", name="uq_applications_code"),
        sa.UniqueConstraint(
            "conversation", "posting_id", name="uq_applications_conversation_posting_id"
        ),
    )
    op.create_index("ix_applications_posting_id", "applications", ["posting_id"])
    op.create_index("ix_applications_state_state_at", "applications", ["state", "state_at"])
    op.create_table(
        "application_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("application_id", sa.Integer, sa.ForeignKey("applications.id"), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("was", sa.String(12), nullable=False),
        sa.Column("became", sa.String(12), nullable=False),
        sa.Column("why", sa.String(400), nullable=False),
    )
    op.create_index(
        "ix_application_changes_application_id", "application_changes", ["application_id"]
    )
    op.create_table(
        "posting_reports",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_posting(),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("ticket", sa.String(20), nullable=False),
        sa.Column("category", sa.String(30), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("settled_by", sa.String(50)),
        sa.UniqueConstraint(
            "conversation", "posting_id", name="uq_posting_reports_conversation_posting_id"
        ),
    )
    op.create_index("ix_posting_reports_posting_id", "posting_reports", ["posting_id"])
