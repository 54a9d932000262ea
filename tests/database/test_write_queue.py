"""Works that share a commit on SQLite: each its own, in order, answered only once it is durable."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError

from store.database import Database
from store.fair_semaphore import FairSemaphore
from store.write_queue import TOGETHER

MANY = TOGETHER + 20


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A file where no number may stand twice, and children are of a number."""
    database = Database(f"sqlite:///{tmp_path / 'numbers.db'}")
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE numbers (n INTEGER UNIQUE)"))
        connection.execute(text("CREATE TABLE children (of INTEGER REFERENCES numbers (n))"))
    return database


def add(connection: Connection, number: int) -> int:
    connection.execute(text("INSERT INTO numbers VALUES (:n)"), {"n": number})
    return number


def numbers(database: Database) -> list[int]:
    with database.read() as session:
        return list(session.scalars(text("SELECT n FROM numbers ORDER BY rowid")))


def queued(database: Database, count: int) -> None:
    """Return once ``count`` works wait in the queue."""
    queue = database._together
    assert queue is not None
    while len(queue._waiting) < count:
        threading.Event().wait(0.001)


class Crowd:
    """Works that arrive one after the other while the first one is held up."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._go, self._held = threading.Event(), threading.Event()
        self._pool = ThreadPoolExecutor(MANY + 2)
        self._first = self._pool.submit(database.transact, self._wait)
        assert self._held.wait(30)
        self.works = [self._first]

    def _wait(self, _connection: Connection) -> None:
        self._held.set()
        assert self._go.wait(30)

    def joins(self, work: object) -> None:
        """Let a work join the queue, behind those that are there."""
        self.works.append(self._pool.submit(self._database.transact, work))
        queued(self._database, len(self.works) - 1)

    def goes_on(self) -> None:
        """Let everything be done."""
        self._go.set()
        self._pool.shutdown()


def test_what_a_work_returns_comes_back_and_stays(database: Database) -> None:
    assert database.transact(lambda connection: add(connection, 7)) == 7
    assert numbers(database) == [7]


def test_an_error_undoes_its_own_work_only(database: Database) -> None:
    crowd = Crowd(database)

    def wrong(connection: Connection) -> int:
        add(connection, 2)
        return add(connection, 1)

    def broken(connection: Connection) -> int:
        add(connection, 3)
        raise ZeroDivisionError

    for work in (lambda c: add(c, 1), wrong, broken, lambda c: add(c, 4)):
        crowd.joins(work)
    crowd.goes_on()
    errors = [type(work.exception()) for work in crowd.works]
    assert errors == [type(None), type(None), IntegrityError, ZeroDivisionError, type(None)]
    assert numbers(database) == [1, 4]


def test_a_savepoint_left_open_by_an_error_troubles_nobody_after_it(database: Database) -> None:
    crowd = Crowd(database)

    def leaves_open(connection: Connection) -> int:
        connection.begin_nested()
        add(connection, 1)
        raise ZeroDivisionError

    def nested(connection: Connection) -> int:
        with suppress(IntegrityError), connection.begin_nested():
            add(connection, 2)
            add(connection, 2)
        return add(connection, 3)

    crowd.joins(leaves_open)
    crowd.joins(nested)
    crowd.goes_on()
    assert numbers(database) == [3]


def test_works_are_done_in_the_order_they_came(database: Database) -> None:
    crowd = Crowd(database)
    for number in range(MANY):
        crowd.joins(lambda connection, number=number: add(connection, number))
    crowd.goes_on()
    assert numbers(database) == list(range(MANY))
    assert [work.result() for work in crowd.works[1:]] == list(range(MANY))


def test_nobody_is_answered_when_the_commit_fails(database: Database) -> None:
    def spoils(connection: Connection) -> int:
        # Checked at the commit, and so for everybody who shares it.
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        connection.execute(text("INSERT INTO children VALUES (99)"))
        return 0

    crowd = Crowd(database)
    crowd.joins(lambda connection: add(connection, 1))
    crowd.joins(spoils)
    crowd.goes_on()
    assert {type(work.exception()) for work in crowd.works[1:]} == {IntegrityError}
    assert numbers(database) == []
    assert database.transact(lambda connection: add(connection, 5)) == 5


def test_a_database_that_cannot_be_written_is_everybodys_error(database: Database) -> None:
    other = Database(database.url.render_as_string())
    with other.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=10")
    with database.write() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(OperationalError, match="locked"):
            other.transact(lambda connection: add(connection, 1))
    assert other.transact(lambda connection: add(connection, 1)) == 1
    other.close()


def test_writers_and_works_take_turns(database: Database) -> None:
    def write(number: int) -> int:
        if number % 2:
            return database.transact(lambda connection: add(connection, number))
        with database.write() as session:
            add(session.connection(), number)
            session.commit()
        return number

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(write, range(64))) == list(range(64))
    assert sorted(numbers(database)) == list(range(64))


def test_turns_are_taken_in_order_and_so_many_at_once() -> None:
    turns, order, now = FairSemaphore(2), [], []
    most: list[int] = []

    def take(number: int) -> None:
        with turns.acquired():
            now.append(number)
            most.append(len(now))
            order.append(number)
            now.remove(number)

    with ThreadPoolExecutor(12) as pool, turns.acquired(), turns.acquired():
        for number in range(10):
            pool.submit(take, number)
            while turns.waiting() < number + 1:
                threading.Event().wait(0.001)
    assert sorted(order) == list(range(10))
    assert max(most) <= 2


def test_a_turn_is_given_back_after_an_error() -> None:
    turns = FairSemaphore(1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.acquired():
            raise ZeroDivisionError
    with turns.acquired():
        assert turns.waiting() == 0
