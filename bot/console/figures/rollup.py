"""Days that are over are counted once, in the background; figures are read from these counts."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.dialogue.background import Counts, ScheduledJob
from actions.dialogue.services import Services
from bot.console.figures.counts import Row, count_messages
from bot.console.figures.tables import CountedDay
from bot.messaging.tables import InboxMessage
from store.clock import SHANGHAI, to_shanghai
from store.database import Database

SETTLED = timedelta(hours=6)
"""So long after its end a day's last messages have been answered, unless something is wrong."""
AT_ONCE = 20
"""Days in one run: after an upgrade there may be hundreds."""
A_DAY = timedelta(days=1)


def count_days(database: Database, now: datetime) -> int:
    """Count days that are over and were not counted, the newest first; return how many."""
    days = _uncounted(database, now)[:AT_ONCE]
    for day in days:
        _count_day(database, day)
    return len(days)


def _count(services: Services, now: datetime) -> Counts:
    count_days(services.database, now)
    return {}


COUNT_DAYS = ScheduledJob("count_days", _count, timedelta(minutes=1))


def _uncounted(database: Database, now: datetime) -> list[date]:
    """Return the days since the first message, the newest first; not from a pending one on."""
    end = to_shanghai(now - SETTLED).date()
    with database.read() as session:
        first = session.scalar(select(func.min(InboxMessage.received_at)))
        waits = select(func.min(InboxMessage.received_at)).where(InboxMessage.status == "pending")
        pending = session.scalar(waits)
        counted = set(session.scalars(select(CountedDay.day)))
    if first is None:
        return []
    if pending is not None:
        end = min(end, to_shanghai(pending).date())
    begin = to_shanghai(first).date()
    days = (end - ahead * A_DAY for ahead in range(1, (end - begin).days + 1))
    return [day for day in days if day not in counted]


def _count_day(database: Database, day: date) -> None:
    since = datetime.combine(day, time(), SHANGHAI)
    with database.read() as session:
        rows = list(count_messages(session, since, since + A_DAY, sqlite=database.is_sqlite))
    counts = [(row.channel, row.intent, row.outcome, row.messages) for row in rows]
    with database.write() as session:
        session.add(CountedDay(day=day, counts=counts))
        try:
            session.commit()
        except IntegrityError:  # another process has counted it just now
            session.rollback()


def counted(session: Session, first: date, days: int, channel: str) -> tuple[set[date], list[Row]]:
    """Return which of the days have been counted, and their rows, of one channel or of all."""
    within = (CountedDay.day >= first, CountedDay.day < first + days * A_DAY)
    found = session.execute(select(CountedDay.day, CountedDay.counts).where(*within)).all()
    return {day for day, _ in found}, [
        row for day, counts in found for row in _rows(day, counts) if channel in ("", row.channel)
    ]


def _rows(day: date, counts: Iterable[tuple[str, str | None, str | None, int]]) -> list[Row]:
    return [Row(day, *each) for each in counts]
