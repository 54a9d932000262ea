"""A hall with one window, and slots to race for."""

from datetime import datetime, timedelta

from sqlalchemy import select

from actions.windows.tables import BusinessRow, HallRow, SlotRow, WindowBusinessRow, WindowRow
from store.database import Database

HALL, BUSINESS, OTHER = "测试大厅", "失业登记", "档案转递"


def one_slot(
    database: Database, now: datetime, *, capacity: int, hour: int = 9, days: int = 1
) -> int:
    """Add a slot of half an hour ``days`` from ``now`` (local) at ``hour``; return its id."""
    start = now.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)
    with database.write() as session:
        window_id = session.scalar(select(WindowRow.id))
        if window_id is None:
            hall = HallRow(
                name=HALL,
                aliases=["测试"],
                place="310115",
                address="测试路",
                capacity=40,
                hours="9:00–11:30",
                is_demo=True,
            )
            businesses = [
                BusinessRow(name=name, aliases=[], bring=["身份证"], minutes=10, is_demo=True)
                for name in (BUSINESS, OTHER)
            ]
            session.add_all([hall, *businesses])
            session.flush()
            window = WindowRow(hall_id=hall.id, name="1号窗口", offset=0)
            session.add(window)
            session.flush()
            window_id = window.id
            session.add(WindowBusinessRow(window_id=window_id, business_id=businesses[0].id))
        slot = SlotRow(
            window_id=window_id,
            start=start,
            end=start + timedelta(minutes=30),
            capacity=capacity,
            taken=0,
        )
        session.add(slot)
        session.commit()
        return slot.id
