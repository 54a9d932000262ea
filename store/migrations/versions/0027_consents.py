"""Consents of a person to notices of a messenger's, with what may be sent to them."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reach", sa.Column("consents", sa.JSON))
