"""The lock of slots; the policy is written in ``actions.windows.tables``."""

from collections.abc import Iterable

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from actions.windows.tables import SlotRow

LOCK_TIMEOUT_MS = 5_000


def lock_slots(session: Session, slot_ids: Iterable[int]) -> list[SlotRow]:
    """Lock slots until the transaction ends and return them as they are now, by id.

    On SQLite the session must come from ``Database.write()``, which holds the lock of the
    whole database already; FOR UPDATE is then left out by the dialect. On PostgreSQL a wait
    of more than LOCK_TIMEOUT_MS is an OperationalError.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}"))
    statement = (
        select(SlotRow)
        .where(SlotRow.id.in_(sorted(set(slot_ids))))
        .order_by(SlotRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(statement))
