"""What a lock that cannot be had in time is called."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import OperationalError

from actions.windows.errors import WindowsBusy

P = ParamSpec("P")
T = TypeVar("T")

# lock_not_available, deadlock_detected; SQLite has words only.
_STATES = ("55P03", "40P01")
_WORDS = "database is locked"


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
