"""The migrated schema is the one that the table classes describe, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import actions.cases.tables
import actions.jobs.tables
import actions.windows.tables
import bot.console.tables
import bot.pipeline.tables
import knowledge.tables  # noqa: F401
from store.database import Database
from store.migrate import is_current, upgrade
from store.schema import Base


def test_migrations_and_tables_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_upgrade_is_repeatable(database: Database) -> None:
    upgrade(database)
    assert is_current(database)
