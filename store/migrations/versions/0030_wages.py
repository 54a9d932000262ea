"""Published wage guidance by place, trade and year."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wage_guides",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("place", sa.String(6), nullable=False),
        sa.Column("trade", sa.String(60), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("q1", sa.Integer, nullable=False),
        sa.Column("median", sa.Integer, nullable=False),
        sa.Column("q3", sa.Integer, nullable=False),
        sa.Column("n", sa.Integer),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("published_on", sa.Date, nullable=False),
        sa.UniqueConstraint("place", "trade", "year", name="uq_wage_guides_place_trade_year"),
        sa.CheckConstraint(
            "q1 > 0 AND q1 <= median AND median <= q3",
            name="ck_wage_guides_quartiles_in_order",
        ),
    )
