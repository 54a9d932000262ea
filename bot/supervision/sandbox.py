"""A whole assistant of its own in a folder, on free ports: for tests and benchmarks."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bot.training import model_path
from store.settings import ROOT, Settings, get_settings

SUPERVISORD = {"bot.supervision.daemon", "supervisor.supervisord"}
"""What is run as supervisord, by this and by earlier releases."""

MARKS = {"nlu.serve": "rasa", "actions.server": "actions", "bot.server": "bot"}

UNLIMITED = {
    f"ZHIDA_LIMIT_{name}": "1/0"
    for name in ("MESSAGES", "ADDRESS_MESSAGES", "CONVERSATIONS", "REQUESTS")
}
"""Tests and benchmarks are machines: all of them come from one address."""


class SandboxFailed(Exception):
    """The assistant did not start, or left a process behind."""


@dataclass(frozen=True)
class Sandbox:
    """A running assistant: what it was started with, and ``zhida up``'s process.

    ``root`` is the checkout whose code it runs.
    """

    settings: Settings
    environment: dict[str, str]
    process: subprocess.Popen[str]
    root: Path = ROOT

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.settings.web_url

    def pids(self) -> dict[str, int]:
        """Return the process ids of supervisord and of what it runs, by name."""
        found: dict[str, int] = {}
        for child in psutil.Process(self.process.pid).children(recursive=True):
            try:
                words = child.cmdline()
            except psutil.NoSuchProcess:
                continue  # it has just been killed
            if SUPERVISORD & set(words):
                found["supervisord"] = child.pid
            elif "bot.supervision.parent_watch" not in words:
                found.update({name: child.pid for mark, name in MARKS.items() if mark in words})
        return found

    def resident_bytes(self) -> int:
        """Return the resident memory of all its processes together."""
        top = psutil.Process(self.process.pid)
        return sum(p.memory_info().rss for p in [top, *top.children(recursive=True)])


def free_port() -> int:
    """Return a TCP port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_for(var_dir: Path, **settings: str) -> dict[str, str]:
    """Return the environment of an assistant of its own: free ports, no inherited setting."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ZHIDA_")}
    ports = {f"ZHIDA_{name}": str(free_port()) for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
    return {**clean, **ports, **UNLIMITED, "ZHIDA_VAR_DIR": str(var_dir), **settings}


def zhida(
    *arguments: str, environment: dict[str, str], root: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run one ``zhida`` command of the checkout ``root`` to its end."""
    command = [sys.executable, "-m", "bot.cli", *arguments]
    return subprocess.run(  # noqa: S603  our own command
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )


@contextmanager
def running(environment: dict[str, str]) -> Iterator[Sandbox]:
    """Prepare database and model, start the assistant, stop it and see that nothing is left.

    The model is the project's own, already trained. Raises SandboxFailed.
    """
    model = model_path(get_settings())
    if not model.is_file():
        raise SandboxFailed("no trained model: run `zhida train` first")
    models = _settings_of(environment).var_dir / "models"
    models.mkdir(parents=True, exist_ok=True)
    for path in model.parent.glob(f"{model.name}*"):
        shutil.copy2(path, models)
    prepared = zhida("migrate", "--demo", environment=environment)
    if prepared.returncode:
        raise SandboxFailed(prepared.stderr)
    with started(environment) as sandbox:
        yield sandbox


@contextmanager
def started(environment: dict[str, str], root: Path = ROOT) -> Iterator[Sandbox]:
    """Start the assistant of the checkout ``root``, stop it and see that nothing is left.

    Database and model are ready. Raises SandboxFailed.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "up"],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_for_announcement(process)
        yield Sandbox(_settings_of(environment), environment, process, root)
    finally:
        left = _stop(process)
    if left:
        raise SandboxFailed(f"left behind: {left}")


def _settings_of(environment: dict[str, str]) -> Settings:
    values = {
        name.removeprefix("ZHIDA_").lower(): value
        for name, value in environment.items()
        if name.startswith("ZHIDA_")
    }
    return Settings.model_validate(values)


def _wait_for_announcement(process: subprocess.Popen[str]) -> None:
    lines = []
    for line in process.stdout or ():
        lines.append(line)
        if "Ctrl-C" in line:
            return
    raise SandboxFailed("".join(lines))


def _stop(process: subprocess.Popen[str]) -> list[psutil.Process]:
    if process.poll() is not None:
        return []
    family = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    process.communicate(timeout=60)
    left: list[psutil.Process] = psutil.wait_procs(family, timeout=5)[1]
    for one in left:
        one.kill()
    return left
