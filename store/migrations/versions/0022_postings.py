"""Postings with their whole life, gigs, titles' occupations, and how files are laid out."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None

STATES = "('draft', 'vetting', 'published', 'paused', 'filled', 'withdrawn', 'expired')"


def _text(name: str, length: int, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, server_default=default)


def upgrade() -> None:
    for name in ("trade_city", "city_trade", "district"):
        op.drop_index(f"ix_postings_status_{name}", "postings")
    with op.batch_alter_table("employers") as table:
        table.add_column(_text("kind", 30))
        table.add_column(_text("size", 30))
    with op.batch_alter_table("postings") as table:
        table.drop_constraint("ck_postings_status_known", type_="check")
        table.create_check_constraint("ck_postings_status_known", f"status IN {STATES}")
        table.alter_column("contact", type_=sa.String(200), existing_type=sa.String(60))
        table.add_column(_text("kind", 10, "job"))
        table.add_column(_text("category", 60))
        table.add_column(_text("places", 200))
        table.add_column(_text("street", 40))
        table.add_column(_text("pay_unit", 8))
        for name in ("pay_months", "education", "experience_min", "experience_max"):
            table.add_column(sa.Column(name, sa.Integer))
        table.add_column(_text("employment", 10))
        table.add_column(_text("contract", 30))
        table.add_column(_text("facts", 400))
        table.add_column(_text("tags", 400))
        for name in ("urgent", "remote_interview"):
            table.add_column(sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
        table.add_column(_text("source", 60))
        table.add_column(_text("source_key", 80))
        table.add_column(_text("content_hash", 64))
        table.add_column(sa.Column("repost_of", sa.Integer))
        table.add_column(sa.Column("revision", sa.BigInteger, nullable=False, server_default="0"))
        table.create_foreign_key("fk_postings_repost_of", "postings", ["repost_of"], ["id"])
    op.create_index("ix_postings_status_expires_on", "postings", ["status", "expires_on"])
    op.create_index("ix_postings_source_source_key", "postings", ["source", "source_key"])
    op.create_index("ix_postings_content_hash", "postings", ["content_hash"])
    op.create_index("ix_postings_revision", "postings", ["revision"])
    _create_tables()
    feed = sa.table("posting_feed", sa.column("id"), sa.column("revision"))
    op.execute(feed.insert().values(id=1, revision=1))


def _create_tables() -> None:
    op.create_table(
        "gigs",
        sa.Column("posting_id", sa.Integer, sa.ForeignKey("postings.id"), primary_key=True),
        sa.Column("first_on", sa.Date, nullable=False),
        sa.Column("last_on", sa.Date, nullable=False),
        *(sa.Column(name, sa.Integer) for name in ("starts", "ends", "day_pay", "hour_pay")),
    )
    op.create_table(
        "posting_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("posting_id", sa.Integer, sa.ForeignKey("postings.id"), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("was", sa.String(12), nullable=False),
        sa.Column("became", sa.String(12), nullable=False),
        sa.Column("why", sa.String(400), nullable=False),
    )
    op.create_index("ix_posting_changes_posting_id", "posting_changes", ["posting_id"])
    op.create_table(
        "posting_feed",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("revision", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "job_titles",
        sa.Column("text", sa.String(100), primary_key=True),
        sa.Column("occupation", sa.String(12)),
        sa.Column("probability", sa.Float),
        sa.Column("vector", sa.LargeBinary),
        sa.Column("read_by", sa.String(80), nullable=False),
    )
    op.create_index("ix_job_titles_read_by", "job_titles", ["read_by"])
    op.create_table(
        "posting_columns",
        sa.Column("layout", sa.String(64), primary_key=True),
        sa.Column("columns", sa.JSON, nullable=False),
        sa.Column("saved_at", UtcDateTime, nullable=False),
    )
