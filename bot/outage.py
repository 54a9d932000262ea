"""A database that is away: said in one line, to the person and in the log."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import structlog

from bot.errors import respond, route_of
from store.failures import in_one_line, is_outage

log = structlog.get_logger(__name__)

TRY_AGAIN_LATER = 1013
"""WebSocket's close code for it."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class DatabaseDown:
    """ASGI middleware that answers 503 ``unavailable`` where the database cannot be reached.

    It stands around the application and, once more, inside the console's own, whose error page
    would come before ours.
    """

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass everything on; what has begun to be answered cannot be answered otherwise."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            if not is_outage(error) or begun or scope["type"] not in ("http", "websocket"):
                raise
            log.error(  # noqa: TRY400
                "database unavailable", at=route_of(scope), reason=in_one_line(error)
            )
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
            else:
                await respond(503, "unavailable")(scope, receive, send)
