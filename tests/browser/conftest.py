"""A real browser: the system's Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from pydantic import SecretStr

from bot.console.accounts import find
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.browser.pictures import Picture, take
from tests.browser.scripted import Script, make_app, serve
from tests.browser.staff import NAME, Filled, Staffed, make_console, staff
from tests.support import office
from tests.support.seeded import seed
from tests.unit.bot.test_model_versions import made

# Of a list said twice Chromium heeds the last, so Playwright's own that matter are said again.
UNUSED = [
    # Two pages behind the address bar of every window, half of what opening a window costs.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
]
FLAGS = [
    f"--disable-features={','.join(UNUSED)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
]


SECRET = SecretStr("signs the console's sessions, in every test the same")
PATIENCE_MS = 15_000
"""A bound on waiting for a machine that does other things, too; not a measure."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--docs-pictures", action="store_true", help="Keep pictures in docs/images.")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is not installed here (Debian: apt-get install chromium)")
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh profile; anything the pages log as an error fails the test."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 860},
        locale="zh-CN",
        timezone_id="America/New_York",
        # Nothing fades in while a picture is taken.
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert errors == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Picture:
    """Keep a screenshot under ``artifacts/``; one for each assistant that a test runs with."""
    chosen = getattr(request.node, "callspec", None)
    assistant = chosen.params.get("assistant") if chosen else None
    return partial(take, suffix=f"-{assistant}" if assistant else "")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path / "var", secret_key=SECRET)


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def url(script: Script, sqlite_database: Database, settings: Settings) -> Iterator[str]:
    """Address of the pages in front of ``script``."""
    with serve(make_app(script, sqlite_database, settings)) as address:
        yield address
        script.over = True


@pytest.fixture(scope="session")
def staffed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Staffed:
    """A database with an account, and a sign-in to it."""
    folder = tmp_path_factory.mktemp("staffed")
    path = folder / "staffed.db"
    shutil.copy(sqlite_template, path)
    return staff(path, Settings(var_dir=folder, secret_key=SECRET))


@pytest.fixture
def staffed_database(staffed: Staffed, tmp_path: Path) -> Iterator[Database]:
    """The database of a console, of the test's own."""
    path = tmp_path / "staffed.db"
    shutil.copy(staffed.database, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.close()


@pytest.fixture
def console(staffed_database: Database, settings: Settings) -> Iterator[str]:
    """Address of the pages with the console under ``/console``."""
    with serve(make_console(staffed_database, settings), sockets=True) as address:
        yield address


@pytest.fixture(scope="module")
def filled(staffed: Staffed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """A console with everything in it."""
    folder = tmp_path_factory.mktemp("office")
    now = utc_now()
    seed(folder, staffed.database, now=now)
    settings = Settings(_env_file=None, var_dir=folder, secret_key=SECRET)
    database = Database(settings.database)
    staff = find(database, NAME)
    assert staff is not None
    office.fill(database, settings, staff=NAME, staff_id=staff.id, now=now)
    made(settings, "a" * 12)
    with serve(make_console(database, settings), sockets=True) as url:
        yield url, database
    database.close()
    shutil.rmtree(folder)


@pytest.fixture
def signed_in(context: BrowserContext, staffed: Staffed) -> None:
    """The pages are those of somebody who has signed in to the console before."""
    staffed.admit(context)
