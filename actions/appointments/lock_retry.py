"""Rivals: what is begun again because of them, and what is given up."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from actions.appointments.errors import WindowsBusy
from store.database import Database

P = ParamSpec("P")
T = TypeVar("T")

# lock_not_available, deadlock_detected; SQLite has words only.
_STATES = ("55P03", "40P01")
_WORDS = "database is locked"

TRIES = 5
"""How often a decision is begun again, because of rivals, before it is WindowsBusy."""


class Overtaken(Exception):
    """A booking was moved, confirmed or ended between two looks at it."""


def until_settled(database: Database, work: Callable[[Connection], T]) -> T:
    """Return what ``work`` returns, begun again where it was overtaken; WindowsBusy."""
    for _ in range(TRIES):
        try:
            return database.transact(work)
        except Overtaken:
            continue
    raise WindowsBusy


def within_time(work: Callable[P, T]) -> Callable[P, T]:
    """Make ``work`` raise WindowsBusy where the database gave up waiting for a lock."""

    @wraps(work)
    def timed(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        except OperationalError as error:
            waited = getattr(error.orig, "sqlstate", None) in _STATES
            if waited or _WORDS in str(error.orig):
                raise WindowsBusy from error
            raise

    return timed
