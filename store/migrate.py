"""Bring a database to the newest schema, from Python."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def upgrade(database: Database, *, to: str = "head") -> None:
    """Apply every migration that ``database`` lacks up to ``to``; nothing when it lacks none."""
    with changing(database) as connection:
        upgrade_on(connection, to=to)


def upgrade_on(connection: Connection, *, to: str = "head") -> None:
    """Apply migrations in the caller's transaction; see ``changing``."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


@contextmanager
def changing(database: Database) -> Iterator[Connection]:
    """Yield a transaction in which the schema may change: all of it is kept, or nothing."""
    with (
        database.engine.execution_options(zhida_write=True).connect() as connection,
        _references_unwatched(connection, database),
        connection.begin(),
    ):
        yield connection


@contextmanager
def _references_unwatched(connection: Connection, database: Database) -> Iterator[None]:
    """Let SQLite copy tables that others refer to, as https://sqlite.org/lang_altertable.html
    (section 7) has it; the pragma does nothing once a transaction has begun.
    """
    if not database.is_sqlite:
        yield
        return
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def is_current(database: Database) -> bool:
    """Tell whether the database is at the newest schema."""
    return revision(database) == newest()


def revision(database: Database) -> str | None:
    """Return the migration that the database is at; None where it has no tables of ours."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the newest migration there is."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def is_known(revision: str) -> bool:
    """Tell whether a migration is one of ours: that of a newer release is not."""
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return any(script.revision == revision for script in scripts)
