"""The demo calendar: repeatable, topped up, the same however it is seeded."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from actions.windows.halls.demo import seed_windows
from actions.windows.tables import BookingRow, BusinessRow, HallRow, SlotRow, WindowRow
from store.clock import SHANGHAI, to_shanghai
from store.database import Database

NOW = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)
Calendar = dict[tuple[int, datetime], int]


def calendar(database: Database) -> Calendar:
    with database.read() as session:
        return {(row.window_id, row.start): row.taken for row in session.scalars(select(SlotRow))}


def test_it_is_repeatable_and_topped_up(database: Database) -> None:
    assert seed_windows(database, now=NOW, seed=1) > 0
    first = calendar(database)
    assert seed_windows(database, now=NOW, seed=1) == 0
    assert calendar(database) == first
    later = NOW + timedelta(days=5)
    assert seed_windows(database, now=later, seed=1) > 0
    topped_up = calendar(database)
    assert first.items() < topped_up.items()
    assert max(to_shanghai(start) for _, start in topped_up) > later + timedelta(days=13)


def test_it_is_marked_and_staggered(database: Database) -> None:
    seed_windows(database, now=NOW, seed=1)
    with database.read() as session:
        halls = list(session.scalars(select(HallRow)))
        businesses = list(session.scalars(select(BusinessRow)))
        assert len(halls) == 3
        assert all(hall.is_demo and "示例" in hall.name for hall in halls)
        assert len(businesses) == 10
        assert all(business.is_demo for business in businesses)
        assert session.scalar(select(func.count()).select_from(WindowRow)) == 12
        held = session.scalar(select(func.count()).select_from(BookingRow))
        assert held == session.scalar(select(func.sum(SlotRow.taken)))
    starts = {to_shanghai(start).minute for _, start in calendar(database)}
    assert len(starts) > 2
    assert len(set(calendar(database).values())) > 1
