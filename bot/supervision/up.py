"""``zhida up``: start all processes under supervisord, tell when they are ready, stop them.

It outlives what it watches. supervisord restarts what dies; this starts supervisord anew, ends
what hangs, and waits for a full disk to be freed.
"""

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType

from bot.model_versions import pointed_at
from bot.supervision import configuration, lock
from bot.supervision.configuration import Paths
from bot.supervision.health_pages import HealthPages
from bot.supervision.preflight import FULL_BYTES, NotReady, check, free_bytes
from bot.supervision.supervisord import State, Supervisord
from bot.supervision.watchdog import CHECKS, Watchdog
from store.modes import tighten
from store.settings import Settings

START_SECONDS = 120.0
ANSWER_SECONDS = 5.0
"""How long one look at a health page waits, if that leaves room for all looks before the end."""

LABELS = {"rasa": "对话理解（Rasa）", "actions": "业务服务", "bot": "网页与渠道"}


class Assistant:
    """All processes of one assistant; ``say`` gets one line for each thing that happens."""

    def __init__(self, settings: Settings, say: Callable[[str], None]) -> None:
        self._settings = settings
        self._tell = say
        self._files: Paths = configuration.paths(settings)
        self._supervisord = Supervisord(settings)
        self._stop = threading.Event()
        self._trouble: set[str] = set()

    def run(self) -> None:
        """Start, serve until SIGINT or SIGTERM, stop. Raises NotReady."""
        with lock.held(self._files.lock, self._settings.port):
            tighten(self._settings.var_dir)
            check(self._settings)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, self._on_signal)
            self._serve()

    def _serve(self) -> None:
        began = time.monotonic()
        self._supervisord.start()
        patience = self._settings.hang_seconds
        seconds = min(ANSWER_SECONDS, patience / CHECKS)
        try:
            with HealthPages(self._settings, seconds=seconds) as pages:
                answers = partial(self._answers, pages)
                watchdog = Watchdog(answers, seconds=patience, start_seconds=START_SECONDS)
                self._wait_until_ready(pages, began)
                # From now on they have started, in the watchdog's eyes, too.
                self._end_what_hangs(watchdog, self._supervisord.states())
                if not self._stop.is_set():
                    self._announce(time.monotonic() - began)
                self._watch(watchdog)
        finally:
            self._say("正在停止……")
            self._supervisord.stop()
            self._say("已全部停止。")

    def _say(self, line: str) -> None:
        # What we say may go into a file on the disk that is full, or to a terminal that is gone.
        with suppress(OSError):
            self._tell(line)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _wait_until_ready(self, pages: HealthPages, began: float) -> None:
        waiting = dict(LABELS)
        while waiting and not self._stop.wait(0.3):
            self._fail_if_hopeless(next(iter(waiting)), time.monotonic() - began)
            for name in [name for name in waiting if pages.is_ready(name)]:
                self._say(f"{waiting.pop(name)}已就绪（{time.monotonic() - began:.1f} 秒）")

    def _fail_if_hopeless(self, waiting: str, seconds: float) -> None:
        states = self._supervisord.states()
        failed = [name for name, state in states.items() if state.name in ("FATAL", "BACKOFF")]
        if failed:
            self._fail(failed[0], "起不来")
        if self._supervisord.has_ended:
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

    def _watch(self, watchdog: Watchdog) -> None:
        seen = dict.fromkeys(LABELS, "RUNNING")
        model = pointed_at(self._settings)
        while not self._stop.wait(1.0):
            self._look_at_space()
            if self._supervisord.has_ended:
                self._start_supervisord_again()
                continue
            self._solved("supervisord")
            states = self._supervisord.states()
            self._report(states, seen)
            if (now := pointed_at(self._settings)) != model:
                model = now
                self._say("对话模型已更换，正在用它重新启动；这期间的消息会等着。")
                self._supervisord.restart("rasa")
                continue
            self._end_what_hangs(watchdog, states)

    def _report(self, states: Mapping[str, State], seen: dict[str, str]) -> None:
        for name, state in states.items():
            if state.name != seen.get(name):
                self._say(f"{LABELS.get(name, name)}：{state.name}")
                seen[name] = state.name
            if state.name == "FATAL":
                self._supervisord.start_again(name)

    def _end_what_hangs(self, watchdog: Watchdog, states: Mapping[str, State]) -> None:
        alive = {name: state.pid for name, state in states.items() if state.name == "RUNNING"}
        alive["supervisord"] = self._supervisord.pid
        for name, silent in watchdog.hanging(alive):
            self._say(f"{LABELS.get(name, name)}已有 {silent:.0f} 秒没有回应，强行结束并重新启动。")
            # Each leads a group of its own; a process that is stopped hears no gentler signal.
            with suppress(ProcessLookupError):
                os.killpg(alive[name], signal.SIGKILL)

    def _answers(self, pages: HealthPages, name: str) -> bool:
        return self._supervisord.answers if name == "supervisord" else pages.answers(name)

    def _start_supervisord_again(self) -> None:
        self._once("supervisord", "supervisord 意外退出，正在重新启动……")
        # Whatever keeps it from starting may be over at the next look.
        with suppress(OSError, sqlite3.Error):
            self._supervisord.start()

    def _look_at_space(self) -> None:
        folder = self._settings.var_dir
        try:
            full = free_bytes(self._settings) < FULL_BYTES
        except OSError:
            return
        if full:
            self._once(
                "space",
                f"磁盘已满：新消息暂时收不下。请清理 {folder} 所在的磁盘，腾出空间后会自动恢复。",
            )
        elif self._solved("space"):
            self._say("磁盘又有空间了，正在恢复。")

    def _once(self, trouble: str, line: str) -> None:
        """Say a line when a trouble begins, and not again until it is over."""
        if trouble not in self._trouble:
            self._trouble.add(trouble)
            self._say(line)

    def _solved(self, trouble: str) -> bool:
        """Note that a trouble is over; tell whether there was one."""
        known = trouble in self._trouble
        self._trouble.discard(trouble)
        return known


def last_line(log: Path) -> str:
    """Return the last line of a log that is not blank."""
    try:
        lines = log.read_text("utf-8", errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1].strip()[:300] if lines else "没有日志"
