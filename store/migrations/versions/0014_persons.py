"""Whom a booking is for, the number of its link, and the conversations that took it up."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "bookings", sa.Column("for_other", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column(
        "bookings", sa.Column("link_number", sa.Integer, nullable=False, server_default="1")
    )
    op.drop_index("uq_bookings_active_owner_business", "bookings")
    op.create_index(
        "uq_bookings_active_owner_business",
        "bookings",
        ["owner", "business_id", "for_other"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "booking_holders",
        sa.Column(
            "booking_id",
            sa.Integer,
            sa.ForeignKey("bookings.id", name="fk_booking_holders_booking_id_bookings"),
            primary_key=True,
        ),
        sa.Column("conversation", sa.String(200), primary_key=True),
    )
    op.create_index("ix_booking_holders_conversation", "booking_holders", ["conversation"])
