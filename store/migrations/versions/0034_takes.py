"""What was sent since a person's last act, where the messenger counts."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reach", sa.Column("takes", sa.JSON))
