"""The demo data of all rooms together: repeatable."""

from datetime import datetime

from sqlalchemy import func, select

from actions.demo import seed_demo
from store.clock import SHANGHAI
from store.database import Database
from store.schema import Base

NOW = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)


def counts(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_seeding_twice_changes_nothing(database: Database) -> None:
    seed_demo(database, now=NOW)
    first = counts(database)
    assert first["slots"] > 0
    seed_demo(database, now=NOW)
    assert counts(database) == first
