"""Fixtures every folder of tests may use; heavier ones live in their folder's conftest."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from store.database import Database
from store.migrate import upgrade
from tests.support import postgres

SHARED = Path(__file__).resolve().parents[2] / "shared"
_number = itertools.count()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of public documents and data that may stand beside the clone."""
    if not SHARED.is_dir():
        pytest.skip("no folder ../shared with public documents and data")
    return SHARED


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    return path


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated SQLite database of the test's own."""
    path = tmp_path / "zhida.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a PostgreSQL cluster made for this run, with a migrated template database."""
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not installed here (Debian: apt-get install postgresql)")
    with postgres.cluster() as url:
        _administer(url, "CREATE DATABASE template_zhida")
        database = Database(f"{url}/template_zhida")
        upgrade(database)
        database.close()
        yield url


@pytest.fixture
def postgres_database(postgres_server: str) -> Iterator[Database]:
    """An empty, migrated PostgreSQL database of the test's own."""
    name = f"test_{next(_number)}"
    _administer(postgres_server, f"CREATE DATABASE {name} TEMPLATE template_zhida")
    database = Database(f"{postgres_server}/{name}")
    yield database
    database.close()
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """The same test on both databases."""
    name = "sqlite_database" if request.param == "sqlite" else "postgres_database"
    return request.getfixturevalue(name)


def _administer(server: str, statement: str) -> None:
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
