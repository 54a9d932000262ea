"""Tables of cases."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("ticket", sa.String(20), nullable=False),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.Column("reply_by", UtcDateTime, nullable=False),
        sa.Column("closed_at", UtcDateTime),
        sa.Column("closed_by", sa.String(50)),
        sa.UniqueConstraint("ticket", name="uq_cases_ticket"),
    )
    op.create_index("ix_cases_status_reply_by", "cases", ["status", "reply_by"])
    op.create_index("ix_cases_conversation", "cases", ["conversation"])
    op.create_index(
        "uq_cases_open_conversation_reason",
        "cases",
        ["conversation", "reason"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "case_requests",
        sa.Column("conversation", sa.String(200), primary_key=True),
        sa.Column("request_key", sa.String(200), primary_key=True),
        sa.Column(
            "case_id",
            sa.Integer,
            sa.ForeignKey("cases.id", name="fk_case_requests_case_id"),
            nullable=False,
        ),
    )
