"""Seats: the one place where ``slots.taken`` is changed, and the locking policy of it.

(Demo data are seeded in bulk, under the lock of ``lock_slots``.)

What becomes less available is a slot's free seats (``slots.capacity - slots.taken``).

1. The constraint is in the schema: CHECK (0 <= taken <= capacity), on both databases, and
   ``taken`` only ever changes by ``taken ± 1``, never by writing back a number read before.
   No code path, however wrong, can overbook past it. A person's limits (one booking for a
   business, PLACES in all) are unique indexes.
2. A seat is taken by one UPDATE that looks and takes at once. The database locks the row for
   it and, having waited for a rival, looks again at the row as it is then: there is no time
   between check and act. It names everything that must hold, so that whoever gets a row back
   has a seat, and whoever does not asks afterwards why.
3. Who needs two slots (a change) or passes a seat on locks the slot rows first, in one
   statement, in ascending order of id; bookings, waits and notices are only written after
   their slot. So no two transactions wait for each other in a circle. Confirming and
   checking in change no seat and touch one booking row alone.
4. Every wait is bounded: ``lock_timeout`` on PostgreSQL, a queue of writers on SQLite, where
   a transaction is the lock of everything (BEGIN IMMEDIATE). What cannot be had in time is
   ``WindowsBusy``.
5. What no slot lock covers (one person tapping two slots at once; one request arriving
   twice) fails on a unique index; the loser is rolled back, begins again, and then sees what
   the winner wrote.
6. A person is locked after slots and before bookings (``persons.lock_person``), by whoever
   holds, moves or confirms a seat for them: of two visits at one moment the second is refused.
   A seat freed for somebody on the waiting list is not their doing: it is refused when they
   confirm it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    bindparam,
    false,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute

from actions.appointments.booking.queries import NO_SHOW
from actions.appointments.booking.rules import NO_SHOW_MEMORY, NO_SHOW_REACH, NO_SHOWS, TRAVEL
from actions.appointments.booking.tables import BookingRow
from actions.appointments.halls.tables import (
    BusinessRow,
    HallRow,
    SlotRow,
    WindowBusinessRow,
    WindowRow,
)
from store.schema import UtcDateTime

T = TypeVar("T")


def _of(column: InstrumentedAttribute[T], where: ColumnElement[bool]) -> ScalarSelect[T]:
    return select(column).where(where).correlate(SlotRow).scalar_subquery()


_NAMED = BusinessRow.name == bindparam("business")
_DOES_IT = (
    select(WindowBusinessRow.window_id)
    .where(
        WindowBusinessRow.window_id == SlotRow.window_id,
        WindowBusinessRow.business_id == _of(BusinessRow.id, _NAMED),
    )
    .exists()
)
_STAYED_AWAY = select(func.count(BookingRow.id)).where(
    BookingRow.owner == bindparam("of_owner"),
    BookingRow.status == NO_SHOW,
    BookingRow.ended_at > bindparam("since", type_=UtcDateTime),
)
_TAKE = (
    update(SlotRow)
    .where(
        SlotRow.id == bindparam("slot"),
        SlotRow.taken < SlotRow.capacity,
        SlotRow.start > bindparam("now", type_=UtcDateTime),
        SlotRow.closed == false(),
        or_(SlotRow.reserved == false(), bindparam("priority")),
        _DOES_IT,
        or_(
            SlotRow.start <= bindparam("near", type_=UtcDateTime),
            _STAYED_AWAY.scalar_subquery() < NO_SHOWS,
        ),
    )
    .values(taken=SlotRow.taken + 1)
    # All that a booking says of its seat: asked for here, it costs no statement of its own.
    .returning(
        SlotRow.start,
        SlotRow.end,
        _of(WindowRow.name, WindowRow.id == SlotRow.window_id).label("window"),
        _of(HallRow.name, HallRow.id == SlotRow.hall_id).label("hall"),
        _of(HallRow.address, HallRow.id == SlotRow.hall_id).label("address"),
        _of(BusinessRow.id, _NAMED).label("business_id"),
        _of(BusinessRow.bring, _NAMED).label("bring"),
    )
)
_GIVE_BACK = update(SlotRow).where(SlotRow.id == bindparam("slot")).values(taken=SlotRow.taken - 1)


@dataclass(frozen=True)
class SeatWish:
    """Somebody's wish for one seat; ``now`` is the moment it is decided for.

    ``for_other`` says that somebody else comes; ``travel`` is the way between two halls.
    """

    owner: str
    slot_id: int
    business: str
    priority: bool
    now: datetime
    for_other: bool = False
    travel: timedelta = TRAVEL


@dataclass(frozen=True)
class TakenSeat:
    """A seat just taken, and what its booking says of it; times in UTC."""

    start: datetime
    end: datetime
    window: str
    hall: str
    address: str
    business_id: int
    bring: list[str]


def take_seat(connection: Connection, wish: SeatWish) -> TakenSeat | None:
    """Take a seat; None, and nothing is taken, if it cannot be."""
    row = connection.execute(
        _TAKE,
        {
            "slot": wish.slot_id,
            "business": wish.business,
            "of_owner": wish.owner,
            "priority": wish.priority,
            "now": wish.now,
            "near": wish.now + NO_SHOW_REACH,
            "since": wish.now - NO_SHOW_MEMORY,
        },
    ).one_or_none()
    return None if row is None else TakenSeat(*row)


def give_seat_back(connection: Connection, slot_id: int) -> None:
    """Free a seat that a booking held."""
    connection.execute(_GIVE_BACK, {"slot": slot_id})


def lock_slots(connection: Connection, slot_ids: Iterable[int]) -> None:
    """Lock slots until the transaction ends; SQLite's transaction holds that lock already."""
    connection.execute(
        select(SlotRow.id)
        .where(SlotRow.id.in_(sorted(set(slot_ids))))
        .order_by(SlotRow.id)
        .with_for_update()
    ).all()
