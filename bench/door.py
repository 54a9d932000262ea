"""The bridge's door without a network: from a signed request to its 200, for ``bench.channels``."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI

from actions.dialogue.turn import Reply
from actions.features import FEATURES
from bot import errors
from bot.channels import bridge_v2
from bot.channels.bridge_v2.routes import PATH
from bot.channels.bridge_v2.signature import secrets_of, signed
from bot.channels.pictures import pictures_of
from bot.channels.protocol import Surroundings
from bot.messaging.leases import ClaimedMessage
from bot.messaging.service import Messaging
from store.database import Database
from store.settings import Settings

ACCOUNT = "bench"
Post = Callable[[str, str, str], None]
"""Posts a message: user, the message's own number, text."""


class NotTaken(Exception):
    """The door answered with something else than 200."""


@contextmanager
def opened(database: Database) -> Iterator[Post]:
    """Open the door in an event loop of its own; nobody answers what comes in."""
    settings = Settings(
        _env_file=None,
        bridge_secret="a-secret-for-measuring",  # noqa: S106
        secret_key="k" * 32,
        limit_messages="1/0",
    )
    app, messaging = _app(database, settings)
    secret = secrets_of(settings, ACCOUNT)[0]
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    # What comes in is stored, and worked by whoever else works on this database.
    asyncio.run_coroutine_threadsafe(messaging.stop(), loop).result()

    def post(user: str, number: str, text: str) -> None:
        said = {"v": 2, "user": user, "message_id": number, "text": text, "deadline_ms": 0}
        body = json.dumps(said).encode()
        headers = signed(secret, ACCOUNT, "POST", PATH, body)
        status = asyncio.run_coroutine_threadsafe(_call(app, headers, body), loop).result()
        if status != 200:
            raise NotTaken(str(status))

    try:
        yield post
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _app(database: Database, settings: Settings) -> tuple[FastAPI, Messaging]:
    def gave_up(_message: ClaimedMessage) -> Reply:
        return {"text": "", "buttons": [], "image": None, "data": None}

    app = FastAPI()
    errors.install(app)
    messaging = Messaging(
        database, settings, intents=FEATURES.intents, values=FEATURES.values, gave_up=gave_up
    )
    pictures = pictures_of(app, settings.web_url)
    channel = bridge_v2.open_channel(Surroundings(settings, database, messaging, pictures))
    messaging.register(channel.name, channel.sender, channel.abilities)
    app.include_router(channel.routes())
    return app, messaging


async def _call(app: FastAPI, headers: dict[str, str], body: bytes) -> int:
    """Return the status of one request."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": PATH,
        "raw_path": PATH.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    status = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = int(message["status"])

    await app(scope, receive, send)
    return status
