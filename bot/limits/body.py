"""How much one request may bring."""

import re
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi.responses import JSONResponse

from bot.errors import respond
from knowledge.parsing.formats.kinds import MAX_BYTES

MAX_BODY_BYTES = 256 * 1024
# Files that staff hand in on the console: the largest that is read, and the form around it.
MAX_UPLOAD_BYTES = MAX_BYTES + 1024 * 1024
_UPLOAD = re.compile(r"/console/_nicegui/client/[\w-]+/upload/\d+")

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class BodyLimit:
    """ASGI middleware that reads a request's body up to a limit before anyone parses it.

    A file for the console is not read here, where nobody knows yet who sends it: it may come
    as far as the console's door if it says its size and that is within the larger limit.
    """

    def __init__(self, app: Callable[..., Awaitable[None]], limit: int = MAX_BODY_BYTES) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass the request on with its whole body, or answer 413."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        if _UPLOAD.fullmatch(scope["path"]):
            allowed = _stated_length(scope) <= MAX_UPLOAD_BYTES
            passed = self._app if allowed else _too_large()
            await passed(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._limit:
                await _too_large()(scope, receive, send)
                return
        whole: list[MutableMapping[str, Any]] = [
            {"type": "http.request", "body": body, "more_body": False}
        ]

        async def replay() -> MutableMapping[str, Any]:
            return whole.pop() if whole else await receive()

        await self._app(scope, replay, send)


def _too_large() -> JSONResponse:
    # What is still on its way is not read to its end.
    return respond(413, "body_too_large", more={"Connection": "close"})


def _stated_length(scope: MutableMapping[str, Any]) -> int:
    """Return the body's stated length, which the server holds the sender to."""
    values = [value for name, value in scope["headers"] if name == b"content-length"]
    stated = len(values) == 1 and values[0].isdigit() and len(values[0]) < 12
    return int(values[0]) if stated else sys.maxsize
