"""Long messages are found among a million short ones."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    long = sa.text("length(text) >= 100")
    op.create_index("ix_inbox_long", "inbox", ["id"], sqlite_where=long, postgresql_where=long)
