"""The service of cases: what waits for a person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.cases.presence import is_attended
from actions.cases.rules import answer_by, reply_by
from actions.cases.tables import CaseRequestRow, CaseRow
from actions.dialogue.personal.links import same_person
from actions.ids import new_id, read_id
from store.clock import to_shanghai
from store.errors import ZhidaError
from store.service import Service
from store.vault.vault import shown

PREFIX = "GD"
OPEN, CLOSED = "open", "closed"
HANDOFF, COMPLAINT, DISTRESS = "handoff", "complaint", "distress"
REASONS = (HANDOFF, COMPLAINT, DISTRESS)
TRIES = 3
SUMMARY_LIMIT = 1000


@dataclass(frozen=True)
class Case:
    """A case 工单; times are Asia/Shanghai, ``reply_by`` is what was promised.

    ``summary`` shows masks where its words had numbers of persons. ``answer_by`` is when a
    complaint has to be answered for good, ``answer`` what its person was told in the end,
    ``satisfied`` what they said of it.
    """

    ticket: str
    reason: str
    status: str
    reply_by: datetime
    summary: str
    opened_at: datetime
    conversation: str
    closed_at: datetime | None = None
    closed_by: str | None = None
    category: str | None = None
    answer_by: datetime | None = None
    answer: str = ""
    labels: tuple[str, ...] = ()
    satisfied: bool | None = None


@dataclass(frozen=True)
class ClosedFilter:
    """Which closed cases: all that meet every condition; empty ones are none.

    ``words`` are looked for in ticket, words and answer; ``since`` and ``until`` are of closing.
    """

    words: str = ""
    since: datetime | None = None
    until: datetime | None = None
    channel: str = ""
    satisfied: bool | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return them on a case's row."""
        found: list[ColumnElement[bool]] = []
        if self.words:
            texts = (CaseRow.ticket, CaseRow.summary, CaseRow.answer)
            found.append(or_(*(each.contains(self.words) for each in texts)))
        if self.since is not None:
            found.append(CaseRow.closed_at >= self.since)
        if self.until is not None:
            found.append(CaseRow.closed_at < self.until)
        if self.channel:
            found.append(CaseRow.conversation.startswith(f"{self.channel}:", autoescape=True))
        if self.satisfied is not None:
            found.append(CaseRow.satisfied.is_(self.satisfied))
        return found


class UnknownCase(ZhidaError):
    """No case with this ticket."""

    code = "unknown_case"


class OpenAgain(ZhidaError):
    """The person has opened another case of this reason since: that one goes on."""

    code = "case_open_again"


