"""How much one network address may ask, and how fast a socket may talk."""

import asyncio
import math
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from bot.errors import respond
from bot.hosts import LOOPBACK, PROBES, address_of
from bot.limits.rates import Buckets, Rate
from store.settings import Settings

SIGNED = "/channels/"
"""Messengers' doors: everybody's messages come from one address, which shows who it is."""
REFUSED = (401, 403)
SOCKET = Rate(200, 0.02)
"""What a console page says on its socket: more waits in the line."""
TRY_AGAIN_LATER = 1013
"""WebSocket's close code for it."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class RequestLimit:
    """ASGI middleware that answers 429 where one address asks too much.

    A messenger's door counts only those that it refuses: guessing a signature is asking, too.
    Probes from this machine are not counted: who watches over us must not be told to wait.
    """

    def __init__(self, app: Callable[..., Awaitable[None]], settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._buckets = Buckets(Rate.of(settings.limit_requests))

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        address, path = address_of(scope, self._settings), scope["path"]
        if path in PROBES and address in LOOPBACK:
            await self._app(scope, receive, send)
            return
        if wait := self._buckets.take(address):
            await _refuse(scope, receive, send, wait)
            return
        if path.startswith(SIGNED):
            self._buckets.give_back(address)
            send = self._counting_refusals(send, address)
        elif scope["type"] == "websocket":
            receive = _unhurried(receive)
        await self._app(scope, receive, send)

    def _counting_refusals(self, send: Send, address: str) -> Send:
        async def sending(message: Message) -> None:
            if message.get("status") in REFUSED:
                self._buckets.take(address)
            await send(message)

        return sending


async def _refuse(scope: Message, receive: Receive, send: Send, wait: float) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
        return
    more = {"Retry-After": str(math.ceil(wait))}
    await respond(429, "too_many_requests", more=more)(scope, receive, send)


def _unhurried(receive: Receive) -> Receive:
    """Return a ``receive`` that waits where the other side hurries: nothing is lost."""
    pace = Buckets(SOCKET)

    async def receiving() -> Message:
        if wait := pace.take("", owing=True):
            await asyncio.sleep(wait)
        return await receive()

    return receiving
