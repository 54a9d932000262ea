"""The service against a model of a few lines: whatever is tapped, in whatever order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import update

from actions.appointments.booking.rules import (
    CHECK_IN_UNTIL,
    HOLD,
    STAY_AT_MOST,
    WAIT_NOTICE,
    check_in_times,
    freed_hold_until,
)
from actions.appointments.booking.tables import PLACES, BookingRow, NoticeRow, WaitRow
from actions.appointments.halls.tables import SlotRow
from store.database import Database
from tests.database.appointments.support import BUSINESS, NOW, SECOND, Office, outcome

OWNERS = ("web:a", "web:b", "web:c")
BUSINESSES = (BUSINESS, SECOND, "业务三", "业务四")
SLOTS = ((10, 0, 1), (15, 0, 1), (9, 1, 2))
"""Hour, days after NOW, seats."""

owners, businesses = st.sampled_from(OWNERS), st.sampled_from(BUSINESSES)
slots = st.sampled_from(range(len(SLOTS)))
COMING, SEATED = ("held", "confirmed"), ("held", "confirmed", "checked_in", "served", "no_show")
ACTIVE = ("held", "confirmed", "checked_in")


@dataclass
class Seat:
    """What the model knows of one booking."""

    owner: str
    business: str
    slot: int
    until: datetime
    status: str = "held"
    lapsed: bool = False


@dataclass
class Place:
    """What the model knows of one place in the waiting list."""

    owner: str
    business: str
    priority: bool


class Model:
    """Who sits where and who waits, in plain lists; every method returns what is to come of it."""

    def __init__(self, starts: list[datetime]) -> None:
        self.now, self.starts = NOW, starts
        self.seats: list[Seat] = []  # in the order they were first held
        self.waiting: list[Place] = []

    def taken(self, slot: int) -> int:
        return sum(seat.slot == slot and seat.status in SEATED for seat in self.seats)

    def full(self, slot: int) -> bool:
        return self.taken(slot) >= SLOTS[slot][2]

    def active(self, owner: str) -> list[Seat]:
        return [seat for seat in self.seats if seat.owner == owner and seat.status in ACTIVE]

    def has_no_room(self, owner: str, business: str) -> bool:
        active = self.active(owner)
        return len(active) >= PLACES or any(seat.business == business for seat in active)

    def is_elsewhere(self, owner: str, slot: int, besides: Seat | None = None) -> bool:
        """Whether somebody has another visit at that time; no two slots here overlap."""
        return any(seat.slot == slot and seat is not besides for seat in self.active(owner))

    def hold(self, owner: str, business: str, slot: int) -> str:
        if self.starts[slot] <= self.now:
            return "slot_past"
        active = self.active(owner)
        for seat in active:
            if seat.business == business:
                return self.move(seat, slot) if seat.status == "held" else "already_booked"
        if len(active) >= PLACES:
            return "too_many_bookings"
        if self.is_elsewhere(owner, slot):
            return "overlaps"
        if self.full(slot):
            return "slot_full"
        self.seats.append(Seat(owner, business, slot, self.now + HOLD))
        return "held"

    def move(self, seat: Seat, slot: int) -> str:
        if seat.status == "cancelled":
            return "booking_ended"
        if seat.status not in COMING or self.starts[seat.slot] <= self.now:
            return "booking_past"
        if seat.slot == slot:
            return seat.status
        if self.starts[slot] <= self.now:
            return "slot_past"
        if self.is_elsewhere(seat.owner, slot, seat):
            return "overlaps"
        if self.full(slot):
            return "slot_full"
        old, seat.slot, seat.until = seat.slot, slot, self.now + HOLD
        self.pass_on(old)
        return seat.status

    def confirm(self, seat: Seat) -> str:
        if seat.status in ("confirmed", "checked_in", "served"):
            return seat.status
        if seat.status == "no_show" or self.starts[seat.slot] <= self.now:
            return "booking_past"
        if seat.status == "cancelled" and not seat.lapsed:
            return "booking_ended"
        if seat.status == "cancelled" and self.full(seat.slot):
            return "hold_lapsed"
        if self.is_elsewhere(seat.owner, seat.slot, seat):
            return "overlaps"
        if seat.status == "cancelled" and self.has_no_room(seat.owner, seat.business):
            return "hold_lapsed"
        seat.status, seat.lapsed = "confirmed", False
        return seat.status

    def cancel(self, seat: Seat) -> str:
        if seat.status == "cancelled":
            return seat.status
        if seat.status not in COMING or self.starts[seat.slot] <= self.now:
            return "booking_past"
        seat.status = "cancelled"
        self.pass_on(seat.slot)
        return seat.status

    def check_in(self, seat: Seat) -> str:
        opens, closes = check_in_times(self.starts[seat.slot])
        if seat.status == "cancelled":
            return "booking_ended"
        if seat.status in COMING and self.now < opens:
            return "too_early"
        if (seat.status in COMING and self.now >= closes) or seat.status == "no_show":
            return "too_late"
        seat.status = "served" if seat.status == "served" else "checked_in"
        return seat.status

    def wait(self, owner: str, business: str, *, priority: bool) -> str:
        if any(seat.business == business for seat in self.active(owner)):
            return "already_booked"
        if any((place.owner, place.business) == (owner, business) for place in self.waiting):
            return "already_waiting"
        self.waiting.append(Place(owner, business, priority))
        return "waitlisted"

    def pass_on(self, slot: int) -> None:
        start = self.starts[slot]
        if start <= self.now + WAIT_NOTICE:
            return
        for place in sorted(self.waiting, key=lambda place: not place.priority):
            if self.is_elsewhere(place.owner, slot):
                continue  # and goes on waiting for another one
            self.waiting.remove(place)
            if not self.has_no_room(place.owner, place.business):
                until = freed_hold_until(start, self.now)
                self.seats.append(Seat(place.owner, place.business, slot, until))
                return

    def sweep(self) -> None:
        lapsed = [s for s in self.seats if s.status == "held" and s.until <= self.now]
        for seat in sorted(lapsed, key=lambda seat: seat.until):
            seat.status, seat.lapsed = "cancelled", True
            self.pass_on(seat.slot)
        for seat in self.seats:
            start = self.starts[seat.slot]
            if seat.status == "confirmed" and start <= self.now - CHECK_IN_UNTIL:
                seat.status = "no_show"
            if seat.status == "checked_in" and start <= self.now - STAY_AT_MOST:
                seat.status = "served"


def machine(office: Office, slot_ids: list[int]) -> type[RuleBasedStateMachine]:
    """Return a machine over one database, which it empties before each run."""
    starts = [NOW.replace(hour=hour) + timedelta(days=days) for hour, days, _capacity in SLOTS]

    class Booking(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            for table in (NoticeRow, WaitRow, BookingRow):
                office.delete(table)
            with office.database.write() as session:
                session.execute(update(SlotRow).values(taken=0))
                session.commit()
            self.model = Model(starts)
            self.requests: list[tuple[str, str, int, str, str]] = []

        @initialize(
            hours=st.sampled_from([0, 1.1, 1.9, 6.2, 8.5]),
            booked=st.lists(st.tuples(owners, businesses, slots), max_size=4),
            waits=st.lists(st.tuples(owners, businesses, st.booleans()), max_size=3),
        )
        def a_day_under_way(
            self,
            hours: float,
            booked: list[tuple[str, str, int]],
            waits: list[tuple[str, str, bool]],
        ) -> None:
            self.model.now += timedelta(hours=hours)
            for owner, business, slot in booked:
                self.hold(owner, business, slot)
            for owner, business, priority in waits:
                self.wait(owner, business, priority)

        @rule(owner=owners, business=businesses, slot=slots)
        def hold(self, owner: str, business: str, slot: int) -> None:
            before = len(self.model.seats)
            expected = self.model.hold(owner, business, slot)
            key = f"model-{len(self.requests)}"
            assert self.held(owner, business, slot, key) == expected
            if expected == "held" and len(self.model.seats) == before + 1:
                self.requests.append((owner, business, slot, key, self.codes()[-1]))

        @rule(data=st.data())
        def hold_the_same_again(self, data: st.DataObject) -> None:
            if self.requests:
                owner, business, slot, key, code = data.draw(st.sampled_from(self.requests))
                seat = self.model.seats[self.codes().index(code)]
                assert self.held(owner, business, slot, key) == seat.status

        @rule(data=st.data(), slot=slots)
        def change(self, data: st.DataObject, slot: int) -> None:
            if self.model.seats:
                seat, code = self.drawn(data)
                expected = self.model.move(seat, slot)
                assert expected == outcome(
                    lambda: office.windows.change(
                        seat.owner, code, slot_ids[slot], now=self.model.now
                    )
                )

        @rule(data=st.data(), work=st.sampled_from(["confirm", "cancel", "check_in"]))
        def go_on(self, data: st.DataObject, work: str) -> None:
            if self.model.seats:
                seat, code = self.drawn(data)
                expected = getattr(self.model, work)(seat)
                done = getattr(office.windows, work)
                assert expected == outcome(lambda: done(seat.owner, code, now=self.model.now))

        @rule(data=st.data(), thief=owners)
        def try_with_somebody_elses_code(self, data: st.DataObject, thief: str) -> None:
            if self.model.seats:
                seat, code = self.drawn(data)
                if seat.owner != thief:
                    found = outcome(lambda: office.windows.cancel(thief, code, now=self.model.now))
                    assert found == "unknown_booking"

        @rule(owner=owners, business=businesses, priority=st.booleans())
        def wait(self, owner: str, business: str, priority: bool) -> None:
            expected = self.model.wait(owner, business, priority=priority)
            assert expected == outcome(
                lambda: office.wait(owner, business=business, now=self.model.now, priority=priority)
            )

        @rule(data=st.data())
        def leave(self, data: st.DataObject) -> None:
            if self.model.waiting:
                place = data.draw(st.sampled_from(self.model.waiting))
                self.model.waiting.remove(place)
                (found,) = [
                    booking
                    for booking in office.windows.bookings_of(place.owner, now=self.model.now)
                    if booking.status == "waitlisted" and booking.business == place.business
                ]
                assert outcome(lambda: office.cancel(found, now=self.model.now)) == "cancelled"

        @rule(minutes=st.sampled_from([5, 30, 60, 100]))
        def time_passes(self, minutes: int) -> None:
            self.model.now += timedelta(minutes=minutes)
            self.model.sweep()
            office.upkeep.sweep(now=self.model.now)

        @invariant()
        def everybody_sits_where_the_model_says(self) -> None:
            with office.database.read() as session:
                rows = session.execute(BookingRow.__table__.select().order_by(BookingRow.id)).all()
            assert [(row.owner, row.slot_id, row.status) for row in rows] == [
                (seat.owner, slot_ids[seat.slot], seat.status) for seat in self.model.seats
            ]

        @invariant()
        def every_seat_is_counted_and_none_is_sold_twice(self) -> None:
            for slot, slot_id in enumerate(slot_ids):
                taken = self.model.taken(slot)
                assert office.seats(slot_id) == (taken, taken)
                assert taken <= SLOTS[slot][2]

        def drawn(self, data: st.DataObject) -> tuple[Seat, str]:
            number = data.draw(st.integers(0, len(self.model.seats) - 1))
            return self.model.seats[number], self.codes()[number]

        def codes(self) -> list[str]:
            with office.database.read() as session:
                rows = session.execute(BookingRow.__table__.select().order_by(BookingRow.id)).all()
            return [row.code for row in rows]

        def held(self, owner: str, business: str, slot: int, key: str) -> str:
            return outcome(
                lambda: office.hold(
                    owner, slot_ids[slot], business=business, key=key, now=self.model.now
                )
            )

    return Booking


def test_booking_follows_its_model(database: Database) -> None:
    office = Office(database)
    slot_ids = [office.slot(hour, days=days, capacity=capacity) for hour, days, capacity in SLOTS]
    office.businesses(list(BUSINESSES[2:]))
    run_state_machine_as_test(
        machine(office, slot_ids),
        settings=settings(
            max_examples=60 if database.is_sqlite else 12,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
