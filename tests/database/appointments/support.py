"""A hall with one window, and slots to race for."""

import itertools
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select, update

from actions.appointments.booking import queries
from actions.appointments.booking.tables import BookingRow, NoticeRow
from actions.appointments.errors import WindowError, WindowsBusy
from actions.appointments.halls.tables import (
    BusinessRow,
    HallRow,
    SlotRow,
    WindowBusinessRow,
    WindowRow,
)
from actions.appointments.service import Appointments, Booking, HallDesk, Housekeeping, VisitWish
from store.clock import SHANGHAI
from store.database import Database
from store.schema import Base

HALL, BUSINESS, SECOND, OTHER = "测试大厅", "失业登记", "就业登记", "档案转递"
"""The window does BUSINESS and SECOND; nobody does OTHER."""

NOW = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)
"""A Wednesday morning; slots are on the days after it."""


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


class Office:
    """The services over one database, with what every test says left out."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.windows, self.upkeep, self.desk = (
            Appointments(database),
            Housekeeping(database),
            HallDesk(database),
        )
        self._keys, self._mornings = itertools.count(), itertools.count(1)

    def slot(
        self, hour: int = 9, *, capacity: int = 1, days: int = 1, reserved: bool = False
    ) -> int:
        """Open a slot ``days`` after NOW."""
        return one_slot(
            self.database, NOW, capacity=capacity, hour=hour, days=days, reserved=reserved
        )

    def hold(
        self,
        owner: str,
        slot: int,
        *,
        business: str = BUSINESS,
        key: str | None = None,
        now: datetime = NOW,
        priority: bool = False,
    ) -> Booking:
        """Hold a seat; without ``key`` it is a request of its own."""
        return self.windows.hold(
            owner=owner,
            slot_id=slot,
            business=business,
            request_key=key or f"key-{next(self._keys)}",
            now=now,
            priority=priority,
        )

    def confirmed(
        self, owner: str, slot: int, *, business: str = BUSINESS, now: datetime = NOW
    ) -> Booking:
        """Hold a seat and confirm it."""
        return self.confirm(self.hold(owner, slot, business=business, now=now), now=now)

    def confirm(self, booking: Booking, *, now: datetime = NOW) -> Booking:
        """Confirm as the booking's owner."""
        return self.windows.confirm(booking.owner, booking.code, now=now)

    def change(self, booking: Booking, slot: int, *, now: datetime = NOW) -> Booking:
        """Change as the booking's owner."""
        return self.windows.change(booking.owner, booking.code, slot, now=now)

    def cancel(self, booking: Booking, *, now: datetime = NOW) -> Booking:
        """Cancel as the booking's owner."""
        return self.windows.cancel(booking.owner, booking.code, now=now)

    def wait(
        self,
        owner: str,
        *,
        business: str = BUSINESS,
        start: datetime = NOW,
        end: datetime = NOW + timedelta(days=3),
        key: str | None = None,
        now: datetime = NOW,
        priority: bool = False,
    ) -> Booking:
        """Join the waiting list; without ``key`` it is a request of its own."""
        return self.windows.wait_for(
            VisitWish(business, HALL, start, end, priority=priority),
            owner=owner,
            request_key=key or f"key-{next(self._keys)}",
            now=now,
        )

    def booking(self, known: Booking) -> Booking:
        """Return a booking as it is now."""
        found = self.windows.booking(known.code)
        assert found is not None
        return found

    def standing(self, slot: int) -> tuple[Booking, ...]:
        """Return the bookings that hold a seat of a slot."""
        with self.database.read() as session:
            return queries.bookings(
                session.connection(),
                BookingRow.slot_id == slot,
                BookingRow.status != queries.CANCELLED,
            )

    def holder(self, slot: int) -> Booking | None:
        """Return who has the one seat of a slot."""
        standing = self.standing(slot)
        assert self.seats(slot) == (len(standing), len(standing))
        return standing[0] if standing else None

    def owner_of(self, slot: int) -> str | None:
        """Return whose the one seat of a slot is."""
        found = self.holder(slot)
        return found.owner if found else None

    def seats(self, slot: int) -> tuple[int, int]:
        """Return a slot's counted seats, and those that bookings hold."""
        with self.database.read() as session:
            taken = session.scalar(select(SlotRow.taken).where(SlotRow.id == slot))
            held = seats_held(session.connection(), slot)
        assert taken is not None
        return taken, held

    def change_slot(self, slot: int, **values: Any) -> None:
        """Change a slot's row, as closing does."""
        with self.database.write() as session:
            session.execute(update(SlotRow).where(SlotRow.id == slot).values(**values))
            session.commit()

    def delete(self, table: type[Base]) -> None:
        """Delete every row of a table."""
        with self.database.write() as session:
            session.execute(delete(table))
            session.commit()

    def businesses(self, names: list[str]) -> None:
        """Let the window do other businesses, too."""
        with self.database.write() as session:
            window = session.scalars(select(WindowRow)).one()
            for name in names:
                business = BusinessRow(
                    name=name, aliases=[], bring=[], minutes=5, spread=1, is_demo=True
                )
                session.add(business)
                session.flush()
                session.add(WindowBusinessRow(window_id=window.id, business_id=business.id))
            session.commit()

    def stayed_away(self, owner: str, *, times: int) -> list[Booking]:
        """Let somebody miss visits on the mornings before NOW."""
        missed = []
        for _ in range(times):
            before = NOW - timedelta(days=next(self._mornings), hours=1)
            slot = one_slot(self.database, before, capacity=1, hour=8, days=0)
            missed.append(self.confirmed(owner, slot, now=before))
            self.upkeep.sweep(now=before + timedelta(hours=4))
        return missed

    def notices(self, booking: Booking) -> list[NoticeRow]:
        """Return what is still to be told of a booking, by time."""
        with self.database.read() as session:
            return list(
                session.scalars(
                    select(NoticeRow)
                    .where(NoticeRow.booking_id == booking.id, NoticeRow.status == "waiting")
                    .order_by(NoticeRow.due_at)
                )
            )


