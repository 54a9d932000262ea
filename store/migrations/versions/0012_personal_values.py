"""Numbers of persons, encrypted; where a message had some."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "personal_values",
        sa.Column("id", sa.String(8), primary_key=True),
        sa.Column("conversation_id", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("masked", sa.String(100), nullable=False),
        sa.Column("ciphertext", sa.Text, nullable=False),
        sa.Column("blind_index", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.UniqueConstraint(
            "conversation_id",
            "kind",
            "blind_index",
            name="uq_personal_values_conversation_id_kind_blind_index",
        ),
    )
    op.add_column("inbox", sa.Column("hidden", sa.JSON))
