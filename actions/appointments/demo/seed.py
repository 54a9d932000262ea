"""Seeding made-up halls and visits; repeatable, and topped up at each call."""

from datetime import datetime
from functools import partial

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from actions.appointments.booking.seats import lock_slots
from actions.appointments.booking.tables import BookingRow
from actions.appointments.demo.data import BUSINESSES, HALLS, DemoHall
from actions.appointments.demo.visits import DemoSeat, Done, visits
from actions.appointments.halls.calendar import CALENDAR_DAYS
from actions.appointments.halls.opening_days import open_days
from actions.appointments.halls.tables import (
    BusinessRow,
    HallRow,
    SlotRow,
    WindowBusinessRow,
    WindowRow,
)
from actions.calendar import at_minute
from store.clock import to_shanghai
from store.database import Database

WALK_IN_SHARE, RESERVED_SHARE, WAIT_TARGET = 0.25, 0.05, 6.0

_TAKE = update(SlotRow).where(SlotRow.id == bindparam("of_slot")).values(taken=SlotRow.taken + 1)


def seed_appointments(
    database: Database, *, now: datetime, seed: int, days: int = CALENDAR_DAYS
) -> int:
    """Add the demo halls where they lack and open the coming days; return the slots opened.

    Some seats of the demo halls are taken then. The same days and seed give the same calendar
    and the same visits, however often and in however many steps it is called. Safe when two
    processes seed at once: the one that comes second finds the work done.
    """
    try:
        database.transact(_add_halls)
    except IntegrityError:
        database.transact(_add_halls)
    opened = open_days(database, now=now, days=days)
    with database.read() as session:
        halls = session.scalars(select(HallRow.id).where(HallRow.is_demo)).all()
    for hall_id in sorted(halls):
        database.transact(partial(_seed_visits, hall_id=hall_id, now=now, seed=seed))
    return opened


def _add_halls(connection: Connection) -> None:
    names = {str(business["name"]) for business in BUSINESSES}
    known = set(connection.scalars(select(BusinessRow.name).where(BusinessRow.name.in_(names))))
    new = [business for business in BUSINESSES if business["name"] not in known]
    if new:
        connection.execute(insert(BusinessRow), [{**row, "is_demo": True} for row in new])
    ids = {
        row.name: row.id
        for row in connection.execute(
            select(BusinessRow.name, BusinessRow.id).where(BusinessRow.name.in_(names))
        )
    }
    there = set(connection.scalars(select(HallRow.name)))
    for hall in HALLS:
        if hall.name not in there:
            _add_hall(connection, hall, ids)


def _add_hall(connection: Connection, hall: DemoHall, businesses: dict[str, int]) -> None:
    hall_id = connection.execute(
        insert(HallRow).returning(HallRow.id),
        {
            "name": hall.name,
            "aliases": list(hall.aliases),
            "place": hall.place,
            "address": hall.address,
            "capacity": hall.capacity,
            "sessions": [list(session) for session in hall.sessions],
            "walk_in_share": WALK_IN_SHARE,
            "reserved_share": RESERVED_SHARE,
            "wait_target": WAIT_TARGET,
            "is_demo": True,
        },
    ).scalar_one()
    for name, does in hall.windows:
        window_id = connection.execute(
            insert(WindowRow).returning(WindowRow.id), {"hall_id": hall_id, "name": name}
        ).scalar_one()
        connection.execute(
            insert(WindowBusinessRow),
            [{"window_id": window_id, "business_id": businesses[business]} for business in does],
        )


def _seed_visits(connection: Connection, *, hall_id: int, now: datetime, seed: int) -> None:
    """Take seats of a hall from today on for made-up people, where they have none yet."""
    seats = _seats(connection, hall_id, now)
    wished = [visit for seat in seats for visit in visits(seat, now, seed)]
    lock_slots(connection, [visit["slot_id"] for visit in wished])
    # Read after the lock: what another process has seeded meanwhile is seen.
    midnight = at_minute(to_shanghai(now).date(), 0)
    there = set(
        connection.scalars(
            select(BookingRow.owner)
            .join(SlotRow, SlotRow.id == BookingRow.slot_id)
            .where(SlotRow.hall_id == hall_id, SlotRow.start >= midnight)
        )
    )
    free = {
        row.id: row.capacity - row.taken
        for row in connection.execute(
            select(SlotRow.id, SlotRow.capacity, SlotRow.taken).where(
                SlotRow.hall_id == hall_id, SlotRow.start >= midnight
            )
        )
    }
    new = []
    for visit in wished:
        if visit["owner"] not in there and free[visit["slot_id"]] > 0:
            free[visit["slot_id"]] -= 1
            new.append(visit)
    if new:
        connection.execute(_TAKE, [{"of_slot": visit["slot_id"]} for visit in new])
        connection.execute(insert(BookingRow), new)


def _seats(connection: Connection, hall_id: int, now: datetime) -> list[DemoSeat]:
    midnight = at_minute(to_shanghai(now).date(), 0)
    does: dict[int, list[Done]] = {}
    for row in connection.execute(
        select(WindowRow.id, BusinessRow.id, BusinessRow.minutes, BusinessRow.spread)
        .join(WindowBusinessRow, WindowBusinessRow.window_id == WindowRow.id)
        .join(BusinessRow, BusinessRow.id == WindowBusinessRow.business_id)
        .where(WindowRow.hall_id == hall_id)
        .order_by(WindowRow.id, BusinessRow.id)
    ):
        does.setdefault(row[0], []).append(Done(row[1], row[2], row[3]))
    return [
        DemoSeat(row.id, row.window_id, row.start, row.capacity, row.reserved, does[row.window_id])
        for row in connection.execute(
            select(SlotRow.id, SlotRow.window_id, SlotRow.start, SlotRow.capacity, SlotRow.reserved)
            .where(
                SlotRow.hall_id == hall_id,
                SlotRow.start >= midnight,
                SlotRow.closed.is_(False),
            )
            .order_by(SlotRow.id)
        )
    ]
