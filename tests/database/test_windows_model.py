"""The service against a model of a few lines: whatever is tapped, in whatever order."""

import itertools
from datetime import datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select, update

from actions.windows.errors import AlreadyBooked, SlotFull, UnknownBooking, UnknownSlot
from actions.windows.service import Windows
from actions.windows.tables import BookingRow, SlotRow
from store.clock import SHANGHAI
from store.database import Database
from tests.database.windows_support import BUSINESS, one_slot

NOW = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)
OWNERS = ("web:a", "web:b", "web:c", "web:d")
CAPACITIES = (1, 2)

owners = st.sampled_from(OWNERS)
slots = st.sampled_from(range(len(CAPACITIES)))


def machine(database: Database, slot_ids: list[int]) -> type[RuleBasedStateMachine]:
    """Return a machine over one database, which it empties before each run."""

    class Booking(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            with database.write() as session:
                session.execute(delete(BookingRow))
                session.execute(update(SlotRow).values(taken=0))
                session.commit()
            self.windows = Windows(database)
            self.keys = itertools.count()
            self.seat: dict[str, int] = {}  # the model: who sits where
            self.codes: dict[str, str] = {}
            self.last: tuple[str, int, str, str] | None = None

        @rule(owner=owners, slot=slots)
        def book(self, owner: str, slot: int) -> None:
            key = f"key-{next(self.keys)}"
            full = list(self.seat.values()).count(slot) >= CAPACITIES[slot]
            expected = self.codes[owner] if owner in self.seat else "full" if full else "booked"
            outcome = "booked"
            try:
                code = self._book(owner, slot, key)
            except AlreadyBooked as error:
                outcome = error.booking.code
            except SlotFull:
                outcome = "full"
            else:
                self.seat[owner], self.codes[owner] = slot, code
                self.last = (owner, slot, key, code)
            assert outcome == expected

        @rule()
        def book_the_same_again(self) -> None:
            if self.last is not None:
                owner, slot, key, code = self.last
                assert self._book(owner, slot, key) == code

        @rule(owner=owners, times=st.integers(1, 3))
        def cancel(self, owner: str, times: int) -> None:
            for _ in range(times):
                key = f"key-{next(self.keys)}"
                if owner in self.codes:
                    code = self.codes[owner].lower()
                    cancelled = self.windows.cancel(owner, code, request_key=key, now=NOW)
                    assert cancelled.status == "cancelled"
            self.seat.pop(owner, None)

        @rule(owner=owners, other=owners)
        def cancel_somebody_elses(self, owner: str, other: str) -> None:
            if owner == other or other not in self.codes:
                return
            try:
                self.windows.cancel(owner, self.codes[other], request_key="x", now=NOW)
            except UnknownBooking:
                return
            raise AssertionError("somebody else's booking was cancelled")

        @rule(owner=owners)
        def book_nowhere(self, owner: str) -> None:
            try:
                self.windows.book(
                    owner=owner, slot_id=10**6, business=BUSINESS, request_key="none", now=NOW
                )
            except UnknownSlot:
                return
            raise AssertionError("a slot that is not there was booked")

        @invariant()
        def as_many_seats_are_taken_as_people_sit(self) -> None:
            with database.read() as session:
                taken = {row.id: row.taken for row in session.scalars(select(SlotRow))}
            for number, slot_id in enumerate(slot_ids):
                assert taken[slot_id] == list(self.seat.values()).count(number)

        def _book(self, owner: str, slot: int, key: str) -> str:
            return self.windows.book(
                owner=owner, slot_id=slot_ids[slot], business=BUSINESS, request_key=key, now=NOW
            ).code

    return Booking


def test_booking_follows_its_model(database: Database) -> None:
    slot_ids = [
        one_slot(database, NOW, capacity=seats, hour=hour)
        for seats, hour in zip(CAPACITIES, (9, 10), strict=True)
    ]
    run_state_machine_as_test(
        machine(database, slot_ids),
        settings=settings(
            max_examples=20 if database.is_sqlite else 8,
            stateful_step_count=25 if database.is_sqlite else 15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
