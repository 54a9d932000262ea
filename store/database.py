"""One engine for SQLite and PostgreSQL, and the unit of work over it."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from sqlalchemy import (
    Connection,
    CursorResult,
    Engine,
    UpdateBase,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session

from store.fair_semaphore import FairSemaphore
from store.write_queue import WriteQueue

T = TypeVar("T")

BUSY_TIMEOUT_MS = 10_000
LOCK_TIMEOUT_MS = 5_000
"""PostgreSQL: a row lock that cannot be had for so long is an OperationalError."""

RESTED_SECONDS = 5.0
"""A connection unused for so long is asked whether it still lives before it is used."""

AT_ONCE = 8
"""How many transactions of ``transact()`` a process has under way: the others take turns."""


class Database:
    """Engines with their doors: ``read()``, ``write()`` and ``transact()``.

    ``engine`` is for all, ``readers`` for reading only: connections that cannot write on
    PostgreSQL, the same engine on SQLite.

    The first two give a session and roll back by default. ``write()`` keeps only what the caller
    commits explicitly, and on SQLite takes the write lock at once (BEGIN IMMEDIATE), so
    that check-then-act inside it is safe and no upgrade can fail half-way. Writers of one
    process wait for each other in a lock of ours: SQLite's own waiting is a poll that
    starves some of them. ``transact()`` is the third door, for small and frequent writes.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _server_engine(url)
        self.readers = self.engine if self.is_sqlite else _server_engine(url, reads_only=True)
        self._writer = threading.Lock()
        self._semaphore = FairSemaphore(AT_ONCE)
        self._together = WriteQueue(self._begin_write) if self.is_sqlite else None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session whose changes are never kept (PostgreSQL refuses them)."""
        with Session(self.readers, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Yield a session for one unit of work; what is not committed is rolled back."""
        if not self.is_sqlite:
            with Session(self.engine, expire_on_commit=False) as session:
                yield session
            return
        with (
            self._writer,
            Session(
                self.engine.execution_options(zhida_write=True), expire_on_commit=False
            ) as session,
        ):
            yield session

    def transact(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` returns, once that is durable; what it raises undoes its doing.

        A transaction of its own on PostgreSQL. SQLite pays a flush of the disk for every
        commit, so works that wait there are done one after the other, each in a savepoint,
        and committed together; ``work`` must therefore be short, and never wait for another.
        """
        if self._together is not None:
            return self._together.run(work)
        with self._semaphore.acquired(), self.engine.begin() as connection:
            return work(connection)

    @contextmanager
    def _begin_write(self) -> Iterator[Connection]:
        with (
            self._writer,
            self.engine.execution_options(zhida_write=True).begin() as connection,
        ):
            yield connection

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """Run blocking database work in a worker thread and return its result."""
        return await asyncio.to_thread(work, *args)

    def close(self) -> None:
        """Give all connections back to the system."""
        self.readers.dispose()
        self.engine.dispose()


def rows_changed(session: Session, statement: UpdateBase) -> int:
    """Execute an UPDATE or DELETE and return how many rows it touched."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        # We begin transactions ourselves: the driver's own BEGIN is deferred.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        # FULL: an acknowledged message must survive a power cut, not only a crash.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # What is deleted is overwritten: a person's words must not lie in the file's free pages.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        write = connection.get_execution_options().get("zhida_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _server_engine(url: str, *, reads_only: bool = False) -> Engine:
    # A statement sees the same within a transaction (READ COMMITTED) as without; reading
    # without spares the two round trips of BEGIN and ROLLBACK.
    level: dict[str, Any] = {"isolation_level": "AUTOCOMMIT"} if reads_only else {}
    engine = create_engine(url, pool_size=10, max_overflow=20, **level)

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {LOCK_TIMEOUT_MS}")
            if reads_only:
                cursor.execute("SET default_transaction_read_only = on")
        connection.commit()

    @event.listens_for(engine, "checkin")
    def _rest(_connection: Any, record: Any) -> None:
        record.info["since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _ask_whether_it_lives(connection: Any, record: Any, _proxy: Any) -> None:
        # The pool's own pre-ping asks each time: a round trip in every short transaction.
        since = record.info.get("since")
        if since is None or time.monotonic() - since < RESTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.OperationalError as error:
            raise DisconnectionError from error

    return engine
