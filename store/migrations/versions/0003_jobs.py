"""Tables of jobs."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "employers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.UniqueConstraint("name", name="uq_employers_name"),
    )
    op.create_table(
        "postings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column(
            "employer_id",
            sa.Integer,
            sa.ForeignKey("employers.id", name="fk_postings_employer_id"),
            nullable=False,
        ),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("trade", sa.String(30), nullable=False),
        sa.Column("city", sa.String(6), nullable=False),
        sa.Column("district", sa.String(6)),
        sa.Column("salary_min", sa.Integer),
        sa.Column("salary_max", sa.Integer),
        sa.Column("salary_text", sa.String(60), nullable=False),
        sa.Column("headcount", sa.Integer, nullable=False),
        sa.Column("benefits", sa.String(300), nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("contact", sa.String(60), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.Column("published_on", sa.Date, nullable=False),
        sa.Column("expires_on", sa.Date, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.UniqueConstraint("code", name="uq_postings_code"),
        sa.CheckConstraint("salary_min <= salary_max", name="ck_postings_salary_in_order"),
        sa.CheckConstraint("headcount > 0", name="ck_postings_headcount_positive"),
        sa.CheckConstraint("status IN ('published', 'withdrawn')", name="ck_postings_status_known"),
    )
    op.create_index("ix_postings_employer_id", "postings", ["employer_id"])
    op.create_index("ix_postings_status_trade_city", "postings", ["status", "trade", "city"])
    op.create_index("ix_postings_status_city_trade", "postings", ["status", "city", "trade"])
    op.create_index("ix_postings_status_district", "postings", ["status", "district"])
