"""Wishes to be forgotten, files to fetch; numbers of messages are not given out twice."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "privacy_requests",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("receipt", sa.String(20), nullable=False),
        sa.Column("conversation", sa.String(200)),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        sa.Column("erased_at", UtcDateTime),
        sa.Column("done_at", UtcDateTime),
        sa.Column("kept", sa.JSON, nullable=False),
        sa.UniqueConstraint("receipt", name="uq_privacy_requests_receipt"),
    )
    still_open = sa.text("conversation IS NOT NULL AND erased_at IS NULL")
    op.create_index(
        "uq_privacy_requests_open_conversation",
        "privacy_requests",
        ["conversation"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_table(
        "privacy_exports",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("expires_at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_privacy_exports_conversation", "privacy_exports", ["conversation"])
    op.create_index("ix_privacy_exports_expires_at", "privacy_exports", ["expires_at"])
    op.create_table(
        "retention_runs",
        sa.Column("night", sa.Date, primary_key=True),
        sa.Column("until", UtcDateTime, nullable=False),
        sa.Column("done_at", UtcDateTime),
    )
    if op.get_bind().dialect.name != "sqlite":
        return
    # SQLite gives the number of a deleted newest row out again: a person's cursor in the outbox
    # would be past replies they have not seen, a request key one that a booking has already.
    for table in ("inbox", "outbox"):
        with op.batch_alter_table(
            table, recreate="always", table_kwargs={"sqlite_autoincrement": True}
        ):
            pass
