"""The migrated schema is the one that the table classes describe, on both databases."""

from importlib import import_module

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from store.database import Database
from store.migrate import is_current, upgrade
from store.schema import Base
from store.settings import ROOT
from store.text_index import is_index


def test_migrations_and_tables_agree(database: Database) -> None:
    for path in ROOT.glob("[a-z]*/**/tables.py"):
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    with database.engine.connect() as connection:
        options = {"compare_type": True, "include_name": lambda name, *_: not is_index(name or "")}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_upgrade_is_repeatable(database: Database) -> None:
    upgrade(database)
    assert is_current(database)
