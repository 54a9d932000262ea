"""A page of the console while the database is away: it says so, and comes back by itself."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from structlog.testing import capture_logs

from bot.console import sentences
from bot.console.cases import pages
from bot.messaging.messages import Incoming
from store.clock import utc_now
from store.database import Database
from tests.support.messaging import take_in


@contextmanager
def away(database: Database) -> Iterator[None]:
    """Have no database where it should be, until the block ends."""
    path = Path(str(database.url.database))
    aside = path.with_suffix(".aside")
    database.engine.dispose()
    path.rename(aside)
    while not path.is_dir():
        path.unlink(missing_ok=True)  # made anew by whoever connected in this moment
        with suppress(FileExistsError):
            path.mkdir()
    try:
        yield
    finally:
        path.rmdir()
        aside.rename(path)


def test_an_open_page_says_it_and_comes_back(
    page: Page,
    console: str,
    staffed_database: Database,
    signed_in: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(pages, "REFRESH_SECONDS", 0.5)
    take_in(staffed_database, Incoming("web", "1", "visitor", "有人吗", utc_now()))
    page.goto(f"{console}/console/conversation?id=web:visitor")
    expect(page.get_by_role("log")).to_contain_text("有人吗")
    notice = page.get_by_text(sentences.DATABASE_AWAY)
    with caplog.at_level(logging.WARNING), capture_logs() as logs:
        with away(staffed_database):
            expect(notice).to_be_visible()
            page.wait_for_timeout(3000)  # every timer of the page has tried again
            expect(notice).to_have_count(1)
        take_in(staffed_database, Incoming("web", "2", "visitor", "还在吗", utc_now()))
        expect(page.get_by_role("log")).to_contain_text("还在吗")
        expect(notice).to_have_count(0)
    assert [one["event"] for one in logs] == ["console without database"]
    # A page that has gone meanwhile no longer answers; that is no fault of the outage.
    failed = [one for one in caplog.records if one.exc_info]
    assert [one for one in failed if "JavaScript did not respond" not in one.getMessage()] == []
