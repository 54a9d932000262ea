"""Courses, and who signed up for them."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "courses",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("trade", sa.String(30), nullable=False),
        sa.Column("provider", sa.String(100), nullable=False),
        sa.Column("city", sa.String(6), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("times", sa.String(100), nullable=False),
        sa.Column("weekend", sa.Boolean),
        sa.Column("evening", sa.Boolean),
        sa.Column("fee", sa.Integer),
        sa.Column("subsidised", sa.Boolean),
        sa.Column("seats", sa.Integer),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("source_key", sa.String(200), nullable=False),
        sa.Column("is_demo", sa.Boolean, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.UniqueConstraint("code", name="uq_courses_code"),
        sa.UniqueConstraint("source", "source_key", name="uq_courses_source_source_key"),
        sa.CheckConstraint(
            "taken >= 0 AND (seats IS NULL OR taken <= seats)", name="ck_courses_seats_enough"
        ),
        sa.CheckConstraint("fee IS NULL OR fee >= 0", name="ck_courses_fee_not_negative"),
    )
    op.create_index("ix_courses_open_starts_on", "courses", ["open", "starts_on"])
    op.create_table(
        "course_sign_ups",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "course_id",
            sa.Integer,
            sa.ForeignKey("courses.id", name="fk_course_sign_ups_course_id"),
            nullable=False,
        ),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("consent", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.UniqueConstraint(
            "course_id", "conversation", name="uq_course_sign_ups_course_id_conversation"
        ),
    )
    op.create_index("ix_course_sign_ups_course_id", "course_sign_ups", ["course_id"])
    op.create_index("ix_course_sign_ups_conversation", "course_sign_ups", ["conversation"])
