"""The console in front of a database of a test's own, and somebody who works with it.

Hashing and checking a password cost a quarter of a second each, on purpose: the account is
made once and its sign-in is kept. The form itself has its tests in ``test_console``.
"""

from dataclasses import dataclass
from pathlib import Path

import httpx
from fastapi import FastAPI
from playwright.sync_api import BrowserContext, Page

import bot.console
import bot.web
from actions.dialogue.services import Services
from bot.console.accounts import add_staff
from bot.console.login.session import COOKIE
from bot.limits.body import BodyLimit
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.browser.scripted import serve
from tests.support.messaging import handover

NAME = "王芳"
PASSWORD = "correct horse battery"
HOST, MOUNT = "127.0.0.1", "/console"


Filled = tuple[str, Database]
"""Address of a console with everything in it, and its database."""


@dataclass(frozen=True)
class Staffed:
    """A database with one account, to copy, and the cookie of a sign-in to it."""

    database: Path
    cookie: str

    def admit(self, context: BrowserContext) -> None:
        """Let the pages of ``context`` be signed in."""
        context.add_cookies([{"name": COOKIE, "value": self.cookie, "domain": HOST, "path": MOUNT}])


def make_console(database: Database, settings: Settings) -> FastAPI:
    """Return the public pages and the console, bounded as in the real application."""
    app = FastAPI()
    app.include_router(bot.web.router(database, settings))
    bot.console.mount(app, Services(database, settings), handover(database))
    app.add_middleware(BodyLimit)
    return app


def staff(path: Path, settings: Settings) -> Staffed:
    """Make the account in the SQLite file ``path`` and sign in to it."""
    database = Database(f"sqlite:///{path}")
    add_staff(database, NAME, PASSWORD, now=utc_now())
    form = {"name": NAME, "password": PASSWORD}
    with serve(make_console(database, settings), sockets=True) as url:
        answer = httpx.post(f"{url}{MOUNT}/login", data=form, trust_env=False)
    database.close()
    return Staffed(path, answer.cookies[COOKIE])


def sign_in(page: Page, url: str) -> None:
    """Sign in by the form."""
    page.goto(f"{url}{MOUNT}")
    page.get_by_label("账号").fill(NAME)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
