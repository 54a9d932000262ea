"""Who is signed in: a signed cookie, checked against the staff table at each request."""

from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import headers
from bot.console.accounts import account, fingerprint
from bot.console.services import services
from bot.console.tables import Staff
from store.clock import utc_now
from store.database import Database

COOKIE = "zhida_console"
LASTS = timedelta(hours=12)
LOGIN = "/login"
# NiceGUI's own scripts and styles; they hold nothing of ours.
ASSETS = "/_nicegui/"
# What belongs to one open page, such as the files handed in on it.
CLIENTS = "/_nicegui/client/"


def sign_in(session: MutableMapping[str, Any], staff: Staff, *, now: datetime) -> None:
    """Remember ``staff`` in a session begun afresh."""
    session.clear()
    session.update(staff=staff.id, mark=fingerprint(staff), since=int(now.timestamp()))


def signed_in(database: Database, session: Mapping[str, Any], *, now: datetime) -> Staff | None:
    """Return who is signed in: for 12 hours, until disabled or given a new password."""
    staff_id, since = session.get("staff"), session.get("since")
    if not isinstance(staff_id, int) or not isinstance(since, int):
        return None
    began = datetime.fromtimestamp(since, UTC)
    if not began <= now + timedelta(minutes=1) < began + LASTS:
        return None
    staff = account(database, staff_id)
    if staff is None or session.get("mark") != fingerprint(staff):
        return None
    return staff


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
        if path == LOGIN or _is_asset(scope, path) or await _known(scope):
            await self.app(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "login required"})
        elif scope["method"] in ("GET", "HEAD") and "/_nicegui_ws" not in path:
            address = scope.get("root_path", "") + LOGIN
            await RedirectResponse(address, 303)(scope, receive, send)
        else:
            await PlainTextResponse("login required", 401)(scope, receive, send)


def _is_asset(scope: Scope, path: str) -> bool:
    """Reading them is free; what a page's own elements take in (files) is not."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    return path.startswith(ASSETS) and not path.startswith(CLIENTS)


async def _known(scope: Scope) -> bool:
    database = services().database
    staff = await database.run(lambda: signed_in(database, scope.get("session", {}), now=utc_now()))
    return staff is not None


_HEADERS = tuple((name.lower().encode(), value.encode()) for name, value in headers.CONSOLE.items())


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            extra = [pair for pair in _HEADERS if pair[0] not in present]
            message["headers"] = [*message["headers"], *extra]
        await send(message)

    return sending
