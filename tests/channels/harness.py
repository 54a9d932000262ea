"""A channel in operation, and the hands of people on its messenger, for the conformance suite.

No Rasa is needed: what it would answer is scripted. Everything else is real: the routes, the
inbox, the dispatcher, the outbox, and the messenger's stand-in where there is one.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from bot import errors
from bot.channels.pictures import pictures_of
from bot.channels.protocol import Channel, OpenChannel, Surroundings
from bot.helped import close_cases
from bot.limits.body import BodyLimit
from bot.messaging.service import Messaging
from bot.messaging.tables import OutboxMessage, Reach
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.support.bot_api_channel import inbox_rows
from tests.support.messaging import DATA_KEY, messaging_of, plain
from tests.support.scripted_rasa import ScriptedRasa

ADDRESS = "https://zhida.example.gov.cn"
PATIENCE = 15.0
OUT_OF_RANGE = '/book_window{"slot_id":9223372036854775808}'
ONE, TWO = "one", "two"
"""Two people."""
OFFER = {
    **plain("这几个时段较空："),
    "buttons": [
        {"title": "明天 9:00", "payload": '/book_window{"slot_id":12}'},
        {"title": "明天 9:30", "payload": '/book_window{"slot_id":13}'},
    ],
}


STAFF_SAY = "请打13800138000找小张"
"""A colleague's number arrives whole, however it is stored."""


class Harness(ABC):
    """The hands of people on one messenger, and of those who only pretend.

    What delivers returns our servers' answers, one a request.
    """

    open_channel: OpenChannel
    http: httpx.AsyncClient
    database: Database
    refusal = 401
    """The status with which who is not the messenger is refused."""

    @abstractmethod
    def settings(self) -> dict[str, Any]:
        """Return the settings with which the channel is open."""

    @abstractmethod
    def conversation(self, person: str) -> str:
        """Return the id of a person's conversation."""

    @abstractmethod
    async def deliver(self, person: str, key: str, text: str) -> httpx.Response:
        """Deliver a message; the same person and key again is a second delivery."""

    @abstractmethod
    async def press(self, person: str, button: dict[str, str]) -> httpx.Response:
        """Press a button that the person was shown last."""

    @abstractmethod
    async def press_forged(self, person: str) -> list[httpx.Response]:
        """Press what was never shown to this person."""

    @abstractmethod
    async def deliver_forged(self, person: str) -> list[httpx.Response]:
        """Deliver messages as somebody who is not the messenger; nothing where anybody may."""

    @abstractmethod
    async def deliver_wordless(self, person: str) -> list[httpx.Response]:
        """Deliver messages without words, of the kinds that the messenger has."""

    @abstractmethod
    async def deliver_unknown(self) -> list[httpx.Response]:
        """Deliver what is no message that we know."""

    @abstractmethod
    async def replies(self, person: str) -> list[str]:
        """Return the texts that have reached a person, oldest first."""

    def reads(self, shown: list[str], text: str) -> bool:
        """Whether what was shown is this one text, as the messenger shows it."""
        return shown == [text]

    def go_away(self, away: bool) -> bool:
        """Let the messenger take nothing from us, or take again; False where it fetches."""
        del away
        return False

    def refuse(self, person: str) -> bool:
        """Let a person block us; False where nobody can."""
        del person
        return False

    def be_late(self, patch: pytest.MonkeyPatch) -> None:
        """See to it that no answer is ready within its request."""
        del patch


@dataclass(frozen=True)
class Line:
    """A channel in operation, and what stands on both ends of it."""

    channel: Channel
    harness: Harness
    rasa: ScriptedRasa
    messaging: Messaging
    database: Database

    def stored(self) -> list[str]:
        """Return the texts in the inbox, oldest first."""
        return [row.text for row in inbox_rows(self.database)]

    def has(self, count: int) -> bool:
        """Whether so many messages are in the inbox."""
        return len(self.stored()) == count

    def ends_with(self, text: str) -> bool:
        """Whether this is the newest message in the inbox."""
        return self.stored()[-1:] == [text]

    def quiet(self) -> bool:
        """Whether everything is answered and has been sent."""
        waiting = select(OutboxMessage.id).where(OutboxMessage.status == "pending").limit(1)
        with self.database.read() as session:
            unsent = session.scalar(waiting) is not None
        return not unsent and all(row.status != "pending" for row in inbox_rows(self.database))

    async def heard(self, person: str, count: int) -> list[str]:
        """Wait until ``count`` replies have reached a person and all is quiet; return them all."""

        async def enough() -> bool:
            return len(await self.harness.replies(person)) >= count

        await until(enough)
        await until(lambda: asyncio.to_thread(self.quiet))
        return await self.harness.replies(person)


async def until(happened: Callable[[], Awaitable[bool]]) -> None:
    """Wait until ``happened()``."""
    async with asyncio.timeout(PATIENCE):
        # A database and a messenger give no sign of what happens to them.
        while not await happened():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@asynccontextmanager
async def opened(harness: Harness, rasa: ScriptedRasa, database: Database) -> AsyncIterator[Line]:
    """Open the harness's channel as the application does, between messaging and a client."""
    settings = Settings(
        _env_file=None,
        rasa_port=rasa.port,
        actions_port=rasa.port,
        secret_key="a-key",
        data_keys=DATA_KEY,
        public_url=ADDRESS,
        **harness.settings(),
    )
    app = FastAPI()
    errors.install(app)
    app.add_middleware(BodyLimit)
    messaging = messaging_of(database, settings)
    harness.database = database
    pictures = pictures_of(app, ADDRESS)
    around = Surroundings(settings, database, messaging, pictures, helped=close_cases)
    channel = harness.open_channel(around)
    assert channel is not None
    messaging.register(channel.name, channel.sender, channel.abilities)
    if (routes := channel.routes()) is not None:
        app.include_router(routes)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as harness.http:
        await messaging.start()
        await channel.start()
        try:
            yield Line(channel, harness, rasa, messaging, database)
        finally:
            await channel.stop()
            await messaging.stop()


def has_failed(database: Database) -> bool:
    """Whether a reply was tried, and waits for its next turn."""
    tried = select(OutboxMessage.id).where(
        OutboxMessage.status == "pending",
        OutboxMessage.attempts > 0,
        OutboxMessage.next_attempt_at > utc_now(),
        OutboxMessage.next_attempt_at < utc_now() + timedelta(seconds=50),
    )
    with database.read() as session:
        return session.scalar(tried.limit(1)) is not None


def pass_time(database: Database, time: timedelta) -> None:
    """Let time pass for what waits in the database, all of it alike."""
    with database.write() as session:
        for row in session.scalars(select(OutboxMessage).where(OutboxMessage.attempts > 0)):
            row.next_attempt_at -= time
        for reach in session.scalars(select(Reach)):
            reach.until -= time
        session.commit()


def assert_honest(response: httpx.Response) -> None:
    """What was not taken is refused with a stable code and a sentence for a person."""
    assert response.status_code < 500
    if response.is_error:
        error = response.json()["error"]
        assert errors.SENTENCES[error["code"]] == error["message"]
