"""A full disk passes; a table that is missing does not."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from store.failures import is_outage


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "a.db")) as opened:
        opened.execute("CREATE TABLE notes (text)")
        yield opened


def failure(connection: sqlite3.Connection, statement: str) -> OperationalError:
    with pytest.raises(sqlite3.OperationalError) as raised:
        connection.execute(statement)
    return OperationalError(statement, {}, raised.value)


def test_a_full_disk_is_an_outage(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA max_page_count = 3")
    assert is_outage(failure(connection, "INSERT INTO notes VALUES (zeroblob(100000))"))


def test_a_locked_database_is_an_outage(connection: sqlite3.Connection, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db", timeout=0)) as other:
        connection.execute("BEGIN IMMEDIATE")
        assert is_outage(failure(other, "BEGIN IMMEDIATE"))


def test_a_missing_table_is_none(connection: sqlite3.Connection) -> None:
    assert not is_outage(failure(connection, "SELECT * FROM songs"))


def test_a_server_that_is_gone_or_full_is_one() -> None:
    assert is_outage(OperationalError("", {}, psycopg.OperationalError("gone")))
    assert is_outage(OperationalError("", {}, psycopg.errors.DiskFull("full")))


def test_a_broken_rule_is_none() -> None:
    assert not is_outage(IntegrityError("", {}, sqlite3.IntegrityError("twice")))
    assert not is_outage(ValueError())
    assert not is_outage(None)
