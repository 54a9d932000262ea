"""The console's door: from our own pages only, and for nobody but who is signed in."""

from collections.abc import Iterable, MutableMapping
from typing import Any

from nicegui import Client
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import headers
from bot.console import sentences
from bot.console.feature import HeaderLink
from bot.console.features import FEATURES, PAGES
from bot.console.login.session import key_of
from bot.console.permissions import may
from bot.console.services import needs_totp, services, sessions
from bot.console.tables import Staff
from bot.errors import wants_page
from bot.hosts import from_our_pages
from bot.web.assets import Assets
from bot.web.pages import renderer
from store.clock import utc_now

LOGIN = "/login"
# NiceGUI's own scripts and styles; they hold nothing of ours.
ASSETS = "/_nicegui/"
# What belongs to one open page, such as the files handed in on it.
CLIENTS = "/_nicegui/client/"
SOCKET = "/_nicegui_ws"
NICEGUI = "/_nicegui"
"""NiceGUI's own: assets, what belongs to a page, the socket."""
HOME = "/"
ACCOUNT = "/account"
LOGOUT = "/logout"
FOR_EVERYBODY = (LOGOUT, "/favicon.ico")
"""What everybody who is signed in may have."""

render = renderer(Assets())
"""Fills what is shown of the console to whom it is not open."""


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
        elif path == LOGIN or _is_asset(scope, path):
            await self.app(scope, receive, _with_headers(send))
        elif (staff := await _signed_in(scope)) is not None:
            await self._let_in(staff, path, scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "login required"})
        elif scope["method"] in ("GET", "HEAD") and SOCKET not in path:
            address = scope.get("root_path", "") + LOGIN
            await RedirectResponse(address, 303)(scope, receive, send)
        else:
            await PlainTextResponse("login required", 401)(scope, receive, send)

    async def _let_in(
        self, staff: Staff, path: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Pass on what the person's role may see; what is declared nowhere, nobody may."""
        if _open_to(staff, path):
            scope.setdefault("state", {})["staff"] = staff
            await self.app(scope, receive, _with_headers(send))
        elif path == HOME and scope["method"] in ("GET", "HEAD"):
            address = scope.get("root_path", "") + _first_page(staff)
            await RedirectResponse(address, 303)(scope, receive, send)
        else:
            await _not_permitted(scope)(scope, receive, _with_headers(send))


def refuse_undeclared(routes: Iterable[BaseRoute]) -> None:
    """Raise ValueError for a route that no feature declares with the permission it needs."""
    for route in routes:
        path = getattr(route, "path", "")
        if path not in (LOGIN, *FOR_EVERYBODY, *PAGES) and not path.startswith(NICEGUI):
            raise ValueError(f"no permission is declared for {path}")


def links_of(role: str) -> tuple[HeaderLink, ...]:
    """Return the places of the header that a role may see."""
    links = (link for feature in FEATURES for link in feature.links)
    return tuple(link for link in links if may(role, PAGES[link.address].permission))


def _first_page(staff: Staff) -> str:
    """Return where somebody begins to whom the inbox is not open."""
    links = () if needs_totp(staff) else links_of(staff.role)
    return next((link.address for link in links), ACCOUNT)


def _open_to(staff: Staff, path: str) -> bool:
    """Tell whether somebody may have what is at a path.

    What belongs to an open page is for whom the page was drawn, as long as they may see it.
    """
    if path in FOR_EVERYBODY or SOCKET in path:
        return True  # every message of the socket has the guard before it
    if path.startswith(CLIENTS):
        client = Client.instances.get(path.removeprefix(CLIENTS).partition("/")[0])
        if client is None or client.request.state.staff.id != staff.id:
            return False
        path = client.page.path
    if needs_totp(staff) and path != ACCOUNT:
        return False
    return path in PAGES and may(staff.role, PAGES[path].permission)


def _changes_something(scope: Scope, path: str) -> bool:
    """The socket, also where it is only polled, carries what staff read and do."""
    return scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD") or SOCKET in path


def _not_permitted(scope: Scope) -> Response:
    """Return why somebody who is signed in may not have this: as a page, if they opened one."""
    if scope["type"] == "http" and wants_page(scope):
        heading, words = sentences.NOT_PERMITTED_TITLE, sentences.NOT_PERMITTED_PAGE
        return render("console_refused.html", 403, heading=heading, text=words)
    return PlainTextResponse(sentences.NOT_PERMITTED, 403)


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


async def _signed_in(scope: Scope) -> Staff | None:
    key, now = key_of(cookie_parser(Headers(scope=scope).get("cookie", ""))), utc_now()
    staff = await sessions().whose(key, now)
    if (
        staff is not None and scope["type"] == "http"
    ):  # a socket connects again by itself, also for nobody
        await sessions().seen(key, now)
    return staff


_HEADERS = tuple((name.lower().encode(), value.encode()) for name, value in headers.CONSOLE.items())


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            extra = [pair for pair in _HEADERS if pair[0] not in present]
            message["headers"] = [*message["headers"], *extra]
        await send(message)

    return sending
