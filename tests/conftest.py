"""Fixtures every folder of tests may use; heavier ones live in their folder's conftest."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import create_engine, text

from bench import postgres
from bot.supervision.sandbox import environment_for
from store.database import Database
from store.migrate import upgrade
from tests.support import wechat_platform, wecom_platform
from tests.support.assistant import Assistant, running
from tests.support.bot_api import BotApi

# The same examples in every run, so that a failure on one machine is one on every machine; no
# deadlines, since speed lives in the benchmarks.
hypothesis.settings.register_profile(
    "zhida",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("zhida")

SHARED = Path(__file__).resolve().parents[2] / "shared"
BRIDGE_SECRET = "a-secret-between-bridge-and-us"
_number = itertools.count()


# First, since xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process of a parallel run have one assistant: the tests of each stay together."""
    for item in items:
        chosen = getattr(item, "callspec", None)
        if chosen is not None and "assistant" in chosen.params:
            item.add_marker(pytest.mark.xdist_group(chosen.params["assistant"]))


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
    database = Database(make_postgres_database(postgres_server, name))
    yield database
    database.close()
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """The same test on both databases."""
    name = "sqlite_database" if request.param == "sqlite" else "postgres_database"
    return request.getfixturevalue(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """The same test on both databases, without any table."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'bare.db'}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = make_postgres_database(server, f"bare_{next(_number)}", template="template1")
    database = Database(url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def bot_api() -> Iterator[BotApi]:
    """The stand-in Bot API server that the assistant is connected to."""
    with BotApi() as server:
        yield server


@pytest.fixture(scope="session")
def official_account() -> Iterator[wechat_platform.WechatPlatform]:
    """The stand-in of WeChat that the assistant is connected to."""
    with wechat_platform.WechatPlatform().serving() as platform:
        yield platform


@pytest.fixture(scope="session")
def company() -> Iterator[wecom_platform.WecomPlatform]:
    """The stand-in of WeCom that the assistant is connected to."""
    with wecom_platform.WecomPlatform().serving() as platform:
        yield platform


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def assistant(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    bot_api: BotApi,
    official_account: wechat_platform.WechatPlatform,
    company: wecom_platform.WecomPlatform,
) -> Iterator[Assistant]:
    """A running assistant with demo data and every channel."""
    url, key = "", ""
    if request.param == "postgresql":
        url = make_postgres_database(request.getfixturevalue("postgres_server"), "assistant")
        # As keys drawn at random do now and then, this one looks like an option of a command.
        key = "-" + "k" * 42
    environment = environment_for(
        tmp_path_factory.mktemp("var"),
        ZHIDA_DATABASE_URL=url,
        ZHIDA_TELEGRAM_TOKEN=bot_api.token,
        ZHIDA_TELEGRAM_API_BASE=bot_api.url,
        ZHIDA_BRIDGE_SECRET=BRIDGE_SECRET,
        **wechat_platform.environment(official_account),
        **wecom_platform.environment(company),
        ZHIDA_SECRET_KEY=key,
    )
    with running(environment) as assistant:
        yield assistant


def make_postgres_database(server: str, name: str, template: str = "template_zhida") -> str:
    """Create an empty database, a migrated one unless told otherwise, and return its URL."""
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{server}/{name}"


def _administer(server: str, statement: str) -> None:
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
