"""A real browser: the system's Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from store.database import Database
from store.settings import Settings
from tests.browser.pictures import Picture, take
from tests.browser.scripted import Script, make_app, serve

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
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
    context.set_default_timeout(15_000)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert errors == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def picture() -> Picture:
    """Keep a screenshot under ``artifacts/``."""
    return take


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path / "var")


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def url(script: Script, sqlite_database: Database, settings: Settings) -> Iterator[str]:
    """Address of the pages in front of ``script``."""
    with serve(make_app(script, sqlite_database, settings)) as address:
        yield address
