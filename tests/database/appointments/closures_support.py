"""A hall whose coming days are open, which closes and opens again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from actions.appointments.booking.closures import close, reopen
from actions.appointments.booking.notices import CLOSED
from actions.appointments.halls.opening_days import open_days
from actions.appointments.halls.tables import SlotRow, WindowRow
from actions.appointments.records import Booking
from actions.appointments.service import Appointments, HallDesk, Housekeeping
from store.clock import SHANGHAI
from store.database import Database
from tests.database.appointments.halls_support import HALL, add_hall, slots_of

NOW = datetime(2026, 3, 11, 18, 0, tzinfo=SHANGHAI)  # a Wednesday evening
TODAY = NOW.replace(hour=0)


def at(clock: str, days: int = 1) -> datetime:
    """A moment ``days`` after today."""
    hour, minute = map(int, clock.split(":"))
    return TODAY + timedelta(days=days, hours=hour, minutes=minute)


@dataclass
class Office:
    """A hall whose coming days are open, and people who book there."""

    database: Database
    hall_id: int

    def close(
        self, start: str = "09:00", end: str = "11:30", *, now: datetime = NOW, **more: str
    ) -> int:
        return close(
            self.database,
            hall=HALL,
            start=at(start),
            end=at(end),
            reason="停电",
            by="小李",
            now=now,
            **more,
        )

    def slots(self, window: str | None = None) -> list[SlotRow]:
        """Tomorrow's slots for everybody, by time."""
        with self.database.read() as session:
            names = dict(session.execute(select(WindowRow.id, WindowRow.name)).all())
        return [
            slot
            for slot in slots_of(self.database, self.hall_id)
            if at("00:00") <= slot.start < at("00:00", 2)
            and (window is None or names[slot.window_id] == window)
        ]

    def closed(self) -> set[int]:
        return {slot.id for slot in slots_of(self.database, self.hall_id) if slot.closed}

    def book(self, owner: str, slot: SlotRow, business: str = "甲") -> Booking:
        windows = Appointments(self.database)
        held = windows.hold(
            owner=owner, slot_id=slot.id, business=business, request_key="1", now=NOW
        )
        return windows.confirm(owner, held.code, now=NOW)

    def told(self, now: datetime = NOW) -> list[tuple[str, str]]:
        """Whom a notice of a closure waits for, and with which reason."""
        return [
            (notice.booking.owner, notice.data["reason"])
            for notice in Housekeeping(self.database).due_notices(now=now)
            if notice.kind == CLOSED
        ]

    def tell(self, now: datetime = NOW) -> list[tuple[str, str]]:
        """Hand every due notice out; return whom was told what, without what was overtaken."""
        upkeep = Housekeeping(self.database)
        due = upkeep.due_notices(now=now)
        hold = self.database.transact(lambda connection: upkeep.settle(connection, *due, now=now))
        return [(notice.booking.owner, notice.kind) for notice in due if notice.id in hold]

    def reopen(self, now: datetime = NOW) -> int:
        """Take the one closure back."""
        (closure,) = HallDesk(self.database).closures(HALL, since=now)
        return reopen(self.database, closure.id, now=now)


def open_office(database: Database) -> Office:
    """Add the hall, and another that nothing here touches; open two days."""
    hall_id = add_hall(database, reserved_share=0.0)
    add_hall(database, "别的大厅", reserved_share=0.0)
    open_days(database, now=NOW, days=2)
    return Office(database, hall_id)
