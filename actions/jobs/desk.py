"""The desk of postings: what staff see of them and do with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from actions.ids import read_id
from actions.jobs.applications.tables import ApplicationRow, PostingReportRow
from actions.jobs.life import DRAFT, EXPIRED, FILLED, PUBLISHED, VETTING, WITHDRAWN
from actions.jobs.reviews import PASS, REJECT, Ad, Vetter
from actions.jobs.service import PREFIX, why
from actions.jobs.tables import EmployerRow, PostingChangeRow, PostingRow
from actions.jobs.writing import Writer, vault_key
from language.places import own_name
from store.clock import to_shanghai
from store.errors import ZhidaError
from store.service import Service
from store.vault.vault import shown_each

PAGE = 20
LONGEST = timedelta(days=180)
"""So long a posting may be shown before somebody has to look at it again."""


@dataclass(frozen=True)
class PostingLine:
    """A posting in the list; ``applied`` and ``reported`` count people, the latter unsettled."""

    id: str
    title: str
    employer: str
    place: str
    pay: str
    status: str
    kind: str
    source: str
    is_demo: bool
    is_repost: bool
    published_on: date
    expires_on: date
    changed_at: datetime
    applied: int
    reported: int


@dataclass(frozen=True)
class PostingChange:
    """A change of a posting's state."""

    at: datetime
    who: str
    was: str
    became: str
    why: str


class BadDay(ZhidaError):
    """A last day that is over, or too far away."""

    code = "posting_day"


class PostingDesk(Service):
    """What staff do with postings; every method is one unit of work, blocking."""

    def listed(
        self, *, words: str = "", states: Sequence[str] = (), page: int = 1
    ) -> tuple[tuple[PostingLine, ...], bool]:
        """Return a page of postings and whether there are more.

        Those that somebody reported come first, then what was changed last.
        """
        statement = _joined()
        if states:
            statement = statement.where(PostingRow.status.in_(states))
        if words:
            named = (PostingRow.title, EmployerRow.name, PostingRow.source)
            found = [column.contains(words) for column in named]
            statement = statement.where(or_(*found, PostingRow.code == read_id(PREFIX, words)))
        order = (_is_reported().desc(), PostingRow.changed_at.desc(), PostingRow.id.desc())
        wanted = statement.order_by(*order).limit(PAGE + 1).offset((page - 1) * PAGE)
        with self._database.read() as session:
            rows = session.execute(wanted).all()
            return _lines(session, rows[:PAGE]), len(rows) > PAGE

    def changes(self, posting_id: str) -> tuple[PostingChange, ...]:
        """Return who gave a posting which state and why, the newest first."""
        mine = select(PostingChangeRow).join(PostingRow).where(PostingRow.code == posting_id)
        with self._database.read() as session:
            rows = session.scalars(mine.order_by(PostingChangeRow.id.desc()))
            return tuple(
                PostingChange(to_shanghai(row.at), row.who, row.was, row.became, row.why)
                for row in rows
            )

    def republish(
        self, posting_id: str, until: date, vetter: Vetter, *, who: str, reason: str, now: datetime
    ) -> str | None:
        """Publish a posting anew, shown before ``until``: it is vetted as it stands now.

        Return the state it came to: published, waiting for a person, or sent back; None where there
        is no such posting. Raises BadDay, NoSuchMove.
        """
        today = to_shanghai(now).date()
        if not today < until <= today + LONGEST:
            raise BadDay
        with self._database.write() as session:
            named = select(PostingRow).where(PostingRow.code == read_id(PREFIX, posting_id))
            row = session.scalar(named.with_for_update())
            if row is None:
                return None
            review = vetter.vet(_ad(session, row))
            writer = Writer(session, None, now)
            writer.move(row, VETTING, who=who, why=reason)
            to = {PASS: PUBLISHED, REJECT: DRAFT}.get(review.decision)
            if to is not None:
                writer.move(row, to, who=who, why=why(review))
            row.published_on, row.expires_on = today, until
            session.commit()
            return row.status


OVER = (FILLED, WITHDRAWN, EXPIRED, DRAFT)
"""States from which a posting is published anew by way of vetting."""


def _ad(session: Session, row: PostingRow) -> Ad:
    """Return a stored posting as vetting reads it: numbers of persons are masks."""
    said = "\n".join(filter(None, (row.description, row.benefits, row.tags)))
    (text,) = shown_each(session, [(vault_key(row.code), said)])
    employer = session.scalar(select(EmployerRow.name).filter_by(id=row.employer_id)) or ""
    city = own_name(row.city) or ""
    return Ad(row.title, employer, city, row.salary_text, text)


def _is_reported() -> Any:
    reported = PostingReportRow.posting_id == PostingRow.id
    return exists().where(reported, PostingReportRow.settled_by.is_(None))


def _joined() -> Select[PostingRow, str]:
    return select(PostingRow, EmployerRow.name).join(
        EmployerRow, EmployerRow.id == PostingRow.employer_id
    )


def _lines(session: Session, rows: Sequence[Any]) -> tuple[PostingLine, ...]:
    ids = [row.id for row, _ in rows]
    applied = _counts(session, ApplicationRow, ids, ApplicationRow.state != "withdrawn")
    reported = _counts(session, PostingReportRow, ids, PostingReportRow.settled_by.is_(None))
    return tuple(
        PostingLine(
            id=row.code,
            title=row.title,
            employer=employer,
            place=f"{own_name(row.city) or ''}{own_name(row.district) if row.district else ''}",
            pay=row.salary_text,
            status=row.status,
            kind=row.kind,
            source=row.source,
            is_demo=row.is_demo,
            is_repost=row.repost_of is not None,
            published_on=row.published_on,
            expires_on=row.expires_on,
            changed_at=to_shanghai(row.changed_at),
            applied=applied.get(row.id, 0),
            reported=reported.get(row.id, 0),
        )
        for row, employer in rows
    )


def _counts(session: Session, row: Any, ids: Sequence[int], condition: Any) -> dict[int, int]:
    counted = (
        select(row.posting_id, func.count())
        .where(row.posting_id.in_(ids), condition)
        .group_by(row.posting_id)
    )
    return {found[0]: found[1] for found in session.execute(counted)}
