"""Searching postings: filters on what was asked, ranks by score, loosens when nothing fits."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from actions.jobs.records import JobMatch, JobPage, JobWish
from actions.jobs.rules import UNKNOWN_PAY_COST, Asked, asked, loosened
from actions.jobs.scoring import in_words, inside, pay_fits, score, top_pay
from actions.jobs.tables import PUBLISHED, EmployerRow, PostingRow
from language.places import own_name


def shown_on(day: date) -> ColumnElement[bool]:
    """Whether a posting may be shown at all: published, and within its days."""
    return and_(
        PostingRow.status == PUBLISHED,
        PostingRow.published_on <= day,
        PostingRow.expires_on > day,
    )


def search(session: Session, wish: JobWish, *, day: date, limit: int, offset: int) -> JobPage:
    """Return a page of postings for a wish; postings of unknown pay come after known ones."""
    tries = _tries(loosened(asked(wish)))
    found = next((step for step, known in tries if _any(session, step, day, known=known)), None)
    if found is None:
        return JobPage(0, (), ())
    where = _where(found, day, known=False)
    total = session.scalar(select(func.count()).select_from(PostingRow).where(where)) or 0
    rows = session.execute(_ranked(found, where).limit(limit).offset(offset)).all()
    jobs = tuple(_match(found, posting, employer, points) for posting, employer, points in rows)
    return JobPage(total, jobs, found.relaxed)


def _tries(steps: list[Asked]) -> list[tuple[Asked, bool]]:
    """Order the steps, each with postings of known pay only and with any, by what they cost."""
    tries = [(step.cost, step, True) for step in steps]
    if steps[0].salary_min is not None:
        tries += [(step.cost + UNKNOWN_PAY_COST, step, False) for step in steps]
    return [(step, known) for _, step, known in sorted(tries, key=lambda one: one[0])]


def _any(session: Session, asked: Asked, day: date, *, known: bool) -> bool:
    where = _where(asked, day, known=known)
    return session.scalar(select(PostingRow.id).where(where).limit(1)) is not None


def _where(asked: Asked, day: date, *, known: bool) -> ColumnElement[bool]:
    """Filter on what was asked; ``known`` leaves out postings that may or may not fit."""
    parts = [shown_on(day)]
    if asked.trades:
        parts.append(PostingRow.trade.in_(asked.trades))
    for word in asked.words:
        parts.append(_states(word))
    parts += [or_(*(_states(word) for word in need)) for need in asked.needs]
    parts += _refused(asked)
    if asked.within is not None:
        parts.append(inside(asked.within))
    if asked.salary_min is not None:
        # With nothing but the pay asked for, an unknown pay would be no match at all.
        alone = not (asked.trades or asked.words or asked.place)
        unknown = top_pay().is_(None)
        fits = and_(~unknown, pay_fits(asked))
        parts.append(fits if known or alone else or_(unknown, fits))
    return and_(*parts)


def _states(word: str) -> ColumnElement[bool]:
    """Whether a posting has a word anywhere."""
    held = (PostingRow.title, PostingRow.description, PostingRow.benefits)
    return or_(*(column.contains(word, autoescape=True) for column in held))


def _refused(asked: Asked) -> list[ColumnElement[bool]]:
    """What was refused is not offered, however the wish is loosened."""
    parts = [~_states(word) for word in asked.not_words]
    parts += [PostingRow.trade.not_in(asked.not_trades)] if asked.not_trades else []
    parts += [~PostingRow.title.contains(name, autoescape=True) for name in asked.not_trades]
    # A posting that leaves its district open may lie anywhere in its city.
    parts += [~func.coalesce(inside(place), False) for place in asked.not_places]
    return parts


def _ranked(asked: Asked, where: ColumnElement[bool]) -> Select[PostingRow, str, int]:
    points = score(asked)
    order = [points.desc(), PostingRow.published_on.desc(), PostingRow.id]
    if asked.said:
        order.insert(1, PostingRow.title.contains(asked.said, autoescape=True).desc())
    if asked.salary_min is not None:
        order.insert(0, top_pay().is_(None))
    return (
        select(PostingRow, EmployerRow.name, points)
        .join(EmployerRow, EmployerRow.id == PostingRow.employer_id)
        .where(where)
        .order_by(*order)
    )


def _match(asked: Asked, row: PostingRow, employer: str, points: int) -> JobMatch:
    said = in_words(asked, row)
    return JobMatch(
        id=row.code,
        title=row.title,
        employer=employer,
        city=own_name(row.city),
        district=own_name(row.district) if row.district else None,
        salary_min=row.salary_min,
        salary_max=row.salary_max,
        score=int(points),
        reasons=said.reasons,
        unknown=said.unknown,
    )
