"""Halls made for a test: their windows and what each of them does."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from actions.appointments.halls.tables import (
    BusinessRow,
    HallRow,
    SlotRow,
    WindowBusinessRow,
    WindowRow,
)
from store.database import Database

HALL = "测试大厅"
SESSIONS = [["09:00", "11:30"], ["13:30", "16:30"]]
WINDOWS = {"1号": "甲乙", "2号": "甲乙", "3号": "丙", "4号": ""}
"""What each window does, a business for each character: three that do something, two queues."""

BUSINESSES = {"甲": (10.0, 5.0), "乙": (14.0, 7.0), "丙": (20.0, 10.0)}
"""Minutes and spread."""


def add_hall(
    database: Database,
    name: str = HALL,
    windows: Mapping[str, str] = WINDOWS,
    **columns: Any,
) -> int:
    """Add a hall and the businesses it does; return its id."""
    row = {
        "aliases": [],
        "place": "310115",
        "address": "测试路",
        "capacity": 40,
        "sessions": SESSIONS,
        "walk_in_share": 0.25,
        "reserved_share": 0.05,
        "wait_target": 4.0,
        "is_demo": False,
    } | columns
    with database.write() as session:
        known = {business.name: business for business in session.scalars(select(BusinessRow))}
        for business, (minutes, spread) in BUSINESSES.items():
            if business not in known:
                known[business] = BusinessRow(
                    name=business,
                    aliases=[],
                    bring=["身份证"],
                    minutes=minutes,
                    spread=spread,
                    is_demo=False,
                )
                session.add(known[business])
        hall = HallRow(name=name, **row)
        session.add(hall)
        session.flush()
        for window_name, does in windows.items():
            window = WindowRow(hall_id=hall.id, name=window_name)
            session.add(window)
            session.flush()
            session.add_all(
                WindowBusinessRow(window_id=window.id, business_id=known[business].id)
                for business in does
            )
        session.commit()
        return hall.id


def slots_of(database: Database, hall_id: int) -> list[SlotRow]:
    """A hall's slots by time and window."""
    with database.read() as session:
        return list(
            session.scalars(
                select(SlotRow)
                .where(SlotRow.hall_id == hall_id)
                .order_by(SlotRow.start, SlotRow.window_id)
            )
        )
