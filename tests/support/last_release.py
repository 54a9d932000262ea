"""The database of the last release, 0.1 with the schema 0010, in the middle of a working day.

``last_release.json`` holds rows that its own services wrote: every table has some, bookings and
waits are there in each status, a conversation shows each kind of ``data``. They are brought in by
the columns that the database has, not by today's table classes, and stay as they are when those
change. Times are UTC. A release that changes the schema or what is stored gets a file of its own.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, MetaData, Table, func, insert, select

from store.clock import SHANGHAI
from store.database import Database
from store.migrate import upgrade

SCHEMA = "0010"
NOW = datetime(2026, 3, 11, 9, 0, tzinfo=SHANGHAI)
"""Wednesday morning, the moment at which that release was stopped."""

KEY = "k" * 43
"""Its ``ZHIDA_SECRET_KEY``, which signed the addresses of tickets."""

ROWS: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_suffix(".json").read_text("utf-8")
)


def install(database: Database) -> None:
    """Make the schema of that release in an empty database, and fill it."""
    upgrade(database, to=SCHEMA)
    tables = MetaData()
    tables.reflect(database.engine)
    with database.engine.execution_options(zhida_write=True).begin() as connection:
        for table in tables.sorted_tables:
            for row in ROWS.get(table.name, ()):
                values = {name: _stored(table.c[name], value) for name, value in row.items()}
                connection.execute(insert(table).values(values))
            if not database.is_sqlite and _is_numbered(table):
                # Rows that bring their number along leave the counter behind.
                counter = func.pg_get_serial_sequence(table.name, "id")
                connection.execute(select(func.setval(counter, func.max(table.c.id))))


def _is_numbered(table: Table) -> bool:
    return table.name in ROWS and "id" in table.c and table.c.id.type.python_type is int


def _stored(column: Column[Any], value: Any) -> Any:
    """Return a value of the file as the driver of this database wants it."""
    if isinstance(column.type, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if column.type.timezone else moment
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, Boolean):
        return bool(value)
    return value


def row_of(table: str, **values: Any) -> dict[str, Any]:
    """Return the only row of the file that has these values."""
    (found,) = (row for row in ROWS[table] if values.items() <= row.items())
    return found
