"""Many people at one slot: every rush has one consistent outcome, on both databases."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, select, text, update

from actions.appointments.booking import changes
from actions.appointments.booking.rules import HOLD
from actions.appointments.booking.seats import SeatWish, TakenSeat, take_seat
from actions.appointments.errors import SlotFull, WindowsBusy
from actions.appointments.halls.tables import BusinessRow, SlotRow
from actions.appointments.service import Booking
from store.database import Database
from tests.database.appointments.support import (
    BUSINESS,
    NOW,
    SECOND,
    Office,
    at_once,
    outcome,
    slot_beside,
)

PEOPLE = 16
CAPACITY = 3
LAPSED = NOW + HOLD


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def test_the_last_seats_go_to_exactly_as_many_as_there_are(office: Office) -> None:
    slot = office.slot(capacity=CAPACITY)
    outcomes = at_once(PEOPLE, lambda n: outcome(lambda: office.hold(f"web:{n}", slot)))
    assert outcomes == {"held": CAPACITY, SlotFull.code: PEOPLE - CAPACITY}
    assert office.seats(slot) == (CAPACITY, CAPACITY)


def test_who_comes_too_late_at_one_window_gets_the_one_beside_it(office: Office) -> None:
    slot = office.slot(capacity=CAPACITY)
    beside = slot_beside(office.database, slot, capacity=2)
    outcomes = at_once(PEOPLE, lambda n: outcome(lambda: office.hold(f"web:{n}", slot)))
    assert outcomes == {"held": CAPACITY + 2, SlotFull.code: PEOPLE - CAPACITY - 2}
    assert [office.seats(each) for each in (slot, beside)] == [(CAPACITY, CAPACITY), (2, 2)]


def test_one_request_at_once_holds_once(office: Office) -> None:
    slot = office.slot(capacity=CAPACITY)
    codes = at_once(PEOPLE, lambda _: office.hold("web:a", slot, key="tap").code)
    assert list(codes.values()) == [PEOPLE]
    assert office.seats(slot) == (1, 1)


def test_one_person_tapping_different_slots_at_once_has_one(office: Office) -> None:
    slots = [office.slot(hour, capacity=CAPACITY) for hour in (9, 10, 11, 14)]
    outcomes = at_once(
        PEOPLE, lambda n: outcome(lambda: office.hold("web:a", slots[n % len(slots)]))
    )
    # Each tap exchanges the held seat for another; who is overtaken too often is told so.
    assert set(outcomes) <= {"held", WindowsBusy.code}
    assert sum(office.seats(slot)[0] for slot in slots) == 1
    assert all(counted == held for counted, held in map(office.seats, slots))


def test_one_person_wanting_everything_at_once_gets_what_one_may_have(office: Office) -> None:
    slots = [office.slot(hour, capacity=PEOPLE) for hour in (9, 10)]
    businesses = (BUSINESS, SECOND)
    at_once(
        PEOPLE,
        lambda n: outcome(lambda: office.hold("web:a", slots[n % 2], business=businesses[n % 2])),
    )
    assert [office.seats(slot) for slot in slots] == [(1, 1), (1, 1)]


def test_a_seat_given_back_many_times_at_once_is_free_once(office: Office) -> None:
    slot = office.slot(capacity=CAPACITY)
    office.hold("web:a", slot)
    mine = office.hold("web:b", slot)
    outcomes = at_once(PEOPLE, lambda _: outcome(lambda: office.cancel(mine)))
    assert outcomes == {"cancelled": PEOPLE}
    assert office.seats(slot) == (1, 1)


def test_a_confirmation_tapped_many_times_at_once_is_one(office: Office) -> None:
    mine = office.hold("web:a", office.slot())
    outcomes = at_once(PEOPLE, lambda _: outcome(lambda: office.confirm(mine)))
    assert outcomes == {"confirmed": PEOPLE}
    assert Counter(notice.kind for notice in office.notices(mine)) == {
        "reminder_day": 1,
        "reminder_hours": 1,
    }


def test_a_lapsed_hold_confirmed_many_times_at_once_is_taken_up_once(office: Office) -> None:
    slot = office.slot()
    mine = office.hold("web:a", slot)
    office.upkeep.sweep(now=LAPSED)
    outcomes = at_once(PEOPLE, lambda _: outcome(lambda: office.confirm(mine, now=LAPSED)))
    assert outcomes == {"confirmed": PEOPLE}
    assert office.seats(slot) == (1, 1)


def test_everything_at_once_with_one_booking_leaves_one_state(office: Office) -> None:
    for turn in range(12):
        here, there = office.slot(9, days=turn + 1), office.slot(10, days=turn + 1)
        owner = f"web:{turn}"
        mine = office.hold(owner, here)
        works = (
            lambda mine=mine: office.confirm(mine, now=LAPSED),
            lambda mine=mine: office.cancel(mine, now=LAPSED),
            lambda mine=mine, there=there: office.change(mine, there, now=LAPSED),
            lambda: office.upkeep.sweep(now=LAPSED),
            lambda mine=mine: office.confirm(mine, now=LAPSED),
            lambda mine=mine, there=there: office.change(mine, there, now=LAPSED),
        )
        at_once(len(works), lambda n, works=works: outcome(works[n]))
        assert all(counted == held for counted, held in map(office.seats, (here, there)))
        office.upkeep.sweep(now=LAPSED + HOLD)
        now_at = office.windows.booking(mine.code)
        assert now_at is not None
        assert now_at.status in ("confirmed", "cancelled")
        held = {here: 0, there: 0} | ({now_at.slot_id: 1} if now_at.status == "confirmed" else {})
        assert {slot: office.seats(slot) for slot in held} == {
            slot: (seats, seats) for slot, seats in held.items()
        }
        due = {notice.due_at for notice in office.notices(now_at)}
        hours = now_at.start - timedelta(hours=2)
        assert (hours in due) is (now_at.status == "confirmed")


def test_two_people_changing_into_each_others_seats_do_not_wait_for_ever(office: Office) -> None:
    here, there = office.slot(9, capacity=2), office.slot(10, capacity=2)
    pairs = [(office.confirmed("web:a", here), there), (office.confirmed("web:b", there), here)]
    for _ in range(10):
        outcomes = at_once(
            2, lambda n, pairs=pairs: outcome(lambda: office.change(pairs[n][0], pairs[n][1]))
        )
        assert outcomes == {"confirmed": 2}
        pairs = [(booking, here if slot == there else there) for booking, slot in pairs]
    assert office.seats(here) == office.seats(there) == (1, 1)


def test_a_held_seat_that_lapses_while_it_is_exchanged_bars_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = office.slot(9), office.slot(10)
    office.hold("web:a", here)
    move = changes.move

    def late(*args: Any, **kwargs: Any) -> Booking:
        office.upkeep.sweep(now=LAPSED)
        return move(*args, **kwargs)

    monkeypatch.setattr("actions.appointments.service.changes.move", late)
    assert office.hold("web:a", there).status == "held"
    assert (office.seats(here), office.seats(there)) == ((0, 0), (1, 1))


def test_full_slots_keep_what_they_have_when_everybody_changes(office: Office) -> None:
    here, there = office.slot(9), office.slot(10)
    first, second = office.confirmed("web:a", here), office.confirmed("web:b", there)
    work = ((first, there), (second, here))
    assert at_once(2, lambda n: outcome(lambda: office.change(*work[n]))) == {SlotFull.code: 2}
    assert office.seats(here) == office.seats(there) == (1, 1)


def test_people_who_want_each_others_lapsed_seats_do_not_wait_for_ever(office: Office) -> None:
    for turn in range(8):
        slots = [office.slot(hour, days=turn + 1) for hour in (9, 10)]
        for n, slot in enumerate(slots):
            office.hold(f"web:{turn}-{n}", slot)
        outcomes = at_once(
            2,
            lambda n, slots=slots, turn=turn: outcome(
                lambda: office.hold(f"web:{turn}-{n}", slots[1 - n], now=LAPSED)
            ),
        )
        assert outcomes == {"held": 2}
        assert [office.seats(slot) for slot in slots] == [(1, 1), (1, 1)]


def test_seats_freed_at_once_go_to_different_people_in_the_list(office: Office) -> None:
    slots = [office.slot(hour) for hour in (9, 10, 11, 14)]
    booked = [office.confirmed(f"web:{slot}", slot) for slot in slots]
    for n in range(len(slots) + 1):
        office.wait(f"wait:{n}")
    at_once(len(slots), lambda n: outcome(lambda: office.cancel(booked[n])))
    assert [office.seats(slot) for slot in slots] == [(1, 1)] * len(slots)
    holders = {booking.owner for slot in slots for booking in office.standing(slot)}
    assert holders == {f"wait:{n}" for n in range(len(slots))}


def test_joining_at_once_is_one_place_in_the_list(office: Office) -> None:
    office.slot()
    codes = at_once(PEOPLE, lambda _: office.wait("web:a", key="tap").code)
    assert list(codes.values()) == [PEOPLE]
    outcomes = at_once(PEOPLE, lambda _: outcome(lambda: office.wait("web:a")))
    assert outcomes == {"already_waiting": PEOPLE}


def test_sweeping_at_once_releases_each_hold_once(office: Office) -> None:
    slot = office.slot(capacity=PEOPLE)
    for n in range(PEOPLE):
        office.hold(f"web:{n}", slot)
    freed = at_once(8, lambda _: str(office.upkeep.sweep(now=LAPSED)))
    assert sum(int(count) * times for count, times in freed.items()) == PEOPLE
    assert office.seats(slot) == (0, 0)


def test_checking_in_and_cancelling_at_once_is_one_of_both(office: Office) -> None:
    for turn in range(8):
        mine = office.confirmed(f"web:{turn}", office.slot(days=turn + 1))
        early = mine.start - timedelta(minutes=10)
        works = (
            lambda mine=mine, early=early: office.desk.check_in(mine.code, now=early),
            lambda mine=mine, early=early: office.cancel(mine, now=early),
        )
        outcomes = at_once(2, lambda n, works=works: outcome(works[n]))
        assert outcomes in (
            {"checked_in": 1, "booking_past": 1},
            {"cancelled": 1, "booking_ended": 1},
        )


class Gate:
    """Lets nobody write before everybody has looked, the first time round."""

    def __init__(self, people: int) -> None:
        self._all_have_looked = threading.Barrier(people)
        self._passed = threading.local()

    def wait(self) -> None:
        if not getattr(self._passed, "once", False):
            self._passed.once = True
            self._all_have_looked.wait(timeout=30)


RUSH = 12
"""Each holds a connection at the gate; a pool has fifteen."""

TakeSeat = Callable[[Connection, SeatWish], TakenSeat | None]


def naively(gate: Gate) -> TakeSeat:
    """Return how one takes a seat without thinking of others: look first, then count one up."""

    def take(connection: Connection, wish: SeatWish) -> TakenSeat | None:
        this_one = SlotRow.id == wish.slot_id
        with connection.engine.connect() as looking:
            slot = looking.execute(select(SlotRow.__table__).where(this_one)).one()
            business_id = looking.execute(
                select(BusinessRow.id).where(BusinessRow.name == wish.business)
            ).scalar_one()
        gate.wait()
        if slot.taken >= slot.capacity:
            return None
        connection.execute(update(SlotRow).where(this_one).values(taken=SlotRow.taken + 1))
        return TakenSeat(slot.start, slot.end, "", "", "", business_id, [])

    return take


def as_we_do(gate: Gate) -> TakeSeat:
    """Return how the service takes a seat, everybody at the same moment."""

    def take(connection: Connection, wish: SeatWish) -> TakenSeat | None:
        gate.wait()
        return take_seat(connection, wish)

    return take


def rush(
    database: Database, way: Callable[[Gate], TakeSeat], monkeypatch: pytest.MonkeyPatch
) -> tuple[Counter[str], tuple[int, int]]:
    """Let RUSH people at one slot, each in a transaction that nothing of ours queues."""

    def transact(work: Callable[[Connection], Any]) -> Any:
        with database.engine.begin() as connection:
            return work(connection)

    office = Office(database)
    slot = office.slot(capacity=CAPACITY)
    monkeypatch.setattr(database, "transact", transact)
    monkeypatch.setattr("actions.appointments.booking.holds.take_seat", way(Gate(RUSH)))
    outcomes = at_once(RUSH, lambda n: outcome(lambda: office.hold(f"web:{n}", slot)))
    return outcomes, office.seats(slot)


def without_the_check(database: Database) -> None:
    """Take the constraint out of this database, which is the test's own."""
    if database.is_sqlite:

        @event.listens_for(database.engine, "connect")
        def _configure(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA ignore_check_constraints=ON")
    else:
        with database.engine.begin() as connection:
            connection.execute(
                text("ALTER TABLE slots DROP CONSTRAINT ck_slots_taken_within_capacity")
            )
    database.engine.dispose()


def test_without_the_protection_seats_are_sold_twice(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_the_check(database)
    outcomes, seats = rush(database, naively, monkeypatch)
    assert outcomes == {"held": RUSH}
    assert seats == (RUSH, RUSH)


def test_the_way_a_seat_is_taken_holds_without_the_constraint(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_the_check(database)
    outcomes, seats = rush(database, as_we_do, monkeypatch)
    assert outcomes == {"held": CAPACITY, SlotFull.code: RUSH - CAPACITY}
    assert seats == (CAPACITY, CAPACITY)


def test_the_constraint_holds_however_a_seat_is_taken(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes, seats = rush(database, naively, monkeypatch)
    assert outcomes == {"held": CAPACITY, SlotFull.code: RUSH - CAPACITY}
    assert seats == (CAPACITY, CAPACITY)


def impatient(database: Database) -> Database:
    """Return another way into a database, which waits for locks a twentieth of a second."""
    other = Database(database.url.render_as_string(hide_password=False))
    soon = "PRAGMA busy_timeout=50" if other.is_sqlite else "SET lock_timeout = 50"

    @event.listens_for(other.engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.cursor().execute(soon)
        if not other.is_sqlite:
            connection.commit()

    return other


def test_a_lock_that_cannot_be_had_is_said_to_be_so(database: Database) -> None:
    slot = Office(database).slot()
    hasty = impatient(database)
    office = Office(hasty)
    mine = office.confirmed("web:a", office.slot(10))
    works = (
        lambda: office.hold("web:b", slot),
        lambda: office.change(mine, slot),
        lambda: office.cancel(mine),
        lambda: office.wait("web:c"),
    )
    with database.write() as session:
        session.execute(select(SlotRow).with_for_update())
        if not database.is_sqlite:
            session.execute(text("LOCK TABLE waits"))
        assert [outcome(work) for work in works] == [WindowsBusy.code] * len(works)
    assert outcome(lambda: office.hold("web:b", slot)) == "held"
    hasty.close()
