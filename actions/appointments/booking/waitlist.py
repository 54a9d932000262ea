"""The waiting list 候补: who waits for a seat gets the first one that is freed.

Seats that come otherwise are offered by ``actions.appointments.booking.waitlist_offers``.
"""

import itertools
from datetime import datetime
from functools import partial

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    Select,
    and_,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from actions.appointments.booking import insertion, notices, queries
from actions.appointments.booking.queries import WAIT_PREFIX
from actions.appointments.booking.rules import (
    NO_SHOW_MEMORY,
    NO_SHOW_REACH,
    NO_SHOWS,
    TRAVEL,
    WAIT_NOTICE,
    freed_hold_until,
    offer_at,
)
from actions.appointments.booking.seats import give_seat_back
from actions.appointments.booking.tables import PLACES, BookingRow, WaitRow
from actions.appointments.errors import (
    AlreadyBooked,
    AlreadyWaiting,
    UnknownBusiness,
    WaitPast,
    WindowsBusy,
)
from actions.appointments.halls.tables import BusinessRow, HallRow, SlotRow, WindowBusinessRow
from actions.appointments.lock_retry import TRIES, within_time
from actions.appointments.records import Booking
from actions.ids import new_id
from store.database import Database

TURNS = 50
"""So many of those in turn are looked at together."""

_TURN = (WaitRow.priority.desc(), WaitRow.id)
_WAITS = (
    select(
        WaitRow.id,
        WaitRow.owner,
        WaitRow.business_id,
        WaitRow.priority,
        BusinessRow.name.label("business"),
    )
    .join(BusinessRow, BusinessRow.id == WaitRow.business_id)
    .order_by(*_TURN)
    .limit(1)
    # Another freed seat may be on its way to the same person: take the next one then.
    .with_for_update(skip_locked=True, of=WaitRow)
)

WAITING, OFFERED, TAKEN, MISSED, LEFT = "waiting", "offered", "taken", "missed", "left"


@within_time
def join(
    database: Database,
    *,
    owner: str,
    hall: str,
    business: str,
    start: datetime,
    end: datetime,
    request_key: str,
    now: datetime,
    priority: bool = False,
) -> Booking:
    """Wait for any seat of a hall that begins in ``[start, end)``.

    A repeated ``request_key`` of one owner gives the same place in the list back. Raises
    WaitPast, AlreadyBooked, AlreadyWaiting, UnknownBusiness (also for an unknown hall).
    """
    if min(end, max(start, now)) >= end or end <= now + WAIT_NOTICE:
        raise WaitPast
    values = {
        "owner": owner,
        "start": max(start, now),
        "end": end,
        "priority": priority,
        "status": WAITING,
        "request_key": request_key,
        "created_at": now,
    }
    for _ in range(TRIES):
        try:
            return database.transact(
                partial(_join, hall=hall, business=business, values=values, now=now)
            )
        except IntegrityError:
            found = database.transact(
                partial(_standing, owner=owner, business=business, key=request_key)
            )
            if found is not None:
                return found
    raise WindowsBusy


def leave(connection: Connection, owner: str, code: str) -> Booking | None:
    """Take somebody off the list; None when there is no such place. Repeating is harmless.

    A place that a freed seat is held for stays ``waitlisted``: see ``offered``.
    """
    mine = and_(WaitRow.code == code, WaitRow.owner == owner)
    connection.execute(update(WaitRow).where(mine, WaitRow.status == WAITING).values(status=LEFT))
    found = queries.waits(connection, mine)
    return found[0] if found else None


def offered(connection: Connection, wait_id: int) -> str:
    """Return the code of the booking that is held for a place on the list."""
    return connection.execute(
        select(BookingRow.code)
        .join(WaitRow, WaitRow.booking_id == BookingRow.id)
        .where(WaitRow.id == wait_id)
    ).scalar_one()


def pass_on(connection: Connection, slot_id: int, *, now: datetime) -> None:
    """Hold a seat just given up for who has waited longest for it, or free it.

    The slot must be locked. The seat stays counted while it changes hands, so that nobody
    else can slip in between.
    """
    slot = worth_offering(connection, slot_id, now)
    while slot is not None and (next_one := first_waiting(connection, slot, now)) is not None:
        if hold_for(connection, slot, next_one, now):
            return
    give_seat_back(connection, slot_id)


def worth_offering(
    connection: Connection, slot_id: int, now: datetime
) -> Row[int, int, int, datetime, datetime] | None:
    """Return a slot that is open and begins late enough for somebody to answer an offer."""
    return connection.execute(
        select(SlotRow.id, SlotRow.hall_id, SlotRow.window_id, SlotRow.start, SlotRow.end).where(
            SlotRow.id == slot_id, SlotRow.closed.is_(False), SlotRow.start > now + WAIT_NOTICE
        )
    ).first()


def settle(connection: Connection, booking_id: int, status: str) -> None:
    """Write what became of an offer to somebody who waited."""
    connection.execute(
        update(WaitRow)
        .where(WaitRow.booking_id == booking_id, WaitRow.status == OFFERED)
        .values(status=status)
    )


