"""Doing what is recorded: in the console by a member of staff, or by a command."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from bot.console.permissions import Deed
from store import audit
from store.clock import utc_now
from store.database import Database

T = TypeVar("T")

COMMAND = "command"
"""Whoever may run commands on the machine; the system knows no more of them."""
STRANGER = "stranger"
"""Whoever is not signed in."""


def account(staff_id: int) -> str:
    """Return what an account is called in the record."""
    return f"staff:{staff_id}"


def do_recorded(
    database: Database,
    actor: str,
    deed: Deed,
    subject: str,
    work: Callable[[datetime], T],
    *,
    reason: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> T:
    """Do ``work`` at the present moment and return what it returns (blocking).

    It is recorded before it is done, so that nothing is ever done unrecorded; what was refused,
    or went wrong, is said in an entry after it.
    """
    now = utc_now()
    record(database, actor, deed.action, subject, reason=reason, details=details)
    try:
        return work(now)
    except Exception:
        record(database, actor, f"{deed.action}.refused", subject)
        raise


def record(
    database: Database,
    actor: str,
    action: str,
    subject: str,
    *,
    reason: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Record something by itself (blocking)."""
    with database.write() as session:
        audit.record(
            session,
            actor=actor,
            action=action,
            subject=subject,
            reason=reason,
            details=details,
            at=utc_now(),
        )
        session.commit()
