"""The service of subscriptions: wishes that are kept, and what is new for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Select, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from actions.ids import new_id, read_id
from actions.jobs.life import PUBLISHED
from actions.jobs.matching.pages import shown_on
from actions.jobs.news.tables import JobNewsRow
from actions.jobs.news.writing import DIGEST, SENT, write_news
from actions.jobs.records import JobWish
from actions.jobs.service import Jobs
from actions.jobs.subscriptions.tables import SubscriptionRow, ToldPostingRow
from actions.jobs.subscriptions.times import digest_day, is_quiet
from actions.jobs.tables import PostingChangeRow, PostingFeedRow, PostingRow
from store.clock import to_shanghai
from store.database import Database
from store.errors import ZhidaError
from store.service import Service
from store.settings import Settings

PREFIX = "DY"
MOST = 5
"""Wishes that one person may have watched at a time."""

IN_A_DIGEST = 5
PEOPLE_AT_ONCE = 100
NEW_AT_ONCE = 2_000
"""Postings that are looked through for one person at a time."""


WishOf = Callable[[Mapping[str, Any]], JobWish]
"""Reads a wish as the chat remembers it."""


@dataclass(frozen=True)
class Subscription:
    """A wish whose new postings are told of; ``wish`` as the chat remembers it."""

    code: str
    wish: Mapping[str, Any]
    words: str
    active: bool
    created_at: datetime


class TooMany(ZhidaError):
    """The person has as many as one may have."""

    code = "too_many_subscriptions"


class Subscriptions(Service):
    """Subscriptions over one database; every method is one unit of work, blocking."""

    def __init__(self, database: Database, quiet_hours: str) -> None:
        super().__init__(database)
        self.quiet_hours = quiet_hours

    @classmethod
    def over(cls, database: Database, settings: Settings) -> Self:
        """Make the service."""
        return cls(database, settings.quiet_hours)

    def begin(
        self, conversation: str, wish: Mapping[str, Any], words: str, now: datetime
    ) -> tuple[Subscription, bool]:
        """Keep a wish, or return the same one; and whether it is new. Raises TooMany."""
        with self._database.write() as session:
            rows = session.scalars(_active(conversation)).all()
            same = next((row for row in rows if row.wish == dict(wish)), None)
            if same is None and len(rows) >= MOST:
                raise TooMany
            if same is None:
                same = SubscriptionRow(
                    code=new_id(PREFIX),
                    conversation=conversation,
                    wish=dict(wish),
                    words=words[:300],
                    active=True,
                    created_at=now,
                    revision=_revision(session),
                )
                session.add(same)
                session.commit()
                return _record(same), True
            return _record(same), False

    def of(self, conversation: str) -> tuple[Subscription, ...]:
        """Return the wishes that are watched for a person, the oldest first."""
        with self._database.read() as session:
            return tuple(map(_record, session.scalars(_active(conversation))))

    def end(
        self, conversation: str, now: datetime, codes: Sequence[str] | None = None
    ) -> tuple[Subscription, ...]:
        """Watch no more, for some wishes or for all; return those that this ended."""
        with self._database.write() as session:
            mine = _active(conversation)
            if codes is not None:
                wanted = [read_id(PREFIX, code) for code in codes]
                mine = mine.where(SubscriptionRow.code.in_(wanted))
            rows = session.scalars(mine.with_for_update()).all()
            for row in rows:
                row.active, row.ended_at = False, now
            session.commit()
            return tuple(map(_record, rows))

    def told_since(self, conversation: str, since: datetime) -> tuple[str, ...]:
        """Return the postings of the digest that was told last, if that was after a moment."""
        last = (
            select(JobNewsRow.data)
            .filter_by(conversation=conversation, kind=DIGEST, status=SENT)
            .where(JobNewsRow.settled_at > since)
            .order_by(JobNewsRow.settled_at.desc())
            .limit(1)
        )
        with self._database.read() as session:
            found = session.scalar(last)
        return tuple(found["postings"]) if found else ()

    # Digests -----------------------------------------------------------------------------

    def write_digests(self, jobs: Jobs, wish_of: WishOf, now: datetime) -> int:
        """Write down whom to tell of new postings, at most once a day each; return how many."""
        if is_quiet(now, self.quiet_hours):
            return 0
        with self._database.read() as session:
            revision = _revision(session)
            people = session.scalars(_waiting(revision, now).limit(PEOPLE_AT_ONCE)).all()
        return sum(self._write_digest(person, jobs, wish_of, revision, now) for person in people)

    def _write_digest(
        self, person: str, jobs: Jobs, wish_of: WishOf, revision: int, now: datetime
    ) -> bool:
        with self._database.read() as session:
            wishes = session.scalars(_active(person)).all()
            new = {row.id: _new_for(session, row, now) for row in wishes}
        found: dict[str, None] = {}
        for row in wishes:
            if not new[row.id]:
                continue
            matches = jobs.exact(wish_of(row.wish), new[row.id], now=now, limit=IN_A_DIGEST + 1)
            found.update(dict.fromkeys(match.id for match in matches))
        with self._database.write() as session:
            looked = update(SubscriptionRow).where(
                SubscriptionRow.id.in_([row.id for row in wishes])
            )
            told = list(found)[:IN_A_DIGEST]
            if len(found) <= IN_A_DIGEST:  # else what is left over is tomorrow's
                session.execute(looked.values(revision=revision))
            key = digest_day(now).isoformat()
            done = bool(told) and write_news(session, person, DIGEST, key, {"postings": told}, now)
            if done:
                ids = session.scalars(select(PostingRow.id).where(PostingRow.code.in_(told)))
                session.add_all(
                    ToldPostingRow(conversation=person, posting_id=each, at=now) for each in ids
                )
            session.commit()
        return done


def _active(conversation: str) -> Select[SubscriptionRow]:
    mine = select(SubscriptionRow).filter_by(conversation=conversation, active=True)
    return mine.order_by(SubscriptionRow.id)


def _waiting(revision: int, now: datetime) -> Select[str]:
    """Select people whose wishes were not held against the newest postings, told nothing today."""
    today = exists().where(
        JobNewsRow.conversation == SubscriptionRow.conversation,
        JobNewsRow.kind == DIGEST,
        JobNewsRow.key == digest_day(now).isoformat(),
    )
    return (
        select(SubscriptionRow.conversation)
        .where(SubscriptionRow.active, SubscriptionRow.revision < revision, ~today)
        .group_by(SubscriptionRow.conversation)
        .order_by(func.min(SubscriptionRow.revision))
    )


def _new_for(session: Session, row: SubscriptionRow, now: datetime) -> list[int]:
    """Return the postings that came after a wish, and that its person was not told of."""
    published = aliased(PostingChangeRow)
    came = exists().where(
        published.posting_id == PostingRow.id,
        published.became == PUBLISHED,
        published.at > row.created_at,
    )
    told = exists().where(
        ToldPostingRow.conversation == row.conversation,
        ToldPostingRow.posting_id == PostingRow.id,
    )
    new = (
        select(PostingRow.id)
        .where(PostingRow.revision > row.revision, shown_on(to_shanghai(now).date()), came, ~told)
        .order_by(PostingRow.id.desc())
        .limit(NEW_AT_ONCE)
    )
    return list(session.scalars(new))


def _revision(session: Session) -> int:
    return session.scalar(select(PostingFeedRow.revision)) or 0


def _record(row: SubscriptionRow) -> Subscription:
    return Subscription(
        row.code, dict(row.wish), row.words, row.active, to_shanghai(row.created_at)
    )
