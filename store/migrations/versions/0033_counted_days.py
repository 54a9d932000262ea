"""Days whose messages have been counted."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counted_days",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("counts", sa.JSON, nullable=False),
    )
