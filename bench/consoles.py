"""The memory of fifty open, live consoles: the server as it runs, and pages as browsers keep them.

A page is fetched with a session's cookie and its socket opened: from then on the server draws what
changes on it, every few seconds, as for a member of staff who looks at it.
"""

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import psutil
import socketio

from bench.messages import LONG, fill
from bot.console.accounts import add_staff
from bot.supervision.sandbox import environment_for, zhida
from store.clock import utc_now
from store.database import Database

CONSOLES = 50
LOOKED_AT_SECONDS = 30.0
MESSAGES = 20_000
READY_SECONDS = 120
PATIENCE_SECONDS = 600
NAME, PASSWORD = "测量", "correct horse battery"
MOUNT = "/console"
ADDRESSES = ("/", f"/conversation?id={quote(LONG)}")
"""Half of them look at the inbox, half at a conversation of 200 turns."""
_CLIENT = re.compile(r'"client_id":\s*"([^"]+)"|client_id[^0-9a-f]{1,12}([0-9a-f-]{36})')


def measure(folder: Path) -> dict[str, float]:
    """Return the server's memory in MB: without a console, with all open, and after a while."""
    environment = environment_for(folder, ZHIDA_SECRET_KEY="k" * 32)
    zhida("migrate", environment=environment)
    database = Database(f"sqlite:///{folder / 'zhida.db'}")
    fill(database, MESSAGES)
    add_staff(database, NAME, PASSWORD, now=utc_now())
    database.close()
    with _server(environment) as (process, url):
        before = _megabytes(process)
        opened, later = asyncio.run(_open(url, process))
    return {"none_mb": before, "open_mb": opened, "live_mb": later, "consoles": CONSOLES}


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[tuple[psutil.Process, str]]:
    url = f"http://127.0.0.1:{environment['ZHIDA_PORT']}"
    command = [sys.executable, "-m", "bot.server"]
    with subprocess.Popen(command, env=environment) as child:  # noqa: S603
        try:
            _wait(url)
            yield psutil.Process(child.pid), url
        finally:
            child.terminate()


def _wait(url: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        try:
            if httpx.get(f"{url}{MOUNT}/login", trust_env=False).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise TimeoutError(f"no console at {url}")


async def _open(url: str, process: psutil.Process) -> tuple[float, float]:
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=60) as http:
        form = {"name": NAME, "password": PASSWORD}
        await http.post(f"{MOUNT}/login", data=form)
        sockets = [await _console(http, url, ADDRESSES[n % 2]) for n in range(CONSOLES)]
        opened = _megabytes(process)
        await asyncio.sleep(LOOKED_AT_SECONDS)
        live = [each for each in sockets if each.connected]
        if len(live) != CONSOLES:
            raise RuntimeError(f"only {len(live)} consoles are live")
        later = _megabytes(process)
        for each in sockets:
            await each.disconnect()
    return opened, later


async def _console(http: httpx.AsyncClient, url: str, address: str) -> Any:
    """Fetch a page and open its socket, as a browser does."""
    page = (await http.get(MOUNT + address)).raise_for_status().text
    found = _CLIENT.search(page)
    if found is None:
        raise RuntimeError("this is no page of the console")
    asks = {
        "client_id": found[1] or found[2],
        "document_id": str(uuid4()),
        "tab_id": str(uuid4()),
        "next_message_id": "0",
        "implicit_handshake": "true",
    }
    query = "&".join(f"{name}={value}" for name, value in asks.items())
    cookies = "; ".join(f"{each.name}={each.value}" for each in http.cookies.jar)
    socket = socketio.AsyncClient(reconnection=False, request_timeout=PATIENCE_SECONDS)
    await socket.connect(
        f"{url}?{query}",
        headers={"Cookie": cookies},
        socketio_path=f"{MOUNT}/_nicegui_ws/socket.io",
        transports=["websocket"],
    )
    return socket


def _megabytes(process: psutil.Process) -> float:
    return round(process.memory_info().rss / 1e6, 1)
