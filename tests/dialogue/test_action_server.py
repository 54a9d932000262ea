"""The action server as a process: loopback only, quick to stop, and never a leak."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from store.clock import utc_now
from store.settings import ROOT, Settings
from tests.support.seeded import seed

READY_WITHIN = 60.0
# One server for all, stopped by the last; making its index loads the encoder.
pytestmark = pytest.mark.xdist_group("encoder")


@dataclass(frozen=True)
class Server:
    """The process, its address, and the token that it asks for."""

    process: subprocess.Popen[bytes]
    url: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """What Rasa sends along."""
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running action server over a seeded database."""
    folder = tmp_path_factory.mktemp("actions")
    seed(folder, sqlite_template, now=utc_now())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "ZHIDA_ACTIONS_PORT": str(port), "ZHIDA_VAR_DIR": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-m", "actions.server"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_ready(url, process)
        yield Server(process, url, Settings(_env_file=None, var_dir=folder).actions_token())
    finally:
        process.kill()
        process.wait()


def _wait_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(f"{url}/health", trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail("the action server does not start")


def _call(server: Server, action: str, **message: object) -> httpx.Response:
    tracker = {
        "sender_id": "web:1",
        "slots": {},
        "events": [],
        "latest_message": {"text": "你好", "intent": {"name": "greet"}, "entities": [], **message},
    }
    body = {"next_action": action, "tracker": tracker, "version": "3.6.21"}
    return httpx.post(f"{server.url}/webhook", json=body, headers=server.headers, trust_env=False)


def test_one_action_gives_one_reply(server: Server) -> None:
    response = _call(server, "action_answer")
    assert response.status_code == 200
    (uttered,) = response.json()["responses"]
    assert set(uttered["custom"]) == {"text", "buttons", "image", "data"}


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer 职达", "Basic {token}", "{token}"])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/webhook"), ("GET", "/actions"), ("GET", "/nothing")]
)
def test_nobody_is_answered_without_the_token(
    server: Server, method: str, path: str, shown: str
) -> None:
    headers = {"Authorization": shown.format(token=server.token).encode()} if shown else {}
    body = {"next_action": "action_my_bookings", "tracker": {"sender_id": "web:1"}}
    url = f"{server.url}{path}"
    response = httpx.request(method, url, json=body, headers=headers, trust_env=False)
    assert response.status_code == 401
    assert response.json() == {"error": "unauthorized"}


def test_health_needs_no_token_and_says_nothing(server: Server) -> None:
    response = httpx.get(f"{server.url}/health", trust_env=False)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_a_failure_is_a_500_that_says_nothing(server: Server) -> None:
    secret = {"received_at": "not a moment: 13800138000"}
    response = _call(server, "action_answer", metadata=secret)
    assert response.status_code == 500
    assert response.json() == {"error": "action_failed"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe"])
def test_what_is_no_call_is_refused(server: Server, body: bytes) -> None:
    url = f"{server.url}/webhook"
    response = httpx.post(url, content=body, headers=server.headers, trust_env=False)
    assert response.status_code >= 400
    assert b"Traceback" not in response.content


def test_it_stops_when_told_to(server: Server) -> None:
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=10) == 0
