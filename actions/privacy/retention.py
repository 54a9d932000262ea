"""How long receipts and addresses of files are kept, and who runs the rules at night."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.dialogue.personal.retention import Rule
from actions.dialogue.services import Services
from actions.privacy.tables import PrivacyExportRow, PrivacyRequestRow, RetentionRunRow
from store.database import Database

LEASE = timedelta(hours=2)
"""How long a night's run is one process's own: then it is taken for dead."""


def rules(services: Services) -> Sequence[Rule]:
    """Return the rules."""
    ours = lambda: nullcontext(services.database)  # noqa: E731  as in every feature's rules
    return (
        Rule(
            "privacy_exports",
            "过期的下载地址",
            "下载所需，到期之后",
            1,
            _expired,
            _forget_exports,
            ours,
        ),
        Rule(
            "privacy_requests",
            "删除的回执（不含个人信息）",
            "证明已经删除，删完之后",
            services.settings.keep_receipts_days,
            _done,
            _forget_receipts,
            ours,
        ),
    )


def claim(database: Database, night: date, now: datetime) -> bool:
    """Take a night's run; False where another process has it or has done it."""
    try:
        with database.write() as session:
            row = session.get(RetentionRunRow, night, with_for_update=True)
            if row is None:
                row = RetentionRunRow(night=night, until=now)
                session.add(row)
                session.flush()
            if row.done_at is not None or row.until > now:
                return False
            row.until = now + LEASE
            session.commit()
            return True
    except IntegrityError:  # a rival was quicker (PostgreSQL only)
        return False


def finish(database: Database, night: date, now: datetime) -> None:
    """Note that a night's run is done; earlier nights are of no more use."""
    with database.write() as session:
        session.execute(delete(RetentionRunRow).where(RetentionRunRow.night < night))
        session.get_one(RetentionRunRow, night).done_at = now
        session.commit()


def _expired(before: datetime) -> Select[Any, Any]:
    return select(PrivacyExportRow.key, PrivacyExportRow.expires_at).where(
        PrivacyExportRow.expires_at < before
    )


def _forget_exports(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(PrivacyExportRow).where(PrivacyExportRow.key.in_(keys)))


def _done(before: datetime) -> Select[Any, Any]:
    return select(PrivacyRequestRow.id, PrivacyRequestRow.done_at).where(
        PrivacyRequestRow.done_at < before
    )


def _forget_receipts(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(PrivacyRequestRow).where(PrivacyRequestRow.id.in_(keys)))
