"""The console's door: from our own pages only, and for nobody but who is signed in."""

from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import headers
from bot.console.services import services, sessions
from bot.console.session import key_of
from bot.hosts import from_our_pages
from store.clock import utc_now

LOGIN = "/login"
# NiceGUI's own scripts and styles; they hold nothing of ours.
ASSETS = "/_nicegui/"
# What belongs to one open page, such as the files handed in on it.
CLIENTS = "/_nicegui/client/"
SOCKET = "/_nicegui_ws"


class RequireLogin:
    """ASGI middleware in front of the whole console: pages, unknown paths and sockets.

    Closed by default: a page that someone adds tomorrow is behind the login without doing
    anything for it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is public or signed in; send the rest to the login."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", "")) or "/"
        if _changes_something(scope, path) and not from_our_pages(scope, services().settings):
            await _refuse(scope, receive, send)
        elif path == LOGIN or _is_asset(scope, path) or await _known(scope):
            await self.app(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "login required"})
        elif scope["method"] in ("GET", "HEAD") and SOCKET not in path:
            address = scope.get("root_path", "") + LOGIN
            await RedirectResponse(address, 303)(scope, receive, send)
        else:
            await PlainTextResponse("login required", 401)(scope, receive, send)


def _changes_something(scope: Scope, path: str) -> bool:
    """The socket, also where it is only polled, carries what staff read and do."""
    return scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD") or SOCKET in path


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": "foreign origin"})
    else:
        await PlainTextResponse("foreign origin", 403)(scope, receive, send)


def _is_asset(scope: Scope, path: str) -> bool:
    """Reading them is free; what a page's own elements take in (files) is not."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    return path.startswith(ASSETS) and not path.startswith(CLIENTS)


async def _known(scope: Scope) -> bool:
    key, now = key_of(cookie_parser(Headers(scope=scope).get("cookie", ""))), utc_now()
    if await sessions().whose(key, now) is None:
        return False
    if scope["type"] == "http":  # a socket connects again by itself, also for nobody
        await sessions().seen(key, now)
    return True


_HEADERS = tuple((name.lower().encode(), value.encode()) for name, value in headers.CONSOLE.items())


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            extra = [pair for pair in _HEADERS if pair[0] not in present]
            message["headers"] = [*message["headers"], *extra]
        await send(message)

    return sending
