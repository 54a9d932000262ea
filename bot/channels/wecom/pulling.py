"""Fetching what people sent: one process at a time for each account, the cursor with its messages.

A callback only says that there is something. It is noted before it is acknowledged, so that a
process that is killed in between is missed by nobody; and everything is asked for again now and
then, since a callback can be lost.
"""

import asyncio
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot.channels.callbacks.api import Api, ApiRefused
from bot.channels.wecom import items
from bot.channels.wecom.arrivals import Arrivals
from bot.messaging.channels import states
from bot.messaging.loops import forever
from bot.messaging.messages import RetryLater
from store.clock import utc_now
from store.database import Database

log = structlog.get_logger(__name__)

SYNC = "/cgi-bin/kf/sync_msg"
MOST = 1000
AGAIN_SECONDS = 180.0
"""How often everything is asked for, without a callback's token: a strict rate applies then."""
TURN = timedelta(seconds=60)
TOKEN_IS_GOOD = timedelta(minutes=10)
OLD = timedelta(minutes=10)
"""Until an account's end was reached once, what is older was said to somebody before us: a new
cursor brings a fortnight."""
RETRY_SECONDS = 2.0
MOST_PAGES = 500

CURSOR, ASKED, BEGUN = "wecom:cursor:", "wecom:asked:", "wecom:begun:"
"""Names of states: how far an account was fetched, that it is to be, where its end was first."""


class Puller:
    """Keeps every account's messages coming in."""

    def __init__(self, database: Database, api: Api, arrivals: Arrivals) -> None:
        self._database = database
        self._api = api
        self._arrivals = arrivals
        self._owner = secrets.token_hex(8)
        self._pulling: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._loop: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin, with whatever was asked for and not fetched."""
        self._loop = asyncio.create_task(forever(self._all, AGAIN_SECONDS))

    async def stop(self) -> None:
        """Stop; what is not stored is fetched again."""
        tasks = [*self._pulling.values(), *([self._loop] if self._loop else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def ask(self, account: str, token: str) -> None:
        """Fetch soon; committed on return, so that it will be."""
        now = utc_now()
        await self._database.run(
            lambda: states.keep(
                self._database, f"{ASKED}{account}", token, now=now, expires_at=now + TOKEN_IS_GOOD
            )
        )
        self.wake(account)

    def wake(self, account: str) -> None:
        """Fetch now, and once more where that is going on already."""
        if account in self._pulling:
            self._again.add(account)
            return
        task = asyncio.create_task(self._work(account))
        self._pulling[account] = task
        task.add_done_callback(lambda done: self._done(account, done))

    def _done(self, account: str, task: asyncio.Task[None]) -> None:
        del self._pulling[account]
        if not task.cancelled() and task.exception() is not None:
            log.error("wecom_pull_failed", exc_info=task.exception())
        if account in self._again:
            self._again.discard(account)
            self.wake(account)

    async def _all(self) -> None:
        known = await self._database.run(states.named, self._database, ASKED)
        for name in known:
            self.wake(name.removeprefix(ASKED))

    async def _work(self, account: str) -> None:
        """Fetch all there is, however often the platform, or another process, is in the way."""
        while True:
            try:
                if await self._pull(account):
                    return
            except RetryLater as error:
                self._arrivals.trouble(error.reason)
            except ApiRefused as error:
                self._arrivals.trouble(f"sync_msg {error.code}")
                return
            await asyncio.sleep(RETRY_SECONDS)

    async def _pull(self, account: str) -> bool:
        """Fetch page after page; False where somebody else has the turn."""
        name = f"{CURSOR}{account}"
        for _ in range(MOST_PAGES):
            if not await self._database.run(self._take_turn, name):
                return False
            cursor = await self._database.run(states.read, self._database, name)
            page = await self._page(account, cursor)
            if not await self._store(account, cursor, page):
                return False
            if not page.get("has_more"):
                break
        await self._database.run(states.give_turn, self._database, name, self._owner)
        return True

    def _take_turn(self, name: str) -> bool:
        return states.take_turn(self._database, name, self._owner, now=utc_now(), lasts=TURN)

    async def _page(self, account: str, cursor: str | None) -> dict[str, Any]:
        token = await self._database.run(
            lambda: states.read(self._database, f"{ASKED}{account}", now=utc_now())
        )
        wanted = {"cursor": cursor, "token": token}
        given: dict[str, Any] = {key: value for key, value in wanted.items() if value}
        rest = {"limit": MOST, "voice_format": 0, "open_kfid": account}
        return await self._api.post(SYNC, {**given, **rest})

    async def _store(self, account: str, cursor: str | None, page: dict[str, Any]) -> bool:
        name, begun = f"{CURSOR}{account}", f"{BEGUN}{account}"
        listed = page.get("msg_list")
        read = [items.read(each) for each in listed or [] if isinstance(each, dict)]
        found = [item for item in read if item is not None]
        if await self._database.run(states.read, self._database, begun) is None:
            found = _fresh(found, utc_now() - OLD)
        following = str(page.get("next_cursor") or cursor or "")

        def also(session: Session) -> bool:
            if not states.has_turn(session, name, self._owner):
                return False
            states.write(session, name, following, now=utc_now())
            if not page.get("has_more"):
                states.write(session, begun, following, now=utc_now())
            return True

        return await self._arrivals.take(found, also)


def _fresh(found: Sequence[items.Item], since: datetime) -> list[items.Item]:
    """Return what was sent lately; items without a time of their own belong to something old."""
    return [
        item for item in found if isinstance(item, items.Said | items.Entered) and item.at > since
    ]
