"""A database that takes nothing just now, told from a statement that it never will take."""

import sqlite3

from sqlalchemy.exc import InterfaceError, OperationalError

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


def is_outage(error: BaseException | None) -> bool:
    """Whether the database is away or locked, or its disk full: the same may succeed later.

    SQLite calls by the same name what is wrong for good (no such table), PostgreSQL does not.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    if not isinstance(error.orig, sqlite3.Error):
        return True
    return getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY in _PASSING
