"""Which failures may pass: whoever waits tries those again, and says so of the others at once."""

from sqlalchemy.exc import (
    DataError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    TimeoutError,
)

DATABASE_DOWN = (OperationalError, InterfaceError, TimeoutError)
"""No connection, a lock that cannot be had, a full disk: another try may well succeed."""

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
)
"""What the same input meets every time: a fault of ours, or a value that nothing can take."""


def may_pass(error: BaseException) -> bool:
    """Whether the same work may succeed later; what is not known to last may."""
    return isinstance(error, DATABASE_DOWN) or not isinstance(error, LASTING)


def in_one_line(error: BaseException) -> str:
    """Return what the database's driver says, for the log: no statement and no values."""
    cause = getattr(error, "orig", None) or error
    return " ".join(f"{type(cause).__name__}: {cause}".split())[:200]