class Cases(Service):
    """Cases over one database; every method is one unit of work, blocking."""

    def open(
        self,
        *,
        conversation: str,
        reason: str,
        summary: str,
        request_key: str,
        now: datetime,
        category: str | None = None,
    ) -> Case:
        """Open a case, or return the one that this request or this reason has open already.

        ``category`` says what a complaint is about, where that is known. ValueError for a reason
        that is none of REASONS.
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
                            row.category = category
                            there = is_attended(session, now)
                            row.reply_by = reply_by(reason, now, attended=there)
                            session.add(row)
                            session.flush()
                        session.add(
                            CaseRequestRow(
                                conversation=conversation, request_key=request_key, case_id=row.id
                            )
                        )
                        session.commit()
                    return record(session, row)
            except IntegrityError:
                # A rival opened it between our look and our write: look again.
                continue
        raise RuntimeError(f"the case of {conversation!r} is opened and closed without end")

    def open_cases(self, limit: int = 100) -> tuple[Case, ...]:
        """Return open cases: those of distress first, then those due first."""
        statement = select(CaseRow).where(CaseRow.status == OPEN)
        calm = case((CaseRow.reason == DISTRESS, 0), else_=1)
        with self._database.read() as session:
            found = statement.order_by(calm, CaseRow.reply_by, CaseRow.id).limit(limit)
            return tuple(record(session, row) for row in session.scalars(found))

    def closed_cases(
        self, limit: int = 100, wanted: ClosedFilter | None = None
    ) -> tuple[Case, ...]:
        """Return closed cases, the one closed last first."""
        conditions = (wanted or ClosedFilter()).conditions()
        statement = select(CaseRow).where(CaseRow.status == CLOSED, *conditions)
        newest = statement.order_by(CaseRow.closed_at.desc(), CaseRow.id.desc()).limit(limit)
        with self._database.read() as session:
            return tuple(record(session, row) for row in session.scalars(newest))

    def attended(self, now: datetime) -> bool:
        """Tell whether somebody of staff is there now, whatever the clock says."""
        with self._database.read() as session:
            return is_attended(session, now)

    def get(self, ticket: str) -> Case | None:
        """Return one case by its ticket as typed, or None."""
        with self._database.read() as session:
            row = session.scalar(select(CaseRow).where(CaseRow.ticket == read_id(PREFIX, ticket)))
            return None if row is None else record(session, row)

    def close(self, ticket: str, *, staff: str, now: datetime, answer: str = "") -> Case:
        """Close a case with what its person was told; one closed already stays as it is.

        Raises UnknownCase.
        """
        with self._database.write() as session:
            row = locked(session, ticket)
            if row.status == OPEN:
                row.status, row.closed_at, row.closed_by = CLOSED, now, staff
                row.answer = answer or row.answer
                session.commit()
            return record(session, row)

    def reopen(self, ticket: str, *, now: datetime, anew: bool = False) -> Case:
        """Open a case again; ``anew``, as its person finds nothing solved, promises anew.

        Undone, the promises of before stand. Raises UnknownCase and OpenAgain.
        """
        with self._database.write() as session:
            row = locked(session, ticket)
            if row.status == CLOSED and row.conversation:
                row.status, row.closed_at, row.closed_by, row.satisfied = OPEN, None, None, None
                if anew:
                    row.reply_by = reply_by(row.reason, now, attended=is_attended(session, now))
                    row.answer_by = answer_by(row.reason, now)
                try:
                    session.commit()
                except IntegrityError as error:
                    raise OpenAgain from error
            return record(session, row)

    def rate(self, ticket: str, *, conversation: str, satisfied: bool) -> Case:
        """Note what a case's own person says of its end. Raises UnknownCase."""
        with self._database.write() as session:
            row = locked(session, ticket)
            if row.conversation != conversation or row.status != CLOSED:
                raise UnknownCase
            row.satisfied = satisfied
            session.commit()
            return record(session, row)

    def agree(self, ticket: str, words: str) -> Case:
        """Note what was agreed with a case's person while it stays open. Raises UnknownCase."""
        with self._database.write() as session:
            row = locked(session, ticket)
            row.answer = words
            session.commit()
            return record(session, row)

    def add(self, ticket: str, words: str) -> None:
        """Add to what its person has said; the same words are added once. Raises UnknownCase."""
        with self._database.write() as session:
            row = locked(session, ticket)
            if words not in row.summary:
                row.summary = f"{row.summary}；{words}"[-SUMMARY_LIMIT:]
                session.commit()

    def for_conversation(self, conversation: str) -> tuple[Case, ...]:
        """Return the cases of a conversation and of those linked with it, the newest first."""
        statement = select(CaseRow).where(same_person(CaseRow.conversation, conversation))
        with self._database.read() as session:
            rows = session.scalars(statement.order_by(CaseRow.id.desc()))
            return tuple(record(session, row) for row in rows)


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
        answer_by=answer_by(reason, now),
    )


def finish_handoff(session: Session, conversation: str, *, staff: str, now: datetime) -> None:
    """Close the open case of who was handed over and has been helped, with its caller's commit."""
    session.execute(
        update(CaseRow)
        .where(CaseRow.conversation == conversation)
        .where(CaseRow.reason == HANDOFF, CaseRow.status == OPEN)
        .values(status=CLOSED, closed_at=now, closed_by=staff)
    )


def locked(session: Session, ticket: str) -> CaseRow:
    """Return a case, locked until the transaction ends. Raises UnknownCase."""
    mine = select(CaseRow).where(CaseRow.ticket == read_id(PREFIX, ticket))
    row = session.scalar(mine.with_for_update())
    if row is None:
        raise UnknownCase
    return row


def record(session: Session, row: CaseRow) -> Case:
    """Return a case as others see it."""
    return Case(
        ticket=row.ticket,
        reason=row.reason,
        status=row.status,
        reply_by=to_shanghai(row.reply_by),
        summary=shown(session, row.conversation, row.summary),
        opened_at=to_shanghai(row.opened_at),
        conversation=row.conversation,
        closed_at=to_shanghai(row.closed_at) if row.closed_at else None,
        closed_by=row.closed_by,
        category=row.category,
        answer_by=to_shanghai(row.answer_by) if row.answer_by else None,
        answer=row.answer,
        labels=tuple(row.labels),
        satisfied=row.satisfied,
    )
