"""``zhida up``: start all processes under supervisord, tell when they are ready, stop them."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from types import FrameType
from typing import Any
from xmlrpc.client import Fault, ServerProxy

import httpx
from supervisor.xmlrpc import SupervisorTransport

from bot.supervision import configuration
from bot.supervision.configuration import Paths
from bot.supervision.preflight import NotReady, check
from store.settings import ROOT, Settings

START_SECONDS = 120.0
STOP_SECONDS = 25.0
LABELS = {"rasa": "对话理解（Rasa）", "actions": "业务服务", "bot": "网页与渠道"}


class Assistant:
    """All processes of one assistant; ``say`` gets one line for each thing that happens."""

    def __init__(self, settings: Settings, say: Callable[[str], None]) -> None:
        self._settings = settings
        self._say = say
        self._files: Paths = configuration.paths(settings)
        self._supervisord: subprocess.Popen[bytes] | None = None
        self._stop = threading.Event()

    def run(self) -> None:
        """Start, serve until SIGINT or SIGTERM, stop. Raises NotReady."""
        check(self._settings)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        began = time.monotonic()
        self._spawn()
        try:
            self._wait_until_ready(began)
            if not self._stop.is_set():
                self._announce(time.monotonic() - began)
            self._watch()
        finally:
            self._say("正在停止……")
            self._shut_down()
            self._say("已全部停止。")

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _spawn(self) -> None:
        files = configuration.write(self._settings)
        files.socket.unlink(missing_ok=True)
        tether = [sys.executable, "-m", "bot.supervision.parent_watch", "SIGTERM"]
        command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(files.supervisord)]
        with (files.logs / "supervisord.out").open("ab") as log:
            self._supervisord = subprocess.Popen(  # noqa: S603  our own command
                [*tether, *command],
                cwd=ROOT,
                env=configuration.environment(self._settings),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                # Ctrl-C in the terminal is for us; we then stop the others in order.
                start_new_session=True,
            )

    def _states(self) -> dict[str, str]:
        """Return each process's state as supervisord names it; empty when it does not answer."""
        rows = self._ask("getAllProcessInfo") or ()
        return {row["name"]: row["statename"] for row in rows}

    def _ask(self, method: str, *arguments: Any) -> Any:
        """Call supervisord; None when it does not answer or refuses."""
        if not self._files.socket.exists():
            return None
        transport = SupervisorTransport(None, None, f"unix://{self._files.socket}")
        try:
            proxy = ServerProxy("http://127.0.0.1", transport=transport)
            return getattr(proxy.supervisor, method)(*arguments)
        except (OSError, HTTPException, Fault):
            return None
        finally:
            transport.close()

    def _wait_until_ready(self, began: float) -> None:
        waiting = dict(LABELS)
        with httpx.Client(timeout=2.0, trust_env=False) as http:
            while waiting and not self._stop.wait(0.3):
                self._fail_if_hopeless(next(iter(waiting)), time.monotonic() - began)
                for name in [name for name in waiting if self._healthy(http, name)]:
                    self._say(f"{waiting.pop(name)}已就绪（{time.monotonic() - began:.1f} 秒）")

    def _healthy(self, http: httpx.Client, name: str) -> bool:
        host = self._settings.host
        if host in ("0.0.0.0", "::"):  # noqa: S104  asked there, not bound there
            host = "127.0.0.1"
        urls = {
            "rasa": f"http://127.0.0.1:{self._settings.rasa_port}/webhooks/zhida/",
            "actions": f"http://127.0.0.1:{self._settings.actions_port}/health",
            "bot": f"http://{host}:{self._settings.port}/readyz",
        }
        try:
            return http.get(urls[name]).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def _fail_if_hopeless(self, waiting: str, seconds: float) -> None:
        failed = [name for name, state in self._states().items() if state in ("FATAL", "BACKOFF")]
        if failed:
            self._fail(failed[0], "起不来")
        if self._supervisord is not None and self._supervisord.poll() is not None:
            self._fail("supervisord", "起不来")
        if seconds > START_SECONDS:
            self._fail(waiting, f"{START_SECONDS:.0f} 秒内没有就绪")

    def _fail(self, name: str, what: str) -> None:
        log = self._files.logs / f"{name}.log"
        raise NotReady(f"{LABELS.get(name, name)}{what}：{last_line(log)}（详见 {log}）")

    def _announce(self, seconds: float) -> None:
        url = self._settings.web_url
        self._say(f"职达已启动（{seconds:.1f} 秒）。")
        self._say(f"  聊天网页　{url}/")
        self._say(f"  工作人员　{url}/console （先用 zhida staff add 建账号）")
        self._say("  终端聊天　zhida chat")
        self._say(f"  日志　　　{self._files.logs}")
        self._say("按 Ctrl-C 停止。")

    def _watch(self) -> None:
        seen = dict.fromkeys(LABELS, "RUNNING")
        while not self._stop.wait(1.0):
            if self._supervisord is not None and self._supervisord.poll() is not None:
                self._say("supervisord 意外退出，正在重新启动……")
                self._spawn()
                continue
            for name, state in self._states().items():
                if state != seen.get(name):
                    self._say(f"{LABELS.get(name, name)}：{state}")
                    seen[name] = state
                if state == "FATAL":
                    self._ask("startProcess", name, False)

    def _shut_down(self) -> None:
        child = self._supervisord
        if child is not None and child.poll() is None:
            child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        for path in (self._files.socket, self._files.pid):
            path.unlink(missing_ok=True)


def last_line(log: Path) -> str:
    """Return the last line of a log that is not blank."""
    try:
        lines = log.read_text("utf-8", errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1].strip()[:300] if lines else "没有日志"
