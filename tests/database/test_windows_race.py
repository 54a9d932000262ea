"""Many people at one slot: the lock, the constraint without the lock, and neither."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from actions.windows import booking as booking_module
from actions.windows.errors import SlotFull, WindowError, WindowsBusy
from actions.windows.service import Windows
from actions.windows.tables import BookingRow, SlotRow
from store.clock import SHANGHAI
from store.database import Database
from tests.database.windows_support import BUSINESS, one_slot

PEOPLE = 16
CAPACITY = 3
NOW = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)


def at_once(work: Callable[[int], str], people: int = PEOPLE) -> Counter[str]:
    """Run ``work`` for every person in a thread of its own; count the outcomes."""
    start = threading.Barrier(people)

    def run(person: int) -> str:
        start.wait(timeout=30)
        return work(person)

    with ThreadPoolExecutor(people) as pool:
        return Counter(pool.map(run, range(people)))


def booker(windows: Windows, slot_id: int, *, owner: str | None = None, key: str | None = None):
    def work(person: int) -> str:
        try:
            booked = windows.book(
                owner=owner or f"web:{person}",
                slot_id=slot_id,
                business=BUSINESS,
                request_key=key or f"key-{person}",
                now=NOW,
            )
        except WindowError as error:
            return error.code
        return "booked" if key is None else booked.code

    return work


def standing(database: Database, slot_id: int) -> tuple[int, int]:
    """Return a slot's counted seats and its bookings that hold one."""
    with database.read() as session:
        taken = session.scalar(select(SlotRow.taken).where(SlotRow.id == slot_id))
        held = session.scalar(
            select(func.count()).where(BookingRow.slot_id == slot_id, BookingRow.active.is_(True))
        )
    assert taken is not None
    assert held is not None
    return taken, held


def test_the_last_seats_go_to_exactly_as_many_as_there_are(database: Database) -> None:
    slot_id = one_slot(database, NOW, capacity=CAPACITY)
    outcomes = at_once(booker(Windows(database), slot_id))
    assert outcomes == {"booked": CAPACITY, SlotFull.code: PEOPLE - CAPACITY}
    assert standing(database, slot_id) == (CAPACITY, CAPACITY)


def test_one_request_at_once_books_once(database: Database) -> None:
    slot_id = one_slot(database, NOW, capacity=CAPACITY)
    outcomes = at_once(booker(Windows(database), slot_id, owner="web:a", key="tap"))
    assert list(outcomes.values()) == [PEOPLE]
    assert standing(database, slot_id) == (1, 1)


def test_one_person_tapping_at_once_books_once(database: Database) -> None:
    slot_id = one_slot(database, NOW, capacity=CAPACITY)
    outcomes = at_once(booker(Windows(database), slot_id, owner="web:a"))
    assert outcomes == {"booked": 1, "already_booked": PEOPLE - 1}
    assert standing(database, slot_id) == (1, 1)


def test_one_person_tapping_different_slots_at_once_books_one(database: Database) -> None:
    slots = [one_slot(database, NOW, capacity=CAPACITY, hour=hour) for hour in (9, 10, 11, 14)]
    windows = Windows(database)

    def work(person: int) -> str:
        return booker(windows, slots[person % len(slots)], owner="web:a")(person)

    assert at_once(work) == {"booked": 1, "already_booked": PEOPLE - 1}
    assert sum(standing(database, slot)[0] for slot in slots) == 1


def test_a_seat_given_back_many_times_at_once_is_free_once(database: Database) -> None:
    slot_id = one_slot(database, NOW, capacity=CAPACITY)
    windows = Windows(database)
    for owner in ("web:a", "web:b"):
        booked = windows.book(
            owner=owner, slot_id=slot_id, business=BUSINESS, request_key="k", now=NOW
        )

    def work(person: int) -> str:
        key = f"cancel-{person}"
        return windows.cancel("web:b", booked.code, request_key=key, now=NOW).status

    assert at_once(work) == {"cancelled": PEOPLE}
    assert standing(database, slot_id) == (1, 1)


class Gate:
    """Lets nobody write before everybody has read, the first time round."""

    def __init__(self, people: int = PEOPLE) -> None:
        self._all_have_read = threading.Barrier(people)
        self._passed = threading.local()

    def wait(self) -> None:
        if not getattr(self._passed, "once", False):
            self._passed.once = True
            self._all_have_read.wait(timeout=30)


def test_without_the_lock_the_constraint_alone_holds(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot_id = one_slot(database, NOW, capacity=CAPACITY)
    people = 12  # each holds a connection at the gate; the engine's pool has fifteen
    gate = Gate(people)

    def read_without_lock(session: Session, slot_ids: Iterable[int]) -> list[SlotRow]:
        found = list(session.scalars(select(SlotRow).where(SlotRow.id.in_(list(slot_ids)))))
        gate.wait()
        return found

    monkeypatch.setattr(booking_module, "lock_slots", read_without_lock)
    if database.is_sqlite:
        monkeypatch.setattr(database, "write", deferred(database))
    windows = Windows(database)

    def work(person: int) -> str:
        try:
            return booker(windows, slot_id)(person)
        except WindowsBusy:
            return "busy"

    outcomes = at_once(work, people)
    taken, held = standing(database, slot_id)
    assert taken == held == outcomes["booked"] <= CAPACITY
    if database.is_sqlite:
        # Everybody read the same state and only the first may write: the others are thrown out.
        assert outcomes["busy"] > 0
    else:
        # Everybody saw a free slot; the database let in as many as there were seats.
        assert outcomes == {"booked": CAPACITY, SlotFull.code: people - CAPACITY}


def deferred(database: Database) -> Callable[[], object]:
    """Return a ``write`` whose transaction takes no lock until it writes."""

    @contextmanager
    def write() -> Iterator[Session]:
        with Session(database.engine, expire_on_commit=False) as session:
            yield session

    return write


def test_without_lock_and_constraint_a_slot_is_overbooked(database: Database) -> None:
    """The race is real: read, then write what was read plus one, and seats are sold twice."""
    with database.write() as session:
        session.execute(text("CREATE TABLE naive_slots (capacity INTEGER, taken INTEGER)"))
        session.execute(text("INSERT INTO naive_slots VALUES (:n, 0)"), {"n": CAPACITY})
        session.commit()
    gate = Gate()

    def work(_person: int) -> str:
        with database.read() as session:
            capacity, taken = session.execute(text("SELECT capacity, taken FROM naive_slots")).one()
        gate.wait()
        if taken >= capacity:
            return SlotFull.code
        with database.write() as session:
            session.execute(text("UPDATE naive_slots SET taken = :n"), {"n": taken + 1})
            session.commit()
        return "booked"

    assert at_once(work) == {"booked": PEOPLE}


def test_a_lock_that_cannot_be_had_is_said_to_be_so(
    postgres_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.windows.booking.seats.LOCK_TIMEOUT_MS", 50)
    slot_id = one_slot(postgres_database, NOW, capacity=CAPACITY)
    with postgres_database.write() as session:
        session.execute(select(SlotRow).with_for_update())
        with pytest.raises(WindowsBusy) as raised:
            booker(Windows(postgres_database), slot_id)(1)
    assert isinstance(raised.value.__cause__, OperationalError)
    assert standing(postgres_database, slot_id) == (0, 0)
