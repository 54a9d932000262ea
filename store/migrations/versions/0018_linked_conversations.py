"""Several channels of one person, linked by a one-time code."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "linked_conversations",
        sa.Column("conversation", sa.String(200), primary_key=True),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("linked_at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_linked_conversations_person", "linked_conversations", ["person"])
    op.create_table(
        "link_codes",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("expires_at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_link_codes_conversation", "link_codes", ["conversation"])
