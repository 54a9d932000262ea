"""A page of a search: ranked in memory, written out from the database, where it is still shown."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session

from actions.jobs import sentences as say
from actions.jobs.life import PUBLISHED
from actions.jobs.matching import fits as fitting
from actions.jobs.matching.feed import Feed
from actions.jobs.matching.memory import Memory, Rows
from actions.jobs.matching.reasons import Said, explain
from actions.jobs.matching.search import exact, rank
from actions.jobs.records import GigTime, JobMatch, JobPage
from actions.jobs.rules import Asked
from actions.jobs.tables import EmployerRow, GigRow, PostingRow
from language import wording
from language.places import own_name


def shown_on(day: date) -> ColumnElement[bool]:
    """Whether a posting may be shown at all: published, and within its days."""
    return and_(
        PostingRow.status == PUBLISHED,
        PostingRow.published_on <= day,
        PostingRow.expires_on > day,
    )


def page_of(
    feed: Feed, session: Session, asked: Asked, day: date, *, limit: int, offset: int
) -> JobPage:
    """Return a page of postings for a wish; what is withdrawn in this moment is left out."""
    with feed.current(session) as memory:
        ranked = rank(memory, feed.titles, asked, day, needed=offset + limit)
        rows = ranked.rows[offset : offset + limit]
        said = _said(feed, memory, asked, rows, day)
    jobs = _written(session, said, day)
    return JobPage(
        len(ranked.rows), jobs, ranked.relaxed, loosening=ranked.loosening, inside=ranked.inside
    )


def exact_matches(
    feed: Feed, session: Session, asked: Asked, day: date, *, among: Sequence[int], limit: int
) -> tuple[JobMatch, ...]:
    """Return which of some postings, by their ids, are just what was asked, the best first."""
    memory = feed.portion(session, among)
    rows = exact(memory, feed.titles, asked, day)[:limit]
    return _written(session, _said(feed, memory, asked, rows, day), day)


def _said(feed: Feed, memory: Memory, asked: Asked, rows: Rows, day: date) -> dict[int, Said]:
    fits = fitting.measure(memory, feed.titles, asked, rows, day)
    return {int(memory.ids[row]): explain(memory, asked, fits, at) for at, row in enumerate(rows)}


def _written(session: Session, said: dict[int, Said], day: date) -> tuple[JobMatch, ...]:
    rows_of = session.execute(_SHOWN, {"ids": list(said)})
    found: dict[int, Any] = {row.id: row for row in rows_of if is_shown(row, day)}
    return tuple(_match(found[key], said[key]) for key in said if key in found)


_COLUMNS = (
    *(PostingRow.id, PostingRow.code, PostingRow.title, PostingRow.city, PostingRow.district),
    *(PostingRow.salary_min, PostingRow.salary_max, PostingRow.status, PostingRow.published_on),
    *(PostingRow.expires_on, EmployerRow.name, GigRow.first_on, GigRow.last_on),
    *(GigRow.starts, GigRow.ends, GigRow.day_pay, GigRow.hour_pay),
)
_SHOWN = (
    # By their ids alone: a database would rather go through all that are published.
    select(*_COLUMNS)
    .join(EmployerRow, EmployerRow.id == PostingRow.employer_id)
    .outerjoin(GigRow, GigRow.posting_id == PostingRow.id)
    .where(PostingRow.id.in_(bindparam("ids", expanding=True)))
)


def is_shown(row: Any, day: date) -> bool:
    """Whether a posting may be shown: see ``shown_on``."""
    return bool(row.status == PUBLISHED and row.published_on <= day < row.expires_on)


def _gig(row: Any) -> GigTime | None:
    """Return when a gig is, and what it pays; None for a job."""
    if row.first_on is None:
        return None
    return GigTime(row.first_on, row.last_on, row.starts, row.ends, row.day_pay, row.hour_pay)


def gig_in_words(time: GigTime) -> str:
    """Return the days, the hours and the pay of a gig, as far as they are known."""
    days = wording.date_with_weekday(time.first_on)
    if time.last_on != time.first_on:
        days = say.GIG_DAYS.format(first=days, last=wording.date_with_weekday(time.last_on))
    parts = [days]
    if time.starts is not None and time.ends is not None:
        starts, ends = (f"{at // 60:02}:{at % 60:02}" for at in (time.starts, time.ends))
        parts.append(say.GIG_HOURS.format(starts=starts, ends=ends))
    return "，".join(filter(None, (*parts, gig_pay(time))))


def gig_pay(time: GigTime) -> str:
    """Return what a gig pays, "" where it does not say."""
    if time.day_pay is not None:
        return say.GIG_DAY_PAY.format(pay=time.day_pay)
    return "" if time.hour_pay is None else say.GIG_HOUR_PAY.format(pay=time.hour_pay)


def _match(row: Any, said: Said) -> JobMatch:
    gig = _gig(row)
    return JobMatch(
        id=row.code,
        title=row.title,
        employer=row.name,
        city=own_name(row.city) or say.PLACE_OPEN,
        district=own_name(row.district) if row.district else None,
        salary_min=row.salary_min,
        salary_max=row.salary_max,
        score=said.score,
        reasons=said.reasons if gig is None else (gig_in_words(gig), *said.reasons),
        unknown=said.unknown,
        gig_pay="" if gig is None else gig_pay(gig),
    )
