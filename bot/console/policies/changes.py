"""The record of what staff changed in the policy documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from bot.console.policies.tables import PolicyChange
from store.database import Database


@dataclass(frozen=True)
class Change:
    """One change: when, by whom, what, and its particulars."""

    at: datetime
    staff: str
    doc_id: str
    action: str
    detail: dict[str, Any]


def record_change(
    database: Database,
    *,
    staff: str,
    doc_id: str,
    action: str,
    detail: Mapping[str, object],
    now: datetime,
) -> None:
    """Write down one change; ``detail`` is ready for JSON."""
    with database.write() as session:
        session.add(
            PolicyChange(at=now, staff=staff, doc_id=doc_id, action=action, detail=dict(detail))
        )
        session.commit()


def move_changes(database: Database, doc_id: str, to_id: str) -> None:
    """Let the record of a draft follow it to the document that it became."""
    with database.write() as session:
        moved = update(PolicyChange).where(PolicyChange.doc_id == doc_id).values(doc_id=to_id)
        session.execute(moved)
        session.commit()


def list_changes(database: Database, doc_id: str, *, limit: int = 100) -> list[Change]:
    """Return a document's changes, the newest first."""
    query = (
        select(PolicyChange)
        .where(PolicyChange.doc_id == doc_id)
        .order_by(PolicyChange.at.desc(), PolicyChange.id.desc())
        .limit(limit)
    )
    with database.read() as session:
        return [
            Change(row.at, row.staff, row.doc_id, row.action, row.detail)
            for row in session.scalars(query)
        ]
