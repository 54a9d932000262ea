"""Writing a held booking: the one INSERT of this room."""

from datetime import datetime

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    ScalarSelect,
    bindparam,
    insert,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from actions.appointments.booking.queries import BOOKING_PREFIX, HELD
from actions.appointments.booking.tables import PLACES, BookingRow
from actions.ids import new_id

_ALL = union_all(*(select(literal(n, Integer).label("n")) for n in range(1, PLACES + 1))).subquery(
    "places"
)


def free_place() -> ScalarSelect[int]:
    """Return SQL for the first place that the owner ``:of_owner`` has free.

    NULL where every place is used: the schema refuses that for an active booking.
    """
    other = aliased(BookingRow)
    used = select(other.place).where(other.owner == bindparam("of_owner"), other.active)
    free = select(_ALL.c.n).where(_ALL.c.n.not_in(used)).order_by(_ALL.c.n)
    return free.limit(1).scalar_subquery()


_INSERT = insert(BookingRow).values(place=free_place()).returning(BookingRow.id, BookingRow.code)


def insert_held(
    connection: Connection,
    *,
    owner: str,
    slot_id: int,
    business_id: int,
    priority: bool,
    until: datetime,
    request_key: str,
    now: datetime,
    for_other: bool = False,
) -> Row[int, str]:
    """Write a booking that holds a seat taken already, and return its id and code.

    IntegrityError where the owner has an active booking for this business, or as many as one
    may have, or made this request before.
    """
    return connection.execute(
        _INSERT,
        {
            "of_owner": owner,
            "code": new_id(BOOKING_PREFIX),
            "owner": owner,
            "slot_id": slot_id,
            "business_id": business_id,
            "status": HELD,
            "active": True,
            "priority": priority,
            "for_other": for_other,
            "hold_until": until,
            "request_key": request_key,
            "created_at": now,
        },
    ).one()
