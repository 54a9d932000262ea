"""All that is stored at one moment, read while others go on writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection

from store.backup.errors import BackupRefused
from store.database import BUSY_TIMEOUT_MS, Database


@contextmanager
def snapshot(database: Database, tracker: Path | None) -> Iterator[list[Connection]]:
    """Yield connections that all see the same moment: of ours, and of Rasa's file if there is one.

    The two must be of one moment. Were Rasa's later, a message could still be pending for
    us that Rasa remembers as answered: it would repeat that answer, 「约好了」, without the
    booking, which we had not yet. Were ours later, a message would be done that Rasa has not
    heard, and the conversation would go on without it.

    PostgreSQL: one database, one REPEATABLE READ transaction. SQLite: a turn's end needs a
    commit in Rasa's file, so while we have that file's write lock, for the milliseconds in
    which both reads begin, its state is that of our moment. What was under way then is as
    after a kill: its message is pending and is handed to Rasa again, which gives the stored answer
    if it had one; what its actions had done is found by its request key and not done twice.
    """
    with ExitStack() as stack:
        if not database.is_sqlite:
            level = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            engine = database.engine.execution_options(**level)
            yield [_looking(stack.enter_context(engine.connect()))]
            return
        ours = stack.enter_context(database.engine.connect())
        if tracker is None or not tracker.exists():
            yield [_looking(ours)]
            return
        beside = Database(f"sqlite:///{tracker}")
        stack.callback(beside.close)
        theirs = stack.enter_context(beside.engine.connect())
        with _nobody_writes(tracker):
            moment = [_looking(ours), _looking(theirs)]
        yield moment


def _looking(connection: Connection) -> Connection:
    """Begin the transaction and read something: what is seen is settled by the first look."""
    name = "sqlite_master" if connection.dialect.name == "sqlite" else "pg_catalog.pg_class"
    connection.exec_driver_sql(f"SELECT 1 FROM {name} LIMIT 1").all()  # noqa: S608  two names
    return connection


@contextmanager
def _nobody_writes(path: Path) -> Iterator[None]:
    seconds = BUSY_TIMEOUT_MS / 1000
    with closing(sqlite3.connect(path, timeout=seconds, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise BackupRefused("busy", path.name) from error
        yield
        lock.execute("ROLLBACK")
