"""An open page whose session is over: it shows nothing new, and nothing is done from it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import update

from actions.cases.service import Cases
from bot.console.accounts import remove_staff, set_password
from bot.console.cases import pages
from bot.console.login.session import IDLE
from bot.console.tables import Staff, StaffSession
from bot.messaging.messages import Incoming
from bot.messaging.transcripts import mode_of, transcript
from store.clock import utc_now
from store.database import Database
from tests.browser.staff import NAME
from tests.support.messaging import take_in

CONVERSATION = "web:visitor"
SLOWLY = 3600.0
"""A page that does nothing by itself while the test lasts."""

Ending = Callable[[Database], None]


def _password(database: Database) -> None:
    set_password(database, NAME, "another good password", now=utc_now())


def _removal(database: Database) -> None:
    remove_staff(database, NAME, now=utc_now())


def _disabling(database: Database) -> None:
    _change(database, update(Staff).values(disabled=True))


def _expiry(database: Database) -> None:
    _change(database, update(StaffSession).values(expires_at=utc_now()))


def _idleness(database: Database) -> None:
    _change(database, update(StaffSession).values(seen_at=utc_now() - IDLE - timedelta(minutes=1)))


def _change(database: Database, statement: object) -> None:
    with database.write() as session:
        session.execute(statement)  # type: ignore[call-overload]
        session.commit()


ENDINGS = [_password, _removal, _disabling, _expiry, _idleness]


def hears(database: Database, key: str, text: str) -> None:
    """Let the visitor say something."""
    take_in(database, Incoming("web", key, "visitor", text, utc_now()))


def opened(page: Page, url: str) -> Page:
    """Open the visitor's conversation, with an answer that is about to be sent."""
    page.goto(f"{url}/console/conversation?id={CONVERSATION}")
    expect(page.get_by_role("log")).to_contain_text("有人吗")
    # Beforehand: what is typed would lead the page away before anything is pressed.
    page.get_by_label("回复来访者").fill("这句不能送到")
    return page


def untouched(database: Database) -> bool:
    """Tell whether nothing reached the visitor and the case is still open."""
    said = [line.author for line in transcript(database, CONVERSATION)]
    (case,) = Cases(database).open_cases()
    return "staff" not in said and mode_of(database, CONVERSATION) == "bot" and bool(case)


@pytest.fixture
def visited(staffed_database: Database) -> Database:
    hears(staffed_database, "1", "有人吗")
    Cases(staffed_database).open(
        conversation=CONVERSATION,
        reason="handoff",
        summary="来访者要求转人工",
        request_key="1",
        now=utc_now(),
    )
    return staffed_database


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("ending", ENDINGS)
def test_whatever_ends_the_session_nothing_is_done_any_more(
    page: Page, console: str, visited: Database, ending: Ending, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only what is pressed speaks to the server, within the moment that a process may believe.
    monkeypatch.setattr("bot.console.guard.WATCH_SECONDS", SLOWLY)
    monkeypatch.setattr(pages, "REFRESH_SECONDS", SLOWLY)
    opened(page, console)
    ending(visited)
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_role("heading", name="工作台登录")).to_be_visible()
    assert untouched(visited)


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("what", ["发送", "接管", "办结"])
def test_logging_out_in_one_page_ends_the_other(
    context: BrowserContext,
    console: str,
    visited: Database,
    what: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.console.guard.WATCH_SECONDS", SLOWLY)
    monkeypatch.setattr(pages, "REFRESH_SECONDS", SLOWLY)
    left, right = opened(context.new_page(), console), opened(context.new_page(), console)
    left.get_by_role("button", name="退出").click()
    expect(left.get_by_role("heading", name="工作台登录")).to_be_visible()
    with suppress(PlaywrightError):  # the page may have gone to the login by itself before
        right.get_by_role("button", name=what, exact=True).click(timeout=3_000)
    expect(right.get_by_role("heading", name="工作台登录")).to_be_visible()
    assert untouched(visited)


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize(
    "address", ["", "conversation?id=" + CONVERSATION, "windows", "policies", "policy", "feedback"]
)
def test_every_page_that_lies_open_goes_to_the_login_by_itself(
    page: Page, console: str, visited: Database, address: str
) -> None:
    page.goto(f"{console}/console/{address}")
    expect(page.get_by_text(NAME)).to_be_visible()
    _password(visited)
    expect(page.get_by_role("heading", name="工作台登录")).to_be_visible()


@pytest.mark.usefixtures("signed_in")
def test_what_is_said_after_logging_out_is_not_read(
    context: BrowserContext, console: str, visited: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.console.guard.WATCH_SECONDS", SLOWLY)
    left, right = opened(context.new_page(), console), opened(context.new_page(), console)
    received: list[str] = []
    right.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda data: received.append(str(data))),
    )
    right.reload()
    expect(right.get_by_role("log")).to_contain_text("有人吗")
    left.get_by_role("button", name="退出").click()
    expect(left.get_by_role("heading", name="工作台登录")).to_be_visible()
    hears(visited, "2", "这句不能看到")
    expect(right.get_by_role("heading", name="工作台登录")).to_be_visible()
    assert received
    assert not any("这句不能看到" in frame for frame in received)
