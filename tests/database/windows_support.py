"""A hall with one window, and slots to race for."""

from datetime import datetime, timedelta

from sqlalchemy import select

from actions.windows.halls.tables import (
    BusinessRow,
    HallRow,
    SlotRow,
    WindowBusinessRow,
    WindowRow,
)
from store.database import Database

HALL, BUSINESS, SECOND, OTHER = "测试大厅", "失业登记", "就业登记", "档案转递"
"""The window does BUSINESS and SECOND; nobody does OTHER."""


def one_slot(
    database: Database,
    now: datetime,
    *,
    capacity: int,
    hour: int = 9,
    days: int = 1,
    reserved: bool = False,
) -> int:
    """Add a slot of half an hour ``days`` from ``now`` (local) at ``hour``; return its id."""
    start = now.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)
    with database.write() as session:
        window = session.scalar(select(WindowRow))
        if window is None:
            hall = HallRow(
                name=HALL,
                aliases=["测试"],
                place="310115",
                address="测试路",
                capacity=40,
                sessions=[["09:00", "11:30"], ["13:30", "16:30"]],
                walk_in_share=0.25,
                reserved_share=0.05,
                wait_target=4.0,
                is_demo=True,
            )
            businesses = [
                BusinessRow(
                    name=name, aliases=[], bring=["身份证"], minutes=10, spread=6, is_demo=True
                )
                for name in (BUSINESS, SECOND, OTHER)
            ]
            session.add_all([hall, *businesses])
            session.flush()
            window = WindowRow(hall_id=hall.id, name="1号窗口")
            session.add(window)
            session.flush()
            session.add_all(
                WindowBusinessRow(window_id=window.id, business_id=business.id)
                for business in businesses[:2]
            )
        slot = SlotRow(
            hall_id=window.hall_id,
            window_id=window.id,
            start=start,
            end=start + timedelta(minutes=30),
            capacity=capacity,
            taken=0,
            reserved=reserved,
            closed=False,
        )
        session.add(slot)
        session.commit()
        return slot.id
