"""A whole assistant for tests: every process, started by ``zhida up`` as a person would."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.supervision import sandbox
from bot.supervision.sandbox import Sandbox


@dataclass(frozen=True)
class Assistant:
    """A running assistant, and a person's hands on its HTTP interface."""

    sandbox: Sandbox
    http: httpx.Client

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.sandbox.url

    @property
    def settings(self) -> Any:
        """What it was started with."""
        return self.sandbox.settings

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL of its database."""
        return self.sandbox.settings.database

    @property
    def var_dir(self) -> Path:
        """Its folder of data, logs and models."""
        return self.sandbox.settings.var_dir

    def post(self, conversation: str, text: str = "", **more: Any) -> httpx.Response:
        """Send one message and return the response as it is."""
        body = {"conversation": conversation, "text": text, **more}
        return self.http.post("/api/messages", json=body)

    def say(self, conversation: str, text: str, **more: Any) -> dict[str, Any]:
        """Send one message and return the body of a good answer."""
        response = self.post(conversation, text, **more)
        assert response.status_code == 200, response.text
        return dict(response.json())

    def press(self, conversation: str, button: dict[str, str]) -> dict[str, Any]:
        """Press a button of a reply."""
        return self.say(conversation, button["title"], payload=button["payload"])

    def zhida(self, *arguments: str) -> str:
        """Run one ``zhida`` command against this assistant and return its output."""
        done = sandbox.zhida(
            *arguments, environment=self.sandbox.environment, root=self.sandbox.root
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def kill(self, name: str) -> None:
        """Kill one process as a machine out of memory would."""
        os.kill(self.sandbox.pids()[name], signal.SIGKILL)

    def hang(self, name: str) -> int:
        """Stop one process, so that it lives and answers nothing; return its id."""
        pid = self.sandbox.pids()[name]
        os.kill(pid, signal.SIGSTOP)
        return pid

    def heard(self) -> str:
        """Return what ``zhida up`` has said since it was last asked, or since it was ready."""
        assert self.sandbox.process.stdout is not None
        # Past Python's own buffer, which holds nothing: it ended with the announcement.
        pipe = self.sandbox.process.stdout.fileno()
        os.set_blocking(pipe, False)
        said = b""
        with contextlib.suppress(BlockingIOError):
            while piece := os.read(pipe, 65536):
                said += piece
        return said.decode(errors="replace")

    def wait_ready(self, seconds: float = 120) -> None:
        """Wait until every part is ready again."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if self.http.get("/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.2)
        raise TimeoutError(f"not ready after {seconds} s")


@contextmanager
def running(environment: dict[str, str]) -> Iterator[Assistant]:
    """Start an assistant with this environment (see ``sandbox.environment_for``)."""
    with sandbox.running(environment) as started, hands_on(started) as assistant:
        yield assistant


@contextmanager
def hands_on(started: Sandbox) -> Iterator[Assistant]:
    """Give a person's hands on an assistant that runs already."""
    with httpx.Client(base_url=started.url, timeout=60, trust_env=False) as http:
        yield Assistant(started, http)
