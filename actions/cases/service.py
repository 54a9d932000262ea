"""The service of cases: what waits for a person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.cases.rules import reply_by
from actions.cases.tables import CaseRequestRow, CaseRow
from actions.ids import new_id, read_id
from store.clock import to_shanghai
from store.errors import ZhidaError
from store.service import Service
from store.vault.vault import shown

PREFIX = "GD"
OPEN, CLOSED = "open", "closed"
REASONS = ("handoff", "complaint", "distress")
TRIES = 3
SUMMARY_LIMIT = 1000


@dataclass(frozen=True)
class Case:
    """A case 工单; times are Asia/Shanghai, ``reply_by`` is what was promised.

    ``summary`` shows masks where its words had numbers of persons.
    """

    ticket: str
    reason: str
    status: str
    reply_by: datetime
    summary: str
    opened_at: datetime
    conversation: str
    closed_at: datetime | None = None


class UnknownCase(ZhidaError):
    """No case with this ticket."""

    code = "unknown_case"


class Cases(Service):
    """Cases over one database; every method is one unit of work, blocking."""

    def open(
        self, *, conversation: str, reason: str, summary: str, request_key: str, now: datetime
    ) -> Case:
        """Open a case, or return the one that this request or this reason has open already.

        ValueError for a reason that is none of REASONS.
        """
        if reason not in REASONS:
            raise ValueError(f"unknown reason {reason!r}")
        for _ in range(TRIES):
            try:
                with self._database.write() as session:
                    row = _of_request(session, conversation, request_key)
                    if row is None:
                        row = _open(session, conversation, reason)
                        if row is None:
                            row = _new(conversation, reason, summary, now)
                            session.add(row)
                            session.flush()
                        session.add(
                            CaseRequestRow(
                                conversation=conversation, request_key=request_key, case_id=row.id
                            )
                        )
                        session.commit()
                    return _record(session, row)
            except IntegrityError:
                # A rival opened it between our look and our write: look again.
                continue
        raise RuntimeError(f"the case of {conversation!r} is opened and closed without end")

    def open_cases(self, limit: int = 100) -> tuple[Case, ...]:
        """Return open cases, those due first."""
        statement = select(CaseRow).where(CaseRow.status == OPEN)
        with self._database.read() as session:
            rows = session.scalars(statement.order_by(CaseRow.reply_by, CaseRow.id).limit(limit))
            return tuple(_record(session, row) for row in rows)

    def get(self, ticket: str) -> Case | None:
        """Return one case by its ticket as typed, or None."""
        with self._database.read() as session:
            row = session.scalar(select(CaseRow).where(CaseRow.ticket == read_id(PREFIX, ticket)))
            return None if row is None else _record(session, row)

    def close(self, ticket: str, *, staff: str, now: datetime) -> Case:
        """Close a case; one closed already stays as it is. Raises UnknownCase."""
        statement = select(CaseRow).where(CaseRow.ticket == read_id(PREFIX, ticket))
        with self._database.write() as session:
            row = session.scalar(statement.with_for_update())
            if row is None:
                raise UnknownCase
            if row.status == OPEN:
                row.status, row.closed_at, row.closed_by = CLOSED, now, staff
                session.commit()
            return _record(session, row)

    def add(self, ticket: str, words: str) -> None:
        """Add to what its person has said; the same words are added once. Raises UnknownCase."""
        statement = select(CaseRow).where(CaseRow.ticket == read_id(PREFIX, ticket))
        with self._database.write() as session:
            row = session.scalar(statement.with_for_update())
            if row is None:
                raise UnknownCase
            if words not in row.summary:
                row.summary = f"{row.summary}；{words}"[-SUMMARY_LIMIT:]
                session.commit()

    def for_conversation(self, conversation: str) -> tuple[Case, ...]:
        """Return a conversation's cases, the newest first."""
        statement = select(CaseRow).where(CaseRow.conversation == conversation)
        with self._database.read() as session:
            rows = session.scalars(statement.order_by(CaseRow.id.desc()))
            return tuple(_record(session, row) for row in rows)


def _of_request(session: Session, conversation: str, request_key: str) -> CaseRow | None:
    request = session.get(CaseRequestRow, (conversation, request_key))
    return None if request is None else session.get_one(CaseRow, request.case_id)


def _open(session: Session, conversation: str, reason: str) -> CaseRow | None:
    return session.scalar(
        select(CaseRow).where(
            CaseRow.conversation == conversation,
            CaseRow.reason == reason,
            CaseRow.status == OPEN,
        )
    )


def _new(conversation: str, reason: str, summary: str, now: datetime) -> CaseRow:
    return CaseRow(
        ticket=new_id(PREFIX),
        conversation=conversation,
        reason=reason,
        status=OPEN,
        summary=summary,
        opened_at=now,
        reply_by=reply_by(reason, now),
    )


def _record(session: Session, row: CaseRow) -> Case:
    return Case(
        ticket=row.ticket,
        reason=row.reason,
        status=row.status,
        reply_by=to_shanghai(row.reply_by),
        summary=shown(session, row.conversation, row.summary),
        opened_at=to_shanghai(row.opened_at),
        conversation=row.conversation,
        closed_at=to_shanghai(row.closed_at) if row.closed_at else None,
    )
