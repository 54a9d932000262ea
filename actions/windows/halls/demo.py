"""Seeding made-up halls and a calendar; repeatable, and topped up at each call."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.ids import ALPHABET, make_id
from actions.windows.booking import CONFIRMED, PREFIX
from actions.windows.halls.calendar import CALENDAR_DAYS, slot_times
from actions.windows.halls.demo_data import BUSINESSES, HALLS, HOURS, SEATS, WINDOWS
from actions.windows.tables import (
    BookingRow,
    BusinessRow,
    HallRow,
    SlotRow,
    WindowBusinessRow,
    WindowRow,
)
from store.clock import to_shanghai
from store.database import Database

OWNER = "demo:"
BUSYNESS = {9: 0.75, 10: 0.6, 11: 0.4, 13: 0.45, 14: 0.5, 15: 0.3, 16: 0.15}
"""Chance that a demo seat is taken, by the hour its slot begins: mornings are busiest."""


def seed_windows(database: Database, *, now: datetime, seed: int) -> int:
    """Add the demo halls where they lack and open slots for the coming days; return how many.

    The same days and seed give the same calendar and the same visits, however often and in
    however many steps it is called. Raises nothing when two processes seed at once: the one
    that comes second finds the work done.
    """
    try:
        return _seed(database, now, seed)
    except IntegrityError:
        return _seed(database, now, seed)


def _seed(database: Database, now: datetime, seed: int) -> int:
    with database.write() as session:
        businesses = _businesses(session)
        windows = [window for hall in HALLS for window in _windows(session, hall, businesses)]
        added = sum(_open_slots(session, window, now, seed) for window in windows)
        session.commit()
        return added


def _businesses(session: Session) -> list[int]:
    known = {row.name: row.id for row in session.scalars(select(BusinessRow))}
    for business in BUSINESSES:
        if business["name"] not in known:
            row = BusinessRow(**business, is_demo=True)
            session.add(row)
            session.flush()
            known[row.name] = row.id
    return [known[str(business["name"])] for business in BUSINESSES]


def _windows(session: Session, hall: dict[str, object], businesses: list[int]) -> list[WindowRow]:
    row = session.scalar(select(HallRow).where(HallRow.name == hall["name"]))
    if row is None:
        row = HallRow(**hall, hours=HOURS, is_demo=True)
        session.add(row)
        session.flush()
        for name, offset, does in WINDOWS:
            window = WindowRow(hall_id=row.id, name=name, offset=offset)
            session.add(window)
            session.flush()
            session.add_all(
                WindowBusinessRow(window_id=window.id, business_id=businesses[n]) for n in does
            )
    statement = select(WindowRow).where(WindowRow.hall_id == row.id)
    return list(session.scalars(statement.order_by(WindowRow.id)))


def _open_slots(session: Session, window: WindowRow, now: datetime, seed: int) -> int:
    """Open the window's slots of the coming days that it lacks, some seats taken already."""
    today = to_shanghai(now).date()
    there = {
        to_shanghai(start)
        for start in session.scalars(select(SlotRow.start).where(SlotRow.window_id == window.id))
    }
    does = session.scalars(
        select(WindowBusinessRow.business_id)
        .where(WindowBusinessRow.window_id == window.id)
        .order_by(WindowBusinessRow.business_id)
    ).all()
    opened = [
        _slot(window, start, end, seed)
        for ahead in range(CALENDAR_DAYS + 1)
        for start, end in slot_times(today + timedelta(days=ahead), window.offset)
        if start not in there and end > now
    ]
    session.add_all(opened)
    session.flush()
    session.add_all(visit for slot in opened for visit in _visits(slot, does, seed))
    return len(opened)


def _slot(window: WindowRow, start: datetime, end: datetime, seed: int) -> SlotRow:
    # Seeded by what the slot is, so that the order of seeding does not matter.
    chance = random.Random(f"{seed}/{window.id}/{start.isoformat()}")  # noqa: S311
    taken = sum(chance.random() < BUSYNESS[start.hour] for _ in range(SEATS))
    return SlotRow(window_id=window.id, start=start, end=end, capacity=SEATS, taken=taken)


def _visits(slot: SlotRow, does: Sequence[int], seed: int) -> Iterator[BookingRow]:
    """Yield the bookings behind a slot's taken seats: seats are never taken by nobody."""
    chance = random.Random(f"{seed}/visits/{slot.id}")  # noqa: S311
    for seat in range(slot.taken):
        owner = f"{OWNER}{slot.id}-{seat}"
        yield BookingRow(
            code=make_id(PREFIX, "".join(chance.choices(ALPHABET, k=8))),
            owner=owner,
            slot_id=slot.id,
            business_id=chance.choice(does),
            status=CONFIRMED,
            active=True,
            request_key=owner,
            created_at=slot.start - timedelta(days=1),
        )
