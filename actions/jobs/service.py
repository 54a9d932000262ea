"""The service of jobs: searching postings, showing one, publishing and withdrawing."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.ids import new_id, read_id
from actions.jobs.records import JobMatch, JobPage, JobWish, NewPosting, Posting
from actions.jobs.search import search, shown_on
from actions.jobs.tables import PUBLISHED, WITHDRAWN, EmployerRow, PostingRow
from language.places import own_name
from store.clock import to_shanghai
from store.service import Service

__all__ = ["JobMatch", "JobPage", "JobWish", "Jobs", "NewPosting", "Posting"]

PREFIX = "GW"
TRIES = 3
BETWEEN = "、"


class Jobs(Service):
    """Postings over one database; every method is one unit of work, blocking."""

    def search(self, wish: JobWish, *, now: datetime, limit: int = 3, offset: int = 0) -> JobPage:
        """Return postings for a wish, the best first; see ``actions.jobs.search``."""
        day = to_shanghai(now).date()
        with self._database.read() as session:
            return search(session, wish, day=day, limit=limit, offset=offset)

    def get(self, posting_id: str, *, now: datetime) -> Posting | None:
        """Return one posting by its id as typed; None when unknown, withdrawn or expired."""
        statement = (
            select(PostingRow, EmployerRow.name)
            .join(EmployerRow, EmployerRow.id == PostingRow.employer_id)
            .where(PostingRow.code == read_id(PREFIX, posting_id))
            .where(shown_on(to_shanghai(now).date()))
        )
        with self._database.read() as session:
            found = session.execute(statement).one_or_none()
            return None if found is None else _record(*found)

    def publish(self, posting: NewPosting, *, now: datetime) -> str:
        """Publish a posting and return its id."""
        for _ in range(TRIES):
            try:
                with self._database.write() as session:
                    row = new_row(session, posting, code=new_id(PREFIX), now=now)
                    session.commit()
                    return row.code
            except IntegrityError as error:
                # A rival entered the same employer, or drew the same id.
                lost = error
        raise lost

    def withdraw(self, posting_id: str, *, now: datetime) -> bool:
        """Withdraw a posting, at once and everywhere; tell whether it was there to withdraw."""
        with self._database.write() as session:
            row = session.scalar(
                select(PostingRow)
                .where(PostingRow.code == read_id(PREFIX, posting_id))
                .with_for_update()
            )
            if row is None or row.status == WITHDRAWN:
                return False
            row.status, row.changed_at = WITHDRAWN, now
            session.commit()
            return True


def new_row(session: Session, posting: NewPosting, *, code: str, now: datetime) -> PostingRow:
    """Add a posting, and its employer where it is new; the caller commits."""
    employer = session.scalar(select(EmployerRow).where(EmployerRow.name == posting.employer))
    if employer is None:
        employer = EmployerRow(name=posting.employer, is_demo=posting.is_demo)
        session.add(employer)
        session.flush()
    row = PostingRow(
        code=code,
        employer_id=employer.id,
        title=posting.title,
        trade=posting.trade,
        city=posting.city,
        district=posting.district,
        salary_min=posting.salary_min,
        salary_max=posting.salary_max,
        salary_text=posting.salary_text,
        headcount=posting.headcount,
        benefits=BETWEEN.join(posting.benefits),
        description=posting.description,
        contact=posting.contact,
        status=PUBLISHED,
        is_demo=posting.is_demo,
        published_on=posting.published_on,
        expires_on=posting.expires_on,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _record(row: PostingRow, employer: str) -> Posting:
    return Posting(
        id=row.code,
        title=row.title,
        employer=employer,
        trade=row.trade,
        place=row.district or row.city,
        city=own_name(row.city),
        district=own_name(row.district) if row.district else None,
        salary_min=row.salary_min,
        salary_max=row.salary_max,
        salary_text=row.salary_text,
        headcount=row.headcount,
        benefits=tuple(row.benefits.split(BETWEEN)) if row.benefits else (),
        description=row.description,
        contact=row.contact,
        is_demo=row.is_demo,
        published_on=row.published_on,
        expires_on=row.expires_on,
    )
