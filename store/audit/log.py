"""Writing the log and reading it.

The chain is of plain SHA-256, so that whoever is given the log can check it without a secret of
ours, and a new key breaks nothing. Against somebody who can write the whole table anew stand the
checkpoints: they carry the installation's key and are kept apart; see ``checkpoints``.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select, text
from sqlalchemy.orm import Session

from store.audit.tables import AuditEntry

GENESIS = "0" * 64
"""What stands before the first entry."""
PAGE = 1000
LOCK = 0x7A68_6964_61
"""PostgreSQL's advisory lock of the end of the chain; any number of our own would do."""


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many entries there are, and the hash of the last."""

    entry: int = 0
    hash: str = GENESIS


def record(
    session: Session,
    *,
    actor: str,
    action: str,
    subject: str,
    at: datetime,
    reason: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Append what ``actor`` did to ``subject``, within the caller's unit of work (``write()``).

    Both are ids, such as ``staff:3``, never what a person is called; nor do ``details`` (JSON)
    hold anything of a person. The others who record wait until the caller commits: record last.
    """
    before = _last(session)
    entry = AuditEntry(
        id=before.entry + 1,
        at=written(at),
        actor=actor,
        action=action,
        subject=subject,
        reason=reason,
        details=_canonical(dict(details or {})),
        previous=before.hash,
    )
    entry.hash = hash_of(entry)
    session.add(entry)
    session.flush()


def hash_of(entry: AuditEntry | Row[Any]) -> str:
    """Return the SHA-256 over all of an entry but its own hash, in hexadecimal digits."""
    done = [entry.at, entry.actor, entry.action, entry.subject, entry.reason, entry.details]
    written = _canonical([entry.id, *done, entry.previous])
    return hashlib.sha256(written.encode()).hexdigest()


def head(session: Session) -> Head:
    """Return the end of the chain as the database has it."""
    newest = select(AuditEntry.id, AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    row = session.execute(newest).first()
    return Head() if row is None else Head(row.id, row.hash)


def chosen(
    *, since: datetime | None = None, actor: str | None = None, action: str | None = None
) -> Select[Any]:
    """Return the query for entries, in no order yet; ``staff.`` is every action of that feature."""
    wanted = select(*AuditEntry.__table__.columns)
    if since is not None:
        wanted = wanted.where(AuditEntry.at >= written(since))
    if actor:
        wanted = wanted.where(AuditEntry.actor == actor)
    if action:
        wanted = wanted.where(AuditEntry.action.startswith(action, autoescape=True))
    return wanted


def in_order(session: Session, wanted: Select[Any]) -> Iterator[Row[Any]]:
    """Yield what ``chosen`` chose, the oldest first, read a page at a time."""
    after: list[ColumnElement[bool]] = []
    while page := session.execute(wanted.where(*after).order_by(AuditEntry.id).limit(PAGE)).all():
        yield from page
        after = [AuditEntry.id > page[-1].id]


def _last(session: Session) -> Head:
    """Return the end of the chain, which is the caller's alone until its transaction ends.

    SQLite's writers have taken turns since they began. On PostgreSQL the lock comes first and
    the look after it: a statement sees what was committed before it began.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    return head(session)


def written(moment: datetime) -> str:
    """Return a moment as entries have it: by text is by time."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _canonical(value: Any) -> str:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
