"""A made-up city of halls to measure on: 20 halls of 10 windows, a month of slots each."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Connection, insert, select, text

from actions.appointments.booking.tables import BookingRow
from actions.appointments.halls.tables import (
    BusinessRow,
    HallDayRow,
    HallRow,
    SlotRow,
    WindowBusinessRow,
    WindowRow,
)
from actions.calendar import at_minute, is_working_day
from store.clock import SHANGHAI
from store.database import Database

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=SHANGHAI)
HALLS, WINDOWS, DAYS, BUSINESSES = 20, 10, 30, 10
SESSIONS = ((540, 690), (810, 990))
PACE = 15
PLENTY = 1_000_000
"""Seats of the slots that are held in the measurement: it must not end in 「约满」."""
HISTORY_DAYS = 400
BATCH = 20_000


def build(database: Database, seed: int) -> list[int]:
    """Fill an empty database; return the ids of 200 slots with plenty of seats, one a window."""
    chance = Random(seed)  # noqa: S311
    with database.write() as session:
        connection = session.connection()
        _halls(connection)
        for ahead in range(DAYS):
            day = NOW + timedelta(days=ahead)
            if is_working_day(day.date()):
                _open(connection, day, chance)
        connection.execute(insert(SlotRow), [_slot(w, NOW + timedelta(hours=20)) for w in _all()])
        plenty = connection.scalars(select(SlotRow.id).where(SlotRow.capacity == PLENTY)).all()
        session.commit()
    _analyse(database)
    return list(plenty)


def add_history(database: Database, bookings: int, seed: int) -> None:
    """Add visits of the past year: ``bookings`` rows that are over."""
    chance = Random(seed + 1)  # noqa: S311
    with database.write() as session:
        connection = session.connection()
        slots = _past_slots(connection)
        rows = (_visit(number, chance.choice(slots)) for number in range(bookings))
        while batch := list(islice(rows, BATCH)):
            connection.execute(insert(BookingRow), batch)
        session.commit()
    _analyse(database)


def hall_name(number: int) -> str:
    """Return the name of a hall."""
    return f"测量大厅{number % HALLS}"


def business_name(number: int) -> str:
    """Return the name of a business; every window does all of them."""
    return f"测量业务{number % BUSINESSES}"


def _all() -> range:
    return range(HALLS * WINDOWS)


def _halls(connection: Connection) -> None:
    connection.execute(
        insert(BusinessRow),
        [
            {
                "id": number + 1,
                "name": business_name(number),
                "aliases": [],
                "bring": ["身份证"],
                "minutes": 12,
                "spread": 8,
                "is_demo": True,
            }
            for number in range(BUSINESSES)
        ],
    )
    sessions = [[f"{a // 60:02}:{a % 60:02}", f"{b // 60:02}:{b % 60:02}"] for a, b in SESSIONS]
    connection.execute(
        insert(HallRow),
        [
            {
                "id": number + 1,
                "name": hall_name(number),
                "aliases": [],
                "place": f"3101{number + 10}",
                "address": "测量路",
                "capacity": 40,
                "sessions": sessions,
                "walk_in_share": 0.25,
                "reserved_share": 0.05,
                "wait_target": 4,
                "is_demo": True,
            }
            for number in range(HALLS)
        ],
    )
    _windows(connection)


def _windows(connection: Connection) -> None:
    connection.execute(
        insert(WindowRow),
        [{"id": w + 1, "hall_id": w // WINDOWS + 1, "name": f"{w % WINDOWS}号"} for w in _all()],
    )
    connection.execute(
        insert(WindowBusinessRow),
        [
            {"window_id": window + 1, "business_id": business + 1}
            for window in _all()
            for business in range(BUSINESSES)
        ],
    )


def _open(connection: Connection, day: datetime, chance: Random) -> None:
    connection.execute(
        insert(HallDayRow),
        [
            {
                "hall_id": number + 1,
                "day": day.date(),
                "planned_at": NOW,
                "first": SESSIONS[0][0],
                "walk_ins": [round(chance.random() * 6, 2) for _ in range(90)],
                "stay": 18.0,
            }
            for number in range(HALLS)
        ],
    )
    connection.execute(
        insert(SlotRow),
        [
            {
                **_slot(window, at_minute(day.date(), minute)),
                "capacity": 1,
                "taken": int(chance.random() < 0.6),
                "reserved": chance.random() < 0.05,
            }
            for window in _all()
            for opens, closes in SESSIONS
            for minute in range(opens + 5 * (window % 3), closes - PACE, PACE)
        ],
    )


def _slot(window: int, start: datetime) -> dict[str, Any]:
    return {
        "hall_id": window // WINDOWS + 1,
        "window_id": window + 1,
        "start": start,
        "end": start + timedelta(minutes=PACE),
        "capacity": PLENTY,
        "taken": 0,
        "reserved": False,
        "closed": False,
    }


def _past_slots(connection: Connection) -> list[int]:
    past = [
        {**_slot(window, NOW - timedelta(days=back)), "capacity": PLENTY - 1}
        for window in _all()
        for back in range(1, HISTORY_DAYS)
    ]
    connection.execute(insert(SlotRow), past)
    return list(connection.scalars(select(SlotRow.id).where(SlotRow.start < NOW)).all())


def _visit(number: int, slot_id: int) -> dict[str, Any]:
    return {
        "code": f"PAST{number}",
        "owner": f"past:{number % 700_000}",
        "slot_id": slot_id,
        "business_id": number % BUSINESSES + 1,
        "status": "no_show" if number % 17 == 0 else "served",
        "active": False,
        "priority": False,
        "request_key": str(number),
        "created_at": NOW - timedelta(days=1),
        "ended_at": NOW - timedelta(days=1),
    }


def _analyse(database: Database) -> None:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if database.is_sqlite:
            connection.execute(text("ANALYZE"))
            return
        # Else the server would tidy up after the load while we measure.
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("CHECKPOINT"))


def wishes(count: int) -> Iterator[tuple[str, str]]:
    """Yield hall and business of so many wishes, in turn."""
    for number in range(count):
        yield hall_name(number), business_name(number * 7)
