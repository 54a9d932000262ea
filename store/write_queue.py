"""Writers of one SQLite file, committed together."""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")

TOGETHER = 64
"""How many works share one commit at most: so that nobody waits for a crowd."""


class _Job(Generic[T]):
    """One work in the queue, and how it went."""

    def __init__(self, work: Callable[[Connection], T]) -> None:
        self.work = work
        self.woken = threading.Event()
        self.done = False
        self.result: T | None = None
        self.error: BaseException | None = None

    def outcome(self) -> T:
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]  # set whenever there is no error


class WriteQueue:
    """First come, first served; whoever finds nobody at work does the work of all who wait.

    There is no thread of its own: the first of the waiting leads, does up to TOGETHER works
    in one transaction, and hands the lead to the next one.
    """

    def __init__(self, begin: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._begin = begin
        self._mutex = threading.Lock()
        self._waiting: deque[_Job[Any]] = deque()
        self._led = False

    def run(self, work: Callable[[Connection], T]) -> T:
        """Do ``work`` in its turn and return its result once it is committed."""
        job = _Job(work)
        with self._mutex:
            self._waiting.append(job)
            leads, self._led = not self._led, True
        if not leads:
            job.woken.wait()
        if not job.done:
            self._lead()
        return job.outcome()

    def _lead(self) -> None:
        with self._mutex:
            batch = [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]
        try:
            self._commit(batch)
        finally:
            for job in batch:
                job.done = True
                job.woken.set()
            with self._mutex:
                self._led = bool(self._waiting)
                if self._led:
                    self._waiting[0].woken.set()

    def _commit(self, batch: list[_Job[Any]]) -> None:
        try:
            with self._begin() as connection:
                for job in batch:
                    _do(job, connection)
        except BaseException as error:
            # Nothing of the batch was kept, whatever each of them thinks of its own work.
            for job in batch:
                job.error = error
            if not isinstance(error, Exception):
                raise


def _do(job: _Job[Any], connection: Connection) -> None:
    # By the driver's own hand: a savepoint of SQLAlchemy's costs as much as the work.
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    driver.execute("SAVEPOINT work")
    try:
        job.result = job.work(connection)
    except Exception as error:  # noqa: BLE001  # handed to the one whose work it is
        driver.execute("ROLLBACK TO work")
        job.error = error
    finally:
        driver.execute("RELEASE work")
