"""supervisord as ``zhida up`` has it: started, asked, ended."""

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy, Transport

from bot.supervision import configuration
from bot.supervision.configuration import Paths
from store.settings import ROOT, Settings

STOP_SECONDS = 25.0
ANSWER_SECONDS = 5.0
"""It answers within milliseconds, unless it is stopped."""


@dataclass(frozen=True)
class State:
    """A process as supervisord names its state; ``pid`` is 0 where there is none."""

    name: str
    pid: int


class _Connection(HTTPConnection):
    """HTTP over a socket in the file system, where nobody may answer."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=ANSWER_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


class _Transport(Transport):
    """XML-RPC over such a connection."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: Any) -> HTTPConnection:
        connection = _Connection(self._path)
        self._connection = host, connection
        return connection


class Supervisord:
    """One supervisord's process, and what it says of those it runs."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._files: Paths = configuration.paths(settings)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def has_ended(self) -> bool:
        """Whether it was started and runs no more."""
        return self._process is not None and self._process.poll() is not None

    @property
    def pid(self) -> int:
        """The id of its process, which leads a group; 0 before it was started."""
        return self._process.pid if self._process else 0

    @property
    def answers(self) -> bool:
        """Whether it says anything when it is asked."""
        return self._ask("getState") is not None

    def start(self) -> None:
        """Start it with configuration written anew. Raises OSError or sqlite3.Error."""
        files = configuration.write(self._settings)
        files.socket.unlink(missing_ok=True)
        tether = [sys.executable, "-m", "bot.supervision.parent_watch", "SIGTERM"]
        command = [sys.executable, "-m", "bot.supervision.daemon", "-c", str(files.supervisord)]
        with (files.logs / "supervisord.out").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  our own command
                [*tether, *command],
                cwd=ROOT,
                env=configuration.environment(self._settings),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                # Ctrl-C in the terminal is for us; we then stop the others in order.
                start_new_session=True,
            )

    def states(self) -> dict[str, State]:
        """Return the state of each process by its name; empty when supervisord does not answer."""
        rows = self._ask("getAllProcessInfo") or ()
        return {row["name"]: State(row["statename"], row["pid"]) for row in rows}

    def start_again(self, name: str) -> None:
        """Try once more to start what could not be started."""
        self._ask("startProcess", name, False)

    def restart(self, name: str) -> None:
        """End a process and start it anew: what it works from has changed."""
        self._ask("stopProcess", name, True)
        self._ask("startProcess", name, False)

    def _ask(self, method: str, *arguments: Any) -> Any:
        """Call supervisord; None when it does not answer or refuses."""
        if not self._files.socket.exists():
            return None
        transport = _Transport(self._files.socket)
        try:
            proxy = ServerProxy("http://127.0.0.1", transport=transport)
            return getattr(proxy.supervisor, method)(*arguments)
        except (OSError, HTTPException, Fault):
            return None
        finally:
            transport.close()

    def stop(self) -> None:
        """End it, and with it all that it runs."""
        child = self._process
        if child is not None and child.poll() is None:
            child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        for path in (self._files.socket, self._files.pid):
            path.unlink(missing_ok=True)