def at_once(people: int, work: Callable[[int], str]) -> Counter[str]:
    """Run ``work`` for every person in a thread of its own; count the outcomes."""
    start = threading.Barrier(people)

    def run(person: int) -> str:
        start.wait(timeout=30)
        return work(person)

    with ThreadPoolExecutor(people) as pool:
        return Counter(pool.map(run, range(people)))


def outcome(work: Callable[[], object]) -> str:
    """Return the status a booking ends in, or the code of the error a work ends with."""
    try:
        answer = work()
    except (WindowError, WindowsBusy) as error:
        return error.code
    return answer.status if isinstance(answer, Booking) else "done"


def slot_beside(database: Database, slot_id: int, *, capacity: int) -> int:
    """Add a slot at the same minute at another window of the hall; return its id."""
    with database.write() as session:
        slot = session.get_one(SlotRow, slot_id)
        window = WindowRow(hall_id=slot.hall_id, name="2号窗口")
        session.add(window)
        session.flush()
        does = session.scalars(
            select(WindowBusinessRow.business_id).where(
                WindowBusinessRow.window_id == slot.window_id
            )
        )
        session.add_all(WindowBusinessRow(window_id=window.id, business_id=b) for b in does)
        beside = SlotRow(
            hall_id=slot.hall_id,
            window_id=window.id,
            start=slot.start,
            end=slot.end,
            capacity=capacity,
            taken=0,
            reserved=False,
            closed=False,
        )
        session.add(beside)
        session.commit()
        return beside.id


def seats_held(connection: Connection, slot_id: int) -> int:
    """Count the bookings that hold a seat: what ``taken`` must say at any moment."""
    held = select(BookingRow.id).where(
        BookingRow.slot_id == slot_id, BookingRow.status != "cancelled"
    )
    return len(connection.execute(held).all())
