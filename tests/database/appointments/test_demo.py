"""The demo halls and visits: repeatable, topped up, the same however they are seeded."""

from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import func, select

from actions.appointments.booking.queries import CHECKED_IN, CONFIRMED, SERVED
from actions.appointments.booking.tables import BookingRow
from actions.appointments.demo.data import BUSINESSES, HALLS
from actions.appointments.demo.seed import seed_appointments
from actions.appointments.halls.layout import layout
from actions.appointments.halls.tables import (
    BusinessRow,
    HallRow,
    SlotRow,
    WindowBusinessRow,
    WindowRow,
)
from store.clock import SHANGHAI, to_shanghai
from store.database import Database

NOW = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)
Calendar = dict[tuple[int, datetime], tuple[int, ...]]


def calendar(database: Database) -> Calendar:
    """Who is booked for what at each window and minute."""
    with database.read() as session:
        rows = session.execute(
            select(SlotRow.window_id, SlotRow.start, BookingRow.business_id)
            .outerjoin(BookingRow, BookingRow.slot_id == SlotRow.id)
            .order_by(SlotRow.window_id, SlotRow.start, BookingRow.owner)
        ).all()
    return {
        key: tuple(row.business_id for row in group if row.business_id)
        for key, group in groupby(rows, lambda row: (row.window_id, row.start))
    }


def test_it_is_repeatable_and_topped_up(database: Database) -> None:
    assert seed_appointments(database, now=NOW, seed=1, days=9) > 0
    first = calendar(database)
    assert seed_appointments(database, now=NOW, seed=1, days=9) == 0
    assert calendar(database) == first
    later = NOW + timedelta(days=5)
    assert seed_appointments(database, now=later, seed=1, days=9) > 0
    topped_up = calendar(database)
    assert first.items() < topped_up.items()
    last = max(to_shanghai(start) for _, start in topped_up)
    assert last.date() == (later + timedelta(days=9)).date()


def test_what_is_seeded_at_once_or_in_steps_is_the_same(sqlite_database: Database) -> None:
    for days in (1, 3, 6):
        seed_appointments(sqlite_database, now=NOW, seed=1, days=days)
    with sqlite_database.read() as session:
        stepwise = set(session.scalars(select(BookingRow.code)))
    with sqlite_database.write() as session:
        session.query(BookingRow).delete()
        session.query(SlotRow).update({"taken": 0})
        session.commit()
    seed_appointments(sqlite_database, now=NOW, seed=1, days=6)
    with sqlite_database.read() as session:
        assert set(session.scalars(select(BookingRow.code))) == stepwise


def test_it_is_marked_and_every_hall_does_every_business(database: Database) -> None:
    seed_appointments(database, now=NOW, seed=1, days=2)
    with database.read() as session:
        halls = list(session.scalars(select(HallRow)))
        businesses = list(session.scalars(select(BusinessRow)))
        assert len(halls) == len(HALLS) == 3
        assert all(hall.is_demo and "示例" in hall.name for hall in halls)
        assert len(businesses) == len(BUSINESSES) == 10
        assert all(business.is_demo for business in businesses)
        for hall in halls:
            done = session.scalars(
                select(WindowBusinessRow.business_id)
                .join(WindowRow, WindowRow.id == WindowBusinessRow.window_id)
                .where(WindowRow.hall_id == hall.id)
            )
            assert set(done) == {business.id for business in businesses}
            windows = layout(session, hall.id).windows
            assert 2 <= len(windows) <= 3
            assert 6 <= sum(len(group) for group in windows) <= 8


def test_seats_are_taken_by_somebody_and_spread_over_the_hour(database: Database) -> None:
    seed_appointments(database, now=NOW, seed=1, days=6)
    with database.read() as session:
        by_slot = (
            select(SlotRow.id)
            .outerjoin(BookingRow, BookingRow.slot_id == SlotRow.id)
            .group_by(SlotRow.id, SlotRow.taken)
            .having(func.count(BookingRow.id) != SlotRow.taken)
        )
        assert session.execute(by_slot).all() == []
        starts = [to_shanghai(start) for start in session.scalars(select(SlotRow.start))]
        doing = select(WindowBusinessRow.business_id).join(
            SlotRow, SlotRow.window_id == WindowBusinessRow.window_id
        )
        assert len(set(session.scalars(doing))) == len(BUSINESSES)
        assert {start.minute for start in starts} == set(range(0, 60, 5))

        def busy(hours: range) -> float:
            slots = session.execute(select(SlotRow.start, SlotRow.taken, SlotRow.capacity))
            these = [row for row in slots if to_shanghai(row.start).hour in hours]
            seats = sum(row.capacity for row in these)
            return float(sum(row.taken for row in these) / seats)

        assert busy(range(9, 11)) > 1.5 * busy(range(15, 17)) > 0


def test_visits_of_today_have_come_as_far_as_the_clock(sqlite_database: Database) -> None:
    seed_appointments(sqlite_database, now=NOW + timedelta(hours=3), seed=1, days=0)
    with sqlite_database.read() as session:
        rows = session.execute(
            select(SlotRow.start, BookingRow.status, BookingRow.active).join(
                SlotRow, SlotRow.id == BookingRow.slot_id
            )
        ).all()
    noon = NOW + timedelta(hours=3)
    assert {row.status for row in rows} == {SERVED, CHECKED_IN, CONFIRMED}
    assert all(row.start > noon for row in rows if row.status == CONFIRMED)
    assert all(row.active is (row.status != SERVED) for row in rows)
