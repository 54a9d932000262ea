"""Which hosts, origins and addresses are ours: nothing that a request says of them is believed
unasked.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from bot.errors import respond
from store.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked by balancers and monitors under whatever name they know us by; nothing personal there."""
NOT_OURS = b"x-forwarded-prefix"
"""NiceGUI would put it before its addresses; no proxy of ours sends it, so a stranger did."""
OWN_SITES = ("same-origin", "none")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class OwnHosts:
    """ASGI middleware: with a public address set, requests under other names are refused.

    A redirect that a framework made of the request's Host leads to the path alone: the name
    in it is the sender's.
    """

    def __init__(
        self, app: Callable[[Scope, Receive, Send], Awaitable[None]], settings: Settings
    ) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 400."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != NOT_OURS]
        if scope["path"] in PROBES or is_our_host(host, self._settings):
            await self._app(scope, receive, _with_own_redirects(send, host))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "unknown host"})
        else:
            await respond(400, "unknown_host")(scope, receive, send)


def is_our_host(host: str, settings: Settings) -> bool:
    """Tell whether a Host header names us: any does while no public address is set."""
    if not settings.public_url:
        return True
    name = _name(f"//{host}")
    return name == _name(settings.public_url) or _is_near(name, settings)


def from_our_pages(scope: Scope, settings: Settings) -> bool:
    """Tell whether a page of ours sent this request, or something that is no browser.

    Every browser of today says where a POST or a socket comes from.
    """
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if (origin := headers.get("origin")) is not None:
        return _is_ours(origin, host, settings)
    if (site := headers.get("sec-fetch-site")) is not None:
        return site in OWN_SITES
    if (referer := headers.get("referer")) is not None:
        return _is_ours(referer, host, settings)
    return True


def address_of(scope: Scope, settings: Settings) -> str:
    """Return the network address of whoever sent a request; an IPv6 one as its /64.

    The peer's, unless that is a proxy of ours: then the last one in X-Forwarded-For that is
    none, since what stands before it is the sender's own tale.
    """
    peer = (scope.get("client") or ("",))[0]
    forwarded = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    chain = [*(one.strip() for one in forwarded if one.strip()), peer]
    while len(chain) > 1 and chain[-1] in settings.proxies:
        chain.pop()
    return _network(chain[-1])


def _network(address: str) -> str:
    try:
        read = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(read, IPv6Address):
        if read.ipv4_mapped is not None:
            return str(read.ipv4_mapped)
        return read.exploded[:19]
    return str(read)


def _is_ours(url: str, host: str, settings: Settings) -> bool:
    if settings.public_url and _origin(url) == _origin(settings.public_url):
        return True
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    same = parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower() != ""
    return same and (not settings.public_url or _is_near(_name(url), settings))


def _is_near(name: str, settings: Settings) -> bool:
    return name in LOOPBACK or name == settings.host


def _name(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return "", "", None
    return parts.scheme, parts.hostname or "", port


def _with_own_redirects(send: Send, host: str) -> Send:
    foreign = tuple(f"{scheme}://{host}/".encode("latin-1") for scheme in ("http", "https"))

    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                (name, _path(value, foreign) if name.lower() == b"location" else value)
                for name, value in message["headers"]
            ]
        await send(message)

    return sending


def _path(location: bytes, foreign: tuple[bytes, ...]) -> bytes:
    for start in foreign:
        if location.lower().startswith(start.lower()):
            return b"/" + location[len(start) :].lstrip(b"/")
    return location