def _join(
    connection: Connection, *, hall: str, business: str, values: dict[str, object], now: datetime
) -> Booking:
    hall_id = connection.scalar(select(HallRow.id).where(HallRow.name == hall))
    business_id = connection.scalar(select(BusinessRow.id).where(BusinessRow.name == business))
    if hall_id is None or business_id is None:
        raise UnknownBusiness
    mine = and_(WaitRow.owner == values["owner"], WaitRow.business_id == business_id)
    if same := queries.waits(connection, mine, WaitRow.request_key == values["request_key"]):
        return same[0]
    standing = queries.booking(
        connection,
        BookingRow.owner == values["owner"],
        BookingRow.business_id == business_id,
        BookingRow.active.is_(True),
    )
    if standing is not None:
        raise AlreadyBooked(standing)
    # A wait that has come to nothing stands in no other's way.
    over = and_(WaitRow.status == WAITING, WaitRow.end <= now + WAIT_NOTICE)
    connection.execute(update(WaitRow).where(mine, over).values(status=MISSED))
    place = {"code": new_id(WAIT_PREFIX), "hall_id": hall_id, "business_id": business_id}
    connection.execute(insert(WaitRow), {**values, **place})
    return queries.waits(connection, WaitRow.code == place["code"])[0]


def _standing(connection: Connection, *, owner: str, business: str, key: str) -> Booking | None:
    """Return what this request did before; None where the rival that stood in its way is gone."""
    mine = WaitRow.owner == owner
    if same := queries.waits(connection, mine, WaitRow.request_key == key):
        return same[0]
    waits = queries.waits(connection, mine, BusinessRow.name == business, WaitRow.status == WAITING)
    if waits:
        raise AlreadyWaiting(waits[0])
    return None


def stayed_away(now: datetime) -> ScalarSelect[int]:
    """Return SQL for how often who waits in ``WaitRow`` has lately stayed away."""
    missed = select(func.count(BookingRow.id)).where(
        BookingRow.owner == WaitRow.owner,
        BookingRow.status == queries.NO_SHOW,
        BookingRow.ended_at > now - NO_SHOW_MEMORY,
    )
    return missed.correlate(WaitRow).scalar_subquery()


def first_waiting(
    connection: Connection,
    slot: Row[int, int, int, datetime, datetime],
    now: datetime,
    *who: ColumnElement[bool],
) -> Row[int, str, int, bool, str] | None:
    """Return whose turn it is for a slot, of those who meet ``who``, or None.

    What is asked of each person is asked of those whose turn may be next, not of thousands.
    """
    near = literal(slot.start <= now + NO_SHOW_REACH)
    in_turn = _in_turn(slot)
    for first in itertools.count(step=TURNS):
        ids = connection.scalars(in_turn.offset(first)).all()
        if not ids:
            break
        found = connection.execute(
            _WAITS.where(
                WaitRow.id.in_(ids),
                WaitRow.status == WAITING,
                # The same rule as for a seat that is chosen.
                near | (stayed_away(now) < NO_SHOWS),
                _is_free(slot),
                *who,
            )
        ).first()
        if found is not None:
            return found
    return None


def _is_free(slot: Row[int, int, int, datetime, datetime]) -> ColumnElement[bool]:
    """Return SQL for whether who waits in ``WaitRow`` is nowhere else at a slot's time."""
    other = aliased(SlotRow)
    here = and_(other.start < slot.end, other.end > slot.start)
    on_the_way = and_(
        other.hall_id != slot.hall_id,
        other.start < slot.end + TRAVEL,
        other.end > slot.start - TRAVEL,
    )
    elsewhere = (
        select(BookingRow.id)
        .join(other, other.id == BookingRow.slot_id)
        .where(
            BookingRow.owner == WaitRow.owner,
            BookingRow.active.is_(True),
            BookingRow.for_other.is_(False),
            other.closed.is_(False),
            or_(here, on_the_way),
        )
    )
    return ~elsewhere.exists()


def _in_turn(slot: Row[int, int, int, datetime, datetime]) -> Select[int]:
    does = select(WindowBusinessRow.business_id).where(
        WindowBusinessRow.window_id == slot.window_id
    )
    open_to_all = select(SlotRow.id).where(SlotRow.id == slot.id, SlotRow.reserved.is_(False))
    return (
        select(WaitRow.id)
        .where(
            WaitRow.status == WAITING,
            WaitRow.hall_id == slot.hall_id,
            WaitRow.business_id.in_(does),
            WaitRow.start <= slot.start,
            WaitRow.end > slot.start,
            WaitRow.priority.is_(True) | open_to_all.exists(),
        )
        .order_by(*_TURN)
        .limit(TURNS)
    )


def hold_for(
    connection: Connection,
    slot: Row[int, int, int, datetime, datetime],
    wait: Row[int, str, int, bool, str],
    now: datetime,
) -> bool:
    """Hold a seat, taken already, for whoever's turn it is, and tell them, by day.

    False where they need none any more: they have left the list then.
    """
    told_at = offer_at(slot.start, now)
    for _ in range(TRIES):
        try:
            with connection.begin_nested():
                inserted = insertion.insert_held(
                    connection,
                    owner=wait.owner,
                    slot_id=slot.id,
                    business_id=wait.business_id,
                    priority=wait.priority,
                    until=freed_hold_until(slot.start, told_at),
                    request_key=f"wait-{wait.id}",
                    now=now,
                )
        except IntegrityError:
            if _needs_no_seat(connection, wait):
                break
            continue  # A rival had the same place or, by chance, the same code.
        connection.execute(
            update(WaitRow)
            .where(WaitRow.id == wait.id)
            .values(status=OFFERED, booking_id=inserted.id)
        )
        notices.notify(connection, inserted.id, notices.FREED, told_at)
        return True
    connection.execute(update(WaitRow).where(WaitRow.id == wait.id).values(status=LEFT))
    return False


def _needs_no_seat(connection: Connection, wait: Row[int, str, int, bool, str]) -> bool:
    """Whether somebody has booked otherwise since, or has as many as one may have."""
    standing = connection.scalars(
        select(BookingRow.business_id).where(
            BookingRow.owner == wait.owner, BookingRow.active.is_(True)
        )
    ).all()
    return wait.business_id in standing or len(standing) >= PLACES
