"""Tables as lines of JSON, the same on SQLite and PostgreSQL.

The first line names the columns, every other is a row, by primary key. Moments are ISO 8601 in
UTC; the text of a JSON column stays as it is stored, so that NULL and ``null`` remain two things.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    bindparam,
    cast,
    func,
    insert,
    select,
)

from store.text_index import is_index

AT_ONCE = 1_000
"""Rows under way between us and the database."""

SCHEMA_TABLE = "alembic_version"
TRACKER = "events"
"""The table of Rasa's SQL tracker store: in ``rasa.db`` beside SQLite, else among our tables."""


def tracker_table(metadata: MetaData) -> Table:
    """Return the table of trackers as Rasa 3.6 makes it where it finds none."""
    return Table(
        TRACKER,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("sender_id", String(255), nullable=False),
        Column("type_name", String(255), nullable=False),
        Column("timestamp", Float),
        Column("intent_name", String(255)),
        Column("action_name", String(255)),
        Column("data", Text),
        Index("ix_events_sender_id", "sender_id"),
    )


def stored_tables(connection: Connection) -> list[Table]:
    """Return every table of a database, those referred to first.

    But for the schema's own, and what the database makes of others by itself.
    """
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not is_index(name))
    return [table for table in found.sorted_tables if table.name != SCHEMA_TABLE]


BEGUN_BY_SCHEMA = frozenset({"posting_feed"})
"""Tables of a counter that stands at its beginning in a new database."""


def is_empty(connection: Connection) -> bool:
    """Tell whether no table has a row but those that the schema itself begins with."""
    kept = [each for each in stored_tables(connection) if each.name not in BEGUN_BY_SCHEMA]
    rows = (connection.execute(select(1).select_from(t).limit(1)) for t in kept)
    return not any(row.first() for row in rows)


def count(connection: Connection, table: Table) -> int:
    """Return how many rows a table has."""
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def dump(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield a table's lines."""
    yield _line([column.name for column in table.columns])
    few_at_a_time = {"yield_per": AT_ONCE}
    for row in connection.execute(_all_rows(connection, table), execution_options=few_at_a_time):
        yield _line([_plain(value) for value in row])


def _all_rows(connection: Connection, table: Table) -> Select[Any]:
    wanted = [
        cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column
        for column in table.columns
    ]
    keys = list(table.primary_key.columns) or list(table.columns)
    return select(*wanted).order_by(*(_by_bytes(connection, key) for key in keys))


def _by_bytes(connection: Connection, key: Column[Any]) -> Any:
    """Order texts as SQLite does, whatever language a PostgreSQL database was made for."""
    on_server = connection.dialect.name == "postgresql"
    return key.collate("C") if on_server and isinstance(key.type, String) else key


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware.isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def fill(connection: Connection, table: Table, lines: Iterable[bytes]) -> Iterator[int]:
    """Insert a table's lines; yield how many rows are in, now and then.

    KeyError where the database lacks one of the columns.
    """
    rest = iter(lines)
    columns = [table.columns[name] for name in json.loads(next(rest))]
    on_server = connection.dialect.name == "postgresql"
    bound = {c.name: _bound(f"v{n}", c, on_server=on_server) for n, c in enumerate(columns)}
    statement, done = insert(table).values(bound), 0
    while some := [json.loads(line) for line in islice(rest, AT_ONCE)]:
        values = [
            {f"v{n}": _stored(column, row[n]) for n, column in enumerate(columns)} for row in some
        ]
        connection.execute(statement, values)
        done += len(values)
        yield done


def _bound(name: str, column: Column[Any], *, on_server: bool) -> Any:
    if not isinstance(column.type, JSON):
        return bindparam(name, type_=column.type)
    # The text goes in as it came out, neither read nor written anew. SQLite has no type JSON:
    # a cast to one would make it a number.
    written = bindparam(name, type_=Text)
    return cast(written, column.type) if on_server else written


def _stored(column: Column[Any], value: Any) -> Any:
    """Return a value of a line as this database's driver wants it."""
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        moment = datetime.fromisoformat(value)
        return moment if column.type.timezone else moment.replace(tzinfo=None)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after those that brought their number along."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        if isinstance(column.type, Integer):
            quoted = connection.dialect.identifier_preparer.quote(table.name)
            counter = func.pg_get_serial_sequence(quoted, column.name)
            highest = func.max(column)
            following = func.setval(counter, func.coalesce(highest, 1), highest.is_not(None))
            connection.execute(select(following))


def broken_references(connection: Connection) -> list[str]:
    """Return the tables that refer to rows that are not there; PostgreSQL lets none come."""
    if connection.dialect.name != "sqlite":
        return []
    return sorted({row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")})
