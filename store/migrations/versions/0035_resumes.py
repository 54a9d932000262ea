"""What people want kept of the work they look for."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "resume_entries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("consent", sa.Text, nullable=False),
        sa.UniqueConstraint("conversation", "field", name="uq_resume_entries_conversation_field"),
    )
