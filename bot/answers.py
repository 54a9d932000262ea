"""How every answer is sent: JSON for nobody's cache, and HEAD wherever there is GET."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi.responses import JSONResponse

from bot import headers

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Answer(JSONResponse):
    """What a route returns, as JSON."""

    def __init__(self, content: Any, status_code: int = 200, **named: Any) -> None:
        super().__init__(content, status_code, **named)
        self.headers.update(headers.ANSWER)


class HeadOfGet:
    """ASGI middleware that answers HEAD as GET, without the body.

    Not below the path ``but``, where a page that is opened stays open for its visitor.
    """

    def __init__(self, app: Callable[..., Awaitable[None]], but: str) -> None:
        self._app = app
        self._but = but

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass the request on."""
        is_head = scope["type"] == "http" and scope["method"] == "HEAD"
        if not is_head or f"{scope['path']}/".startswith(f"{self._but}/"):
            await self._app(scope, receive, send)
            return

        async def send_head(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        # A copy: the server goes by its own what may be sent.
        await self._app({**scope, "method": "GET"}, receive, send_head)
