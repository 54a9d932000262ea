"""The life of policy documents: drafts, dates, links between them, and how people ask."""

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("policy_documents") as table:
        table.add_column(sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
        table.add_column(
            sa.Column("status", sa.String(10), nullable=False, server_default="published")
        )
        table.add_column(sa.Column("addressees", sa.Text, nullable=False, server_default=""))
        table.add_column(sa.Column("effective_on", sa.Date))
        table.add_column(sa.Column("superseded_on", sa.Date))
        table.add_column(sa.Column("superseded_by", sa.String(20)))
        table.add_column(sa.Column("validity_quote", sa.Text, nullable=False, server_default=""))
        table.add_column(sa.Column("replaces", sa.JSON, nullable=False, server_default="[]"))
        table.add_column(sa.Column("corrected", sa.JSON, nullable=False, server_default="[]"))
        table.add_column(sa.Column("family", sa.String(300), nullable=False, server_default=""))
    op.create_index("ix_policy_documents_family", "policy_documents", ["family"])
    with op.batch_alter_table("policy_units") as table:
        table.add_column(sa.Column("key", sa.String(40), nullable=False, server_default=""))
    op.create_table(
        "policy_links",
        sa.Column("document_id", sa.String(20), primary_key=True),
        sa.Column("other_id", sa.String(20), primary_key=True),
        sa.Column("relation", sa.String(12), primary_key=True),
        sa.Column("stated_by", sa.String(10), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["policy_documents.id"],
                name=f"fk_policy_links_{column}",
                ondelete="CASCADE",
            )
            for column in ("document_id", "other_id")
        ),
    )
    op.create_index("ix_policy_links_other_id", "policy_links", ["other_id"])
    op.create_table(
        "policy_asks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("doc_key", sa.String(300), nullable=False),
        sa.Column("section_key", sa.String(40), nullable=False),
        sa.Column("about", sa.JSON, nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("added_by", sa.String(50), nullable=False),
        sa.Column("added_at", UtcDateTime, nullable=False),
        sa.UniqueConstraint(
            "doc_key", "section_key", "text", name="uq_policy_asks_doc_key_section_key_text"
        ),
    )
