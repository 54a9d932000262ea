"""The console's sockets stay open beside a clock that closes half-sent requests."""

import threading
import time
from functools import partial

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.sync.client import connect

from bot.limits import connections
from bot.limits.connections import Connections, GuardedProtocol
from bot.supervision.sandbox import free_port


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    async for words in socket.iter_text():
        await socket.send_text(words)


def test_a_socket_outlives_the_time_for_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.3)
    counted = Connections(most=10, by_address=10, proxies=())
    port = free_port()
    config = uvicorn.Config(
        Starlette(routes=[WebSocketRoute("/", echo)]),
        port=port,
        http=partial(GuardedProtocol, connections=counted),  # type: ignore[arg-type]
        log_level="error",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        with connect(f"ws://127.0.0.1:{port}/", proxy=None) as socket:
            time.sleep(1.0)
            socket.send("在吗")
            assert socket.recv(timeout=10) == "在吗"
    finally:
        server.should_exit = True
        thread.join()
