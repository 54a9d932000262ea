"""Finding what was said and what became of it: words, readings, outcomes; views and reviews."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime
from store.text_index import Said, make_index

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KEYS = ("kind", "status", "reason")
INBOX = Said("{row}.text", "inbox.text")
OUTBOX = Said("json_extract({row}.body, '$.text')", "outbox.body->>'text'")


def upgrade() -> None:
    op.add_column("inbox", sa.Column("intent", sa.String(40)))
    op.add_column("inbox", sa.Column("confidence", sa.Float))
    op.add_column("inbox", sa.Column("outcome", sa.String(40)))
    _read_what_there_is(op.get_bind().dialect.name)
    for name in ("intent", "outcome", "channel"):
        op.create_index(f"ix_inbox_{name}_id", "inbox", [name, "id"])
    figures = ["received_at", "channel", "intent", "outcome"]
    op.create_index("ix_inbox_figures", "inbox", figures)
    connection = op.get_bind()
    make_index(connection, "inbox", INBOX)
    make_index(connection, "outbox", OUTBOX)
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "staff_id",
            sa.Integer,
            sa.ForeignKey("staff.id", name="fk_saved_views_staff_id"),
            nullable=False,
        ),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("filters", sa.JSON, nullable=False),
    )
    op.create_index("ix_saved_views_staff_id", "saved_views", ["staff_id"])
    op.create_table(
        "turn_reviews",
        sa.Column("inbox_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("staff", sa.String(50), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sentence", sa.String(64), nullable=False),
        sa.Column("kept_for", sa.String(10), nullable=False),
        sa.Column("read_as", sa.String(40)),
        sa.Column("intent", sa.String(40)),
        sa.Column("entities", sa.JSON, nullable=False),
        sa.Column("reading_right", sa.Boolean),
        sa.Column("answer_right", sa.Boolean),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_turn_reviews_conversation", "turn_reviews", ["conversation"])
    op.create_index("ix_turn_reviews_sentence", "turn_reviews", ["sentence"])


def _read_what_there_is(dialect: str) -> None:
    if dialect == "sqlite":
        read = "json_extract(nlu, '$.intent')", "json_extract(nlu, '$.confidence')"
        kind, status, reason = (f"json_extract(body, '$.data.{key}')" for key in KEYS)
    else:
        read = "nlu->>'intent'", "(nlu->>'confidence')::float"
        kind, status, reason = (f"body->'data'->>'{key}'" for key in KEYS)
    outcome = f"{kind} || coalesce(':' || coalesce({status}, {reason}), '')"
    op.execute(
        f"UPDATE inbox SET intent = {read[0]}, confidence = {read[1]}, "  # noqa: S608
        f"outcome = (SELECT substr(min({outcome}), 1, 40) FROM outbox "
        "WHERE outbox.inbox_id = inbox.id AND outbox.author = 'bot')"
    )
