"""Connections that hold us up: half-sent requests, endless headers, more than one may open.

uvicorn bounds how long an answered connection idles, not how long a request takes to arrive.
"""

import asyncio
import sys
from collections import defaultdict
from collections.abc import Collection
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.errors import respond

MAX_HEADER_BYTES = 32 * 1024
"""Also of what comes unasked on a connection before it is understood."""
REQUEST_SECONDS = 10.0
"""For a request to come whole, from its first byte, or a connection's first moment."""
SLOWEST = 16 * 1024
"""Bytes a second: what has come prolongs the time by so much."""
MAX_UNFINISHED = 128
"""Half-sent requests of one peer; with more, the oldest is given up, not the newest refused."""
_UNFINISHED = (h11.IDLE, h11.SEND_BODY)


class Connections:
    """Counts the open connections, all together and by peer, and gives up the oldest idle one.

    ``proxies`` open as many as people come through them.
    """

    def __init__(self, *, most: int, by_address: int, proxies: Collection[str]) -> None:
        self._most = most
        self._by_address = by_address
        self._proxies = proxies
        # Dictionaries for their order: the oldest comes first.
        self._open: dict[GuardedProtocol, None] = {}
        self._of: defaultdict[str, dict[GuardedProtocol, None]] = defaultdict(dict)
        self._unfinished: defaultdict[str, dict[GuardedProtocol, None]] = defaultdict(dict)

    def opened(self, connection: "GuardedProtocol") -> None:
        """Count a new connection; where it is one too many, close one."""
        mine = self._of[connection.peer]
        mine[connection] = self._open[connection] = None
        if len(mine) > self._by_address and connection.peer not in self._proxies:
            _give_up_one(mine)
        elif len(self._open) > self._most:
            _give_up_one(self._open)

    def closed(self, connection: "GuardedProtocol") -> None:
        """Count a connection no more."""
        self.finished(connection)
        self._open.pop(connection, None)
        _drop(self._of, connection)

    def begun(self, connection: "GuardedProtocol") -> None:
        """Note that a request is on its way."""
        mine = self._unfinished[connection.peer]
        mine[connection] = None
        if len(mine) > MAX_UNFINISHED:
            next(iter(mine)).give_up()

    def finished(self, connection: "GuardedProtocol") -> None:
        """Note that a request has come whole."""
        _drop(self._unfinished, connection)


def _drop(groups: dict[str, dict["GuardedProtocol", None]], connection: "GuardedProtocol") -> None:
    if (mine := groups.get(connection.peer)) is not None:
        mine.pop(connection, None)
        if not mine:
            del groups[connection.peer]


def _give_up_one(group: dict["GuardedProtocol", None]) -> None:
    """Close the oldest that nobody is being answered on, else the newest."""
    idle = (connection for connection in group if connection.is_idle)
    next(idle, next(reversed(group))).give_up()


class GuardedProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, where a request has a time to arrive in."""

    def __init__(self, *arguments: Any, connections: Connections, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._connections = connections
        self._timer: asyncio.TimerHandle | None = None
        self._began = 0.0
        self._received = 0
        self._upgraded = False
        self.peer = ""

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete or self._timer is not None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self.peer = self.client[0] if self.client else ""
        self._connections.opened(self)
        self._begin()

    def data_received(self, data: bytes) -> None:
        """Take what came; the clock runs while a request is incomplete."""
        self._received += len(data)
        super().data_received(data)
        if self._upgraded:
            return  # h11 takes the request of a socket for one without an end
        if self.conn.their_state not in _UNFINISHED:
            self._finish()
        elif self._timer is None and not self.transport.is_closing():
            self._begin(len(data))

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Leave the connection to the socket, which only who is signed in may keep."""
        self._upgraded = True
        self._finish()
        self._connections.closed(self)
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._finish()
        self._connections.closed(self)
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP in the form of every error; uvicorn calls this as it raises."""
        del msg
        hint = getattr(sys.exception(), "error_status_hint", 400)
        answer = respond(431, "headers_too_large") if hint == 431 else respond(400, "bad_request")
        try:
            for part in (
                h11.Response(
                    status_code=answer.status_code,
                    headers=[*answer.raw_headers, (b"connection", b"close")],
                ),
                h11.Data(data=bytes(answer.body)),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(part) or b"")
        except h11.LocalProtocolError:
            pass  # an answer was under way
        self.transport.close()

    def give_up(self) -> None:
        """Close the connection without a word, also where the other side reads nothing."""
        self._finish()
        self.transport.abort()

    def _begin(self, received: int = 0) -> None:
        self._began, self._received = self.loop.time(), received
        self._timer = self.loop.call_later(REQUEST_SECONDS, self._look)
        self._connections.begun(self)

    def _look(self) -> None:
        allowed = REQUEST_SECONDS + self._received / SLOWEST
        left = self._began + allowed - self.loop.time()
        if left > 0:
            self._timer = self.loop.call_later(left, self._look)
        else:
            self.give_up()

    def _finish(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._connections.finished(self)
