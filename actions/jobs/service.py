"""The service of jobs: postings searched, shown, handed in, and given another state."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.ids import new_id, read_id
from actions.jobs import sentences as say
from actions.jobs.life import DRAFT, EXPIRED, PAUSED, PUBLISHED, VETTING, WITHDRAWN
from actions.jobs.matching.feed import Feed
from actions.jobs.matching.pages import exact_matches, page_of, shown_on
from actions.jobs.matching.pays import StatedPays, stated_pays
from actions.jobs.matching.titles import Titles
from actions.jobs.matching.vocabulary import Vocabulary
from actions.jobs.records import (
    GigTime,
    HandedIn,
    JobMatch,
    JobPage,
    JobWish,
    NewPosting,
    Posting,
)
from actions.jobs.reviews import PASS, REJECT, Ad, Review, Unvetted, Vetter
from actions.jobs.rules import asked
from actions.jobs.tables import EmployerRow, GigRow, PostingRow
from actions.jobs.writing import BETWEEN, Handed, Writer, vault_key
from language.names import NameIndex
from language.places import own_name
from store.clock import to_shanghai
from store.database import Database
from store.service import Service
from store.settings import Settings
from store.vault.vault import Vault, shown_each

__all__ = ["JobMatch", "JobPage", "JobWish", "Jobs", "NewPosting", "Posting"]

PREFIX = "GW"
TRIES = 3
SYSTEM = "职达"
"""Who changes a posting when its days are over."""

AFTER_VETTING = {PASS: PUBLISHED, REJECT: DRAFT}
OVER_AT_ONCE = 1_000


class Jobs(Service):
    """Postings over one database; every method is one unit of work, blocking.

    Searches are answered from this process's memory, which reads what has changed before each.
    Without a ``vault`` only masks are kept of the numbers of persons; without ``titles`` no
    meaning is known of titles but their words.
    """

    def __init__(
        self,
        database: Database,
        *,
        vault: Vault | None = None,
        titles: Titles | None = None,
        vetter: Vetter | None = None,
    ) -> None:
        super().__init__(database)
        self.vault = vault
        self.titles = titles or Titles(database)
        self.vetter: Vetter = vetter or Unvetted()
        self._feed = Feed(self.titles)
        self._vocabulary = Vocabulary()

    @classmethod
    def over(cls, database: Database, settings: Settings) -> Self:
        """Make the service; memory is filled and the encoder loaded at the first search."""
        vault = Vault.over(database, settings)
        return cls(database, vault=vault, titles=Titles.over(database, settings))

    def search(self, wish: JobWish, *, now: datetime, limit: int = 3, offset: int = 0) -> JobPage:
        """Return postings for a wish, the best first; see ``actions.jobs.matching.search``."""
        day = to_shanghai(now).date()
        with self._database.read() as session:
            return page_of(self._feed, session, asked(wish), day, limit=limit, offset=offset)

    def exact(
        self, wish: JobWish, among: Sequence[int], *, now: datetime, limit: int
    ) -> tuple[JobMatch, ...]:
        """Return which of some postings, by their rows' ids, are just what is wished for."""
        day = to_shanghai(now).date()
        with self._database.read() as session:
            return exact_matches(self._feed, session, asked(wish), day, among=among, limit=limit)

    def names(self) -> Mapping[str, NameIndex[str]]:
        """Return what postings call things, by kind; see ``actions.jobs.matching.vocabulary``."""
        with self._database.read() as session, self._feed.current(session) as memory:
            return self._vocabulary.of(memory)

    def stated_pays(self, trade: str, place: str, *, wide: bool, now: datetime) -> StatedPays:
        """Return what postings of a trade at a place state as pay; see ``matching.pays``."""
        day = to_shanghai(now).date()
        with self._database.read() as session:
            return stated_pays(self._feed, session, trade, place, day, wide=wide)

    def get(self, posting_id: str, *, now: datetime) -> Posting | None:
        """Return one posting by its id as typed; None when unknown or not to be shown."""
        statement = (
            select(PostingRow, EmployerRow.name)
            .join(EmployerRow, EmployerRow.id == PostingRow.employer_id)
            .where(PostingRow.code == read_id(PREFIX, posting_id))
            .where(shown_on(to_shanghai(now).date()))
        )
        with self._database.read() as session:
            found = session.execute(statement).one_or_none()
            if found is None:
                return None
            row, employer = found
            return _record(row, employer, session.get(GigRow, row.id), _seen(session, row))

    def hand_in(self, postings: Sequence[NewPosting], *, who: str, now: datetime) -> list[HandedIn]:
        """Vet postings and keep them: published, waiting for a person, or sent back as drafts."""
        reviews = [self.vetter.vet(ad_of(posting)) for posting in postings]
        with self._database.write() as session:
            codes = new_codes(session, len(postings))
            handed = [
                Handed(posting, code, AFTER_VETTING.get(review.decision, VETTING), why(review))
                for posting, code, review in zip(postings, codes, reviews, strict=True)
            ]
            Writer(session, self.vault, now).add(handed, who=who)
            session.commit()
        return [
            HandedIn(each.code, each.status, tuple(review.findings))
            for each, review in zip(handed, reviews, strict=True)
        ]

    def publish(self, posting: NewPosting, *, now: datetime, who: str = SYSTEM) -> str:
        """Publish a posting for which ``who`` answers, unvetted, and return its id."""
        for _ in range(TRIES):
            try:
                with self._database.write() as session:
                    handed = Handed(posting, new_id(PREFIX), PUBLISHED, "")
                    (row,) = Writer(session, self.vault, now).add([handed], who=who)
                    session.commit()
                    return row.code
            except IntegrityError as error:
                # A rival entered the same employer, or drew the same id.
                lost = error
        raise lost

    def move(self, posting_id: str, to: str, *, who: str, reason: str, now: datetime) -> bool:
        """Give a posting another state; tell whether there is one. Raises NoSuchMove."""
        with self._database.write() as session:
            row = _locked(session, posting_id)
            if row is None:
                return False
            Writer(session, self.vault, now).move(row, to, who=who, why=reason)
            session.commit()
            return True

    def withdraw(
        self, posting_id: str, *, now: datetime, who: str = SYSTEM, reason: str = ""
    ) -> bool:
        """Withdraw a posting, at once and everywhere; tell whether it was there to withdraw."""
        with self._database.write() as session:
            row = _locked(session, posting_id)
            if row is None or row.status == WITHDRAWN:
                return False
            Writer(session, self.vault, now).move(row, WITHDRAWN, who=who, why=reason)
            session.commit()
            return True

    def expire(self, now: datetime) -> int:
        """Mark the postings whose days are over; they are not shown any more anyhow."""
        open_ = PostingRow.status.in_((PUBLISHED, PAUSED))
        over = PostingRow.expires_on <= to_shanghai(now).date()
        with self._database.write() as session:
            due = select(PostingRow).where(open_, over, ~PostingRow.is_demo).limit(OVER_AT_ONCE)
            rows = session.scalars(due.with_for_update(skip_locked=True)).all()
            if rows:
                writer = Writer(session, self.vault, now)
                for row in rows:
                    writer.move(row, EXPIRED, who=SYSTEM, why="")
            session.commit()
            return len(rows)


