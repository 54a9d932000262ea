"""A whole assistant for tests: every process, started by ``zhida up`` as a person would."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from store.settings import ROOT, Settings
from tests.support.postgres import free_port

START_SECONDS = 120


@dataclass(frozen=True)
class Assistant:
    """A running assistant: where it is, what it was started with, and its process."""

    url: str
    settings: Settings
    environment: dict[str, str]
    process: subprocess.Popen[str]
    http: httpx.Client

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL of its database."""
        return self.settings.database

    @property
    def var_dir(self) -> Path:
        """Its folder of data, logs and models."""
        return self.settings.var_dir

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

    def pids(self) -> dict[str, int]:
        """Return the process ids of supervisord and of what it runs, by name."""
        marks = {"nlu.serve": "rasa", "actions.server": "actions", "bot.server": "bot"}
        found: dict[str, int] = {}
        for child in psutil.Process(self.process.pid).children(recursive=True):
            words = child.cmdline()
            if "supervisor.supervisord" in words:
                found["supervisord"] = child.pid
            elif "bot.supervision.tether" not in words:
                found.update({name: child.pid for mark, name in marks.items() if mark in words})
        return found

    def kill(self, name: str) -> None:
        """Kill one process as a machine out of memory would."""
        os.kill(self.pids()[name], signal.SIGKILL)

    def wait_ready(self, seconds: float = START_SECONDS) -> None:
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


def zhida(*arguments: str, environment: dict[str, str], timeout: float = 300) -> str:
    """Run one ``zhida`` command and return its output; fail with what it said on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def environment_for(var_dir: Path, **settings: str) -> dict[str, str]:
    """Return an environment of its own for one assistant: free ports, no inherited setting."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ZHIDA_")}
    ports = {f"ZHIDA_{name}": str(free_port()) for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
    return {**clean, **ports, "ZHIDA_VAR_DIR": str(var_dir), **settings}


def settings_of(environment: dict[str, str]) -> Settings:
    """Return the settings that processes with ``environment`` have."""
    names = {name.lower(): name for name in environment if name.startswith("ZHIDA_")}
    values = {name.removeprefix("zhida_"): environment[full] for name, full in names.items()}
    return Settings(_env_file=None, **values)  # type: ignore[call-arg,arg-type]


def lend_models(var_dir: Path) -> None:
    """Put the project's trained models where an assistant with ``var_dir`` looks for them."""
    trained = ROOT / "var" / "models"
    shutil.copytree(trained, var_dir / "models", dirs_exist_ok=True, copy_function=os.link)


@contextmanager
def running(environment: dict[str, str]) -> Iterator[Assistant]:
    """Prepare the database, start the assistant, stop it and check that nothing is left."""
    settings = settings_of(environment)
    if not (ROOT / "var" / "models").is_dir():
        raise FileNotFoundError("no trained model: run `make setup` first")
    lend_models(settings.var_dir)
    zhida("migrate", "--demo", environment=environment)
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "up"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with httpx.Client(base_url=settings.web_url, timeout=60, trust_env=False) as http:
        assistant = Assistant(settings.web_url, settings, environment, process, http)
        try:
            _wait_for_announcement(process)
            yield assistant
        finally:
            family = psutil.Process(process.pid).children(recursive=True)
            process.terminate()
            process.wait(60)
            _, alive = psutil.wait_procs(family, timeout=5)
            for left in alive:
                left.kill()
    assert not alive, f"left behind: {alive}"


def _wait_for_announcement(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if re.search(r"聊天网页\s*http", line):
            return
    raise RuntimeError("".join(lines))
