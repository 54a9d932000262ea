"""Where numbers may stand that were written before there was a vault to hide them in."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        "numbers_to_hide",
        sa.Column("place", sa.String(20), primary_key=True),
        sa.Column("after", sa.Integer, nullable=False),
    )
    inbox = sa.table("inbox")
    if op.get_bind().scalar(sa.select(sa.exists().select_from(inbox))):
        places = ("inbox", "outbox", "cases", "events")
        op.bulk_insert(table, [{"place": place, "after": 0} for place in places])