def ad_of(posting: NewPosting) -> Ad:
    """Return a posting as vetting reads it."""
    said = (posting.description, *posting.benefits, *posting.tags)
    return Ad(
        title=posting.title,
        employer=posting.employer,
        city=posting.city,
        salary=posting.salary_text,
        text="\n".join(part for part in said if part),
    )


def why(review: Review) -> str:
    """Return in one line why vetting decided so."""
    return "；".join(f"{each.category}：{each.span}" for each in review.findings)


def new_codes(session: Session, count: int) -> list[str]:
    """Return so many ids that no posting has."""
    codes: dict[str, None] = {}
    while len(codes) < count:
        drawn = {new_id(PREFIX) for _ in range(min(count - len(codes), 500))}
        taken = set(session.scalars(select(PostingRow.code).where(PostingRow.code.in_(drawn))))
        codes.update(dict.fromkeys(drawn - taken))
    return list(codes)


def _locked(session: Session, posting_id: str) -> PostingRow | None:
    named = select(PostingRow).where(PostingRow.code == read_id(PREFIX, posting_id))
    return session.scalar(named.with_for_update())


def _seen(session: Session, row: PostingRow) -> tuple[str, str]:
    """Return description and contact with masks for the numbers of persons."""
    key = vault_key(row.code)
    description, contact = shown_each(session, [(key, row.description), (key, row.contact)])
    return description, contact


def _record(row: PostingRow, employer: str, gig: GigRow | None, seen: tuple[str, str]) -> Posting:
    description, contact = seen
    return Posting(
        id=row.code,
        title=row.title,
        employer=employer,
        trade=row.trade,
        place=row.district or row.city,
        city=own_name(row.city) or say.PLACE_OPEN,
        district=own_name(row.district) if row.district else None,
        salary_min=row.salary_min,
        salary_max=row.salary_max,
        salary_text=row.salary_text,
        headcount=row.headcount,
        benefits=tuple(row.benefits.split(BETWEEN)) if row.benefits else (),
        description=description,
        contact=contact,
        is_demo=row.is_demo,
        published_on=row.published_on,
        expires_on=row.expires_on,
        kind=row.kind,
        education=row.education,
        experience_min=row.experience_min,
        experience_max=row.experience_max,
        facts=tuple(row.facts.split()),
        employment=row.employment,
        street=row.street,
        urgent=row.urgent,
        remote_interview=row.remote_interview,
        gig=None if gig is None else gig_time(gig),
    )


def gig_time(row: GigRow) -> GigTime:
    """Return when a gig is, and what it pays."""
    return GigTime(row.first_on, row.last_on, row.starts, row.ends, row.day_pay, row.hour_pay)
