"""The migrated schema is the one that the table classes describe, on both databases."""

from importlib import import_module

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from store.database import Database
from store.migrate import is_current, upgrade
from store.schema import Base
from store.settings import ROOT


def test_migrations_and_tables_agree(database: Database) -> None:
    for path in ROOT.glob("[a-z]*/**/tables.py"):
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_upgrade_is_repeatable(database: Database) -> None:
    upgrade(database)
    assert is_current(database)
