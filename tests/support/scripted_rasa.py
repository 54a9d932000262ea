"""Rasa's side of a turn as a test wants it, over real HTTP: no model, no action server."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from actions.dialogue.turn import Reply
from tests.browser.scripted import serve
from tests.support.messaging import plain


class ScriptedRasa:
    """Answers each message once, or with a ``status``; ``heard`` keeps who said what, in order."""

    def __init__(self) -> None:
        self.answer: Callable[[str], list[Reply]] = lambda text: [plain(f"收到：{text}")]
        self.status = 200
        self.heard: list[tuple[str, str]] = []
        self.port = 0
        self._open = threading.Event()
        self._open.set()
        self._answered: dict[str, list[Reply]] = {}

    @property
    def texts(self) -> list[str]:
        """What was heard, whoever said it."""
        return [text for _, text in self.heard]

    def hold(self) -> None:
        """Keep everybody waiting from now on."""
        self._open.clear()

    def go_on(self) -> None:
        """Answer who waits, and whoever comes."""
        self._open.set()

    @contextmanager
    def serving(self) -> Iterator["ScriptedRasa"]:
        """Serve on ``port``, in place of both servers."""
        app = FastAPI()

        # Not async: each runs in a thread, and may be held there.
        @app.post("/webhooks/zhida/turn")
        def turn(body: dict[str, Any]) -> Any:
            self._open.wait(20)
            if self.status != 200:
                self.heard.append((body["sender"], body["text"]))
                return JSONResponse({"error": "scripted"}, self.status)
            nlu = {"intent": None, "confidence": 0.0, "entities": []}
            return {"messages": self._take(body), "nlu": nlu}

        @app.get("/webhooks/zhida/")
        @app.get("/health")
        def health() -> str:
            return "ok"

        with serve(app) as url:
            self.port = urlsplit(url).port or 0
            try:
                yield self
            finally:
                self.go_on()

    def _take(self, body: dict[str, Any]) -> list[Reply]:
        known = self._answered.get(body["message_id"])
        if known is None:
            self.heard.append((body["sender"], body["text"]))
            known = self._answered[body["message_id"]] = self.answer(body["text"])
        return known
