"""Which failures may pass: whoever waits tries those again, and says so of the others at once."""

import sqlite3

from sqlalchemy.exc import (
    DataError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    TimeoutError,
)

_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
_PRIMARY = 0xFF
"""SQLite's extended codes tell more in the higher bits: https://sqlite.org/rescode.html."""

LASTING = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    DataError,
    ProgrammingError,
    OperationalError,
    InterfaceError,
)
"""What the same input meets every time, unless the database is away: a fault of ours, or a value
that nothing can take."""


def is_outage(error: BaseException | None) -> bool:
    """Whether the database is away or locked, or its disk full: the same may succeed later.

    SQLite calls by the same name what is wrong for good (no such table), PostgreSQL does not.
    """
    if isinstance(error, TimeoutError):
        return True
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    if not isinstance(error.orig, sqlite3.Error):
        return True
    return getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY in _PASSING


def may_pass(error: BaseException) -> bool:
    """Whether the same work may succeed later; what is not known to last may."""
    return is_outage(error) or not isinstance(error, LASTING)


def in_one_line(error: BaseException) -> str:
    """Return what the database's driver says, for the log: no statement and no values."""
    cause = getattr(error, "orig", None) or error
    return " ".join(f"{type(cause).__name__}: {cause}".split())[:200]
