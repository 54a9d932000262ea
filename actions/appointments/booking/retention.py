"""How long the halls know who came to a visit."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from actions.appointments.booking.holding import NOBODY, OPEN_WAITS, forget_visits
from actions.appointments.booking.tables import BookingRow, WaitRow
from actions.appointments.halls.tables import SlotRow
from actions.dialogue.personal.retention import Rule
from actions.dialogue.services import Services


def rules(services: Services) -> Sequence[Rule]:
    """Return the rules: a visit stays without its person, a place in a queue does not."""
    days, ours = services.settings.keep_bookings_days, lambda: nullcontext(services.database)
    ground = "改约、查询和爽约核对所需，办事日之后"
    return (
        Rule("bookings", "预约与本人的关联", ground, days, _over, _forget_visits, ours),
        Rule("waits", "候补", ground, days, _waited, _forget_waits, ours),
    )


def _over(before: datetime) -> Select[Any, Any]:
    return (
        select(BookingRow.id, SlotRow.end)
        .join(SlotRow, SlotRow.id == BookingRow.slot_id)
        .where(~BookingRow.active, BookingRow.owner != NOBODY, SlotRow.end < before)
    )


def _forget_visits(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    forget_visits(session, BookingRow.id.in_(keys))


def _waited(before: datetime) -> Select[Any, Any]:
    return select(WaitRow.id, WaitRow.end).where(
        WaitRow.status.not_in(OPEN_WAITS), WaitRow.end < before
    )


def _forget_waits(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(WaitRow).where(WaitRow.id.in_(keys)))
