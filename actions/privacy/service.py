"""The service of people's own data: wishes to be forgotten, and files of what is kept."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.dialogue.personal.holdings import Erasure, Holding
from actions.ids import new_id, read_id
from actions.privacy.tables import PrivacyExportRow, PrivacyRequestRow
from store import audit
from store.database import Database
from store.service import Service
from store.settings import Settings

PREFIX = "SC"
PERSON = "person"
"""Who did it, in the record, which names no conversation."""
FETCHED_WITHIN = timedelta(minutes=10)
"""How long the address of a file is good for."""


@dataclass(frozen=True)
class Receipt:
    """What is left of a wish to be forgotten; ``done_at`` is None while something is kept."""

    code: str
    asked_at: datetime
    erased_at: datetime | None
    done_at: datetime | None


class Privacy(Service):
    """Wishes and files over one database; every method is one unit of work, blocking."""

    def __init__(self, database: Database, key: str) -> None:
        super().__init__(database)
        self._key = key.encode()

    @classmethod
    def over(cls, database: Database, settings: Settings) -> Self:
        """Make the service; addresses of files are hidden by a key of their own."""
        return cls(database, settings.key_for("personal export"))

    def ask(self, person: str, now: datetime) -> Receipt:
        """Write down that a person wants to be forgotten, once until that is done."""
        standing = select(PrivacyRequestRow).filter_by(conversation=person, erased_at=None)
        try:
            with self._database.write() as session:
                row = session.scalar(standing)
                if row is None:
                    row = PrivacyRequestRow(
                        receipt=new_id(PREFIX), conversation=person, asked_at=now, kept=[]
                    )
                    session.add(row)
                    session.commit()
                return _receipt(row)
        except IntegrityError:
            # A rival wrote it down between our look and our write.
            with self._database.read() as session:
                return _receipt(session.scalars(standing).one())

    def receipt(self, typed: str) -> Receipt | None:
        """Return a receipt by its code as typed, or None."""
        with self._database.read() as session:
            wanted = select(PrivacyRequestRow).filter_by(receipt=read_id(PREFIX, typed))
            row = session.scalar(wanted)
            return None if row is None else _receipt(row)

    def open_requests(self) -> tuple[int, ...]:
        """Return the wishes that are not done, the oldest first."""
        with self._database.read() as session:
            unfinished = select(PrivacyRequestRow.id).filter_by(done_at=None)
            return tuple(session.scalars(unfinished.order_by(PrivacyRequestRow.id)))

    def fulfil(self, request: int, holdings: Sequence[Holding], now: datetime) -> bool:
        """Forget a person, or what was kept of them; tell whether anything could be done.

        All in one transaction, the wish's own end with it: whoever is killed in between has
        done nothing, and the next one does it. What is not in our database is deleted first,
        and again.
        """
        with self._database.write() as session:
            wanted = select(PrivacyRequestRow).filter_by(id=request, done_at=None)
            row = session.scalar(wanted.with_for_update(skip_locked=True))
            if row is None or row.conversation is None:
                return False
            wish = Erasure(row.conversation, row.asked_at, now)
            step = self._erase if row.erased_at is None else self._let_go
            if not step(session, row, wish, holdings):
                return False
            if not row.kept:
                row.conversation, row.done_at = None, now
            audit.record(session, actor=PERSON, action="privacy.erase", subject=row.receipt, at=now)
            session.commit()
            return True

    @staticmethod
    def _erase(
        session: Session, row: PrivacyRequestRow, wish: Erasure, holdings: Sequence[Holding]
    ) -> bool:
        if not all(holding.ready(session, wish) for holding in holdings):
            return False
        # Only now: what was begun between the wish and this moment stands, too.
        row.kept, row.erased_at = _staying(wish, holdings), wish.now
        for holding in holdings:
            holding.erase(session, replace(wish, kept=tuple(row.kept)))
        return True

    @staticmethod
    def _let_go(
        session: Session, row: PrivacyRequestRow, wish: Erasure, holdings: Sequence[Holding]
    ) -> bool:
        still = _staying(wish, holdings)
        over = tuple(key for key in row.kept if key not in still)
        for holding in holdings:
            if over:
                holding.let_go(session, replace(wish, kept=over))
        row.kept = [key for key in row.kept if key in still]
        return bool(over)

    # Files -------------------------------------------------------------------------------

    def offer(self, person: str, now: datetime) -> str:
        """Return the token of a file that may be fetched once within FETCHED_WITHIN."""
        token = secrets.token_urlsafe(24)
        with self._database.write() as session:
            session.add(
                PrivacyExportRow(
                    key=self._hidden(token), conversation=person, expires_at=now + FETCHED_WITHIN
                )
            )
            session.commit()
        return token

    def is_offered(self, token: str, now: datetime) -> bool:
        """Tell whether a file can be fetched with this token."""
        with self._database.read() as session:
            row = session.get(PrivacyExportRow, self._hidden(token))
            return row is not None and row.expires_at > now

    def fetch(self, token: str, now: datetime) -> str | None:
        """Use a token up and return whose file it is for; None where it is good no longer."""
        with self._database.write() as session:
            used = delete(PrivacyExportRow).where(
                PrivacyExportRow.key == self._hidden(token), PrivacyExportRow.expires_at > now
            )
            person: str | None = session.scalar(used.returning(PrivacyExportRow.conversation))
            if person is not None:
                key = self._hidden(token)[:8]
                audit.record(session, actor=PERSON, action="privacy.export", subject=key, at=now)
            session.commit()
            return person

    def _hidden(self, token: str) -> str:
        given = token.encode(errors="replace")
        return hmac.new(self._key, given, hashlib.sha256).hexdigest()


def export(person: str, holdings: Sequence[Holding], now: datetime) -> Mapping[str, object]:
    """Return everything that is kept of a person, ready for JSON, by the name of its table."""
    kept = {name: rows for each in holdings for name, rows in each.export(person).items() if rows}
    return {"made_at": now.isoformat(), "kept": kept}


def _staying(wish: Erasure, holdings: Sequence[Holding]) -> list[str]:
    return [kept.key for each in holdings for kept in each.stays(wish.person, wish.now)]


def _receipt(row: PrivacyRequestRow) -> Receipt:
    return Receipt(row.receipt, row.asked_at, row.erased_at, row.done_at)
