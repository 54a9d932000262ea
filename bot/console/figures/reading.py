"""The figures of some days: from the counts of days that are over, the rest counted now."""

from collections.abc import Sequence
from datetime import date, datetime, time
from statistics import median
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actions.cases.service import CLOSED, ClosedFilter
from actions.cases.tables import CaseRow
from bot.console.figures.counts import Figures, count_messages
from bot.console.figures.rollup import A_DAY, counted
from knowledge.documents.tables import PolicyFeedback
from store.clock import SHANGHAI
from store.database import Database


def read_figures(database: Database, first: date, days: int, channel: str = "") -> Figures:
    """Count ``days`` days from ``first`` on, of one channel or of all (blocking)."""
    since, until = _midnight(first), _midnight(first + days * A_DAY)
    all_days = tuple(first + ahead * A_DAY for ahead in range(days))
    with database.read() as session:
        known, rows = counted(session, first, days, channel)
        if open_days := [day for day in all_days if day not in known]:
            begin, end = (_midnight(day) for day in (open_days[0], open_days[-1] + A_DAY))
            live = count_messages(session, begin, end, channel, sqlite=database.is_sqlite)
            rows += [row for row in live if row.day not in known]
        helpful = _helpful(session, since, until, channel)
        cases = _closed(session, since, until, channel)
    rated = [case.satisfied for case in cases if case.satisfied is not None]
    took = [(case.closed_at - case.opened_at).total_seconds() / 3600 for case in cases]
    return Figures(
        all_days,
        tuple(rows),
        helpful,
        sum(rated) / len(rated) if rated else None,
        len(took),
        median(took) if took else None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _helpful(session: Session, since: datetime, until: datetime, channel: str) -> float | None:
    within = [PolicyFeedback.at >= since, PolicyFeedback.at < until]
    if channel:
        within.append(PolicyFeedback.conversation.startswith(f"{channel}:", autoescape=True))
    said = select(PolicyFeedback.helpful, func.count()).where(*within)
    counted = {row[0]: row[1] for row in session.execute(said.group_by(PolicyFeedback.helpful))}
    total = sum(counted.values())
    return counted.get(True, 0) / total if total else None


def _closed(session: Session, since: datetime, until: datetime, channel: str) -> Sequence[Any]:
    within = ClosedFilter(since=since, until=until, channel=channel).conditions()
    columns = (CaseRow.opened_at, CaseRow.closed_at, CaseRow.satisfied)
    return session.execute(select(*columns).where(CaseRow.status == CLOSED, *within)).all()
