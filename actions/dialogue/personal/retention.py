"""How long what is kept: each feature's rules, dry to read and run in small steps.

A rule selects what is due, the moment that its time is counted from beside each key; only what
it selects is forgotten. So what a dry run counts is what the run deletes.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from store.database import Database

BATCH = 200
"""Rows of one transaction: on SQLite, whoever answers a message waits for it."""


@dataclass(frozen=True)
class Rule:
    """What is forgotten ``days`` after its last use, and on what ground it is kept until then.

    ``due(before)`` selects keys and moments, all earlier than ``before``, of what nobody needs;
    ``forget(session, keys, now)`` does away with them,
    ``at_once`` of them in a transaction. ``database`` is where, ours or another.
    """

    name: str
    what: str
    ground: str
    days: int
    due: Callable[[datetime], Select[Any, Any]]
    forget: Callable[[Session, Sequence[Any], datetime], None]
    database: Callable[[], AbstractContextManager[Database]]
    at_once: int = BATCH


@dataclass(frozen=True)
class Due:
    """How much of a rule is due, or was forgotten, and since when the oldest of it is kept."""

    rule: Rule
    count: int
    oldest: datetime | None


def look(rule: Rule, now: datetime) -> Due:
    """Return what a run would forget; nothing is written."""
    due = rule.due(_before(rule, now)).subquery()
    moment = due.c[1]
    with rule.database() as database, database.read() as session:
        count, oldest = session.execute(
            select(func.count(), func.min(moment)).select_from(due)
        ).one()
    return Due(rule, count, _moment(oldest))


def run(rule: Rule, now: datetime) -> Due:
    """Forget what is due, some at a time, each time looking anew; return how much it was."""
    due = look(rule, now)
    done = 0
    with rule.database() as database:
        while keys := _step(rule, database, now):
            done += keys
    return Due(rule, done, due.oldest)


def _step(rule: Rule, database: Database, now: datetime) -> int:
    with database.write() as session:
        keys = [key for key, _ in session.execute(rule.due(_before(rule, now)).limit(rule.at_once))]
        if keys:
            rule.forget(session, keys, now)
            session.commit()
        return len(keys)


def _moment(value: datetime | float | None) -> datetime | None:
    """Return a moment also where a table of Rasa's has it in seconds."""
    return datetime.fromtimestamp(value, UTC) if isinstance(value, float) else value


def _before(rule: Rule, now: datetime) -> datetime:
    return now - timedelta(days=rule.days)
