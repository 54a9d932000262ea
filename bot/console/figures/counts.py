"""Counting messages by day (Asia/Shanghai), reading and outcome; from one index alone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Date, cast, func, literal_column, select
from sqlalchemy.orm import Session

from bot.messaging.search.outcomes import BY_PERSON, NOT_UNDERSTOOD
from bot.messaging.tables import InboxMessage
from store.clock import SHANGHAI

POLICY = ("policy_answer:answered", "policy_answer:not_covered", "policy_answer:outdated")


class Row(NamedTuple):
    """So many messages of one day, channel, reading and outcome.

    A plain tuple: ninety days are a hundred thousand of them.
    """

    day: date
    channel: str
    intent: str | None
    outcome: str | None
    messages: int


@dataclass(frozen=True)
class Figures:
    """What was counted of some days; shares are None of nothing.

    ``alone`` is the share answered without a person, ``fallback`` that not understood,
    ``not_covered`` of policy questions; ``helpful`` and ``solved`` are what people said, ``hours``
    the median from a case's opening to its end.
    """

    days: tuple[date, ...]
    rows: tuple[Row, ...]
    helpful: float | None
    solved: float | None
    closed: int
    hours: float | None

    @property
    def total(self) -> int:
        """All messages."""
        return sum(row.messages for row in self.rows)

    @property
    def alone(self) -> float | None:
        """The share that needed no person."""
        return share(self.rows, self.rows, lambda row: row.outcome not in BY_PERSON)

    @property
    def fallback(self) -> float | None:
        """The share that was not understood."""
        return share(self.rows, self.rows, lambda row: row.outcome == NOT_UNDERSTOOD)

    @property
    def not_covered(self) -> float | None:
        """The share of policy questions to which no document says anything."""
        asked = [row for row in self.rows if row.outcome in POLICY]
        return share(asked, asked, lambda row: row.outcome == POLICY[1])

    def by_day(self, key: str) -> dict[str, list[int]]:
        """Return counts of each day, by channel or intent, the most frequent first."""
        found: dict[str, Counter[date]] = {}
        for row in self.rows:
            name = getattr(row, key)
            if name:
                found.setdefault(str(name), Counter())[row.day] += row.messages
        order = sorted(found, key=lambda name: -found[name].total())
        return {name: [found[name][day] for day in self.days] for name in order}


def share(rows: Sequence[Row], of: Sequence[Row], which: Any) -> float | None:
    """Return which share of ``of`` the rows are for which ``which`` holds."""
    total = sum(row.messages for row in of)
    return sum(row.messages for row in rows if which(row)) / total if total else None


def count_messages(
    session: Session, since: datetime, until: datetime, channel: str = "", *, sqlite: bool
) -> Iterator[Row]:
    """Count what came between two moments, of one channel or of all (blocking)."""
    # Zones are SQLite's no business; Shanghai has had no summer time since 1991.
    day = (
        func.date(InboxMessage.received_at, literal_column("'+8 hours'"))
        if sqlite
        else cast(func.timezone(SHANGHAI.key, InboxMessage.received_at), Date)
    )
    key = (InboxMessage.channel, InboxMessage.intent, InboxMessage.outcome)
    counted = select(day.label("day"), *key, func.count().label("n")).where(
        InboxMessage.received_at >= since, InboxMessage.received_at < until
    )
    if channel:
        counted = counted.where(InboxMessage.channel == channel)
    for row in session.execute(counted.group_by(day, *key)):
        on = date.fromisoformat(row.day) if isinstance(row.day, str) else row.day
        yield Row(on, row.channel, row.intent, row.outcome, row.n)
