"""The doors of the database: what each keeps."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InternalError
from sqlalchemy.orm import Session

from store.database import Database


def _count(session: Session) -> int:
    return int(session.scalar(text("SELECT count(*) FROM numbers")) or 0)


@pytest.fixture
def numbers(database: Database) -> Database:
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE numbers (n INTEGER)"))
    return database


def test_writing_keeps_only_what_is_committed(numbers: Database) -> None:
    with numbers.write() as session:
        session.execute(text("INSERT INTO numbers VALUES (1)"))
        session.commit()
        session.execute(text("INSERT INTO numbers VALUES (2)"))
    with numbers.read() as session:
        assert _count(session) == 1


def test_reading_keeps_nothing(numbers: Database) -> None:
    with numbers.read() as session:
        if numbers.is_sqlite:
            session.execute(text("INSERT INTO numbers VALUES (1)"))
        else:
            with pytest.raises(InternalError, match="read-only"):
                session.execute(text("INSERT INTO numbers VALUES (1)"))
    with numbers.read() as session:
        assert _count(session) == 0


def test_a_reader_that_failed_reads_on(numbers: Database) -> None:
    with numbers.read() as session, pytest.raises(DBAPIError):
        session.execute(text("SELECT nothing FROM nowhere"))
    with numbers.read() as session:
        assert _count(session) == 0


def test_a_reader_sees_what_was_written_since(numbers: Database) -> None:
    with numbers.read() as session:
        assert _count(session) == 0
        session.rollback()
        numbers.transact(
            lambda connection: connection.execute(text("INSERT INTO numbers VALUES (1)"))
        )
        assert _count(session) == 1
