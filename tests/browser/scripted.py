"""The web pages in front of a scripted ``/api/messages``, over real HTTP.

What is tested with it is the page itself: what it does when the server is slow, silent,
repeats itself or is handed hostile words. The real assistant has its own test beside this.
"""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import uvicorn
from fastapi import FastAPI, Header, Request
from fastapi.responses import JSONResponse, Response

from bot.web import router
from store.database import Database
from store.settings import Settings

Reply = dict[str, Any]
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC).isoformat()


def reply(text: str, *buttons: tuple[str, str], data: dict[str, Any] | None = None) -> Reply:
    """Return a reply as the chat interface gives it, without its id."""
    return {
        "text": text,
        "buttons": [{"title": title, "payload": payload} for title, payload in buttons],
        "image": None,
        "data": data,
    }


class Script:
    """What the server has been told to do, and what it was sent."""

    def __init__(self) -> None:
        self.answer: Callable[[str], list[Reply]] = lambda text: [reply(f"收到：{text}")]
        self.down = False
        self.lose_answers = 0  # take the message, but let the response get lost
        self.too_fast = 0  # refuse so many, to be sent again in a second
        self.notices = False  # answer with a notice; the reply comes by ``release``
        self.mode = "bot"
        self.over = False  # the server stops: nobody is kept waiting
        self.error: tuple[int, str] | None = None
        self.posts: list[dict[str, Any]] = []
        self.lines: dict[str, list[dict[str, Any]]] = {}
        self._taken: dict[str, list[Reply]] = {}
        self._next = 100

    def take(self, message: dict[str, Any]) -> list[Reply]:
        """Handle a message once; a repeat gets the same replies again."""
        known = self._taken.get(message["message_id"])
        if known is not None:
            return known
        line = {"id": None, "author": "user", "text": message["text"], "at": AT}
        self._log(message["conversation"]).append(line | {"message_id": message["message_id"]})
        if self.mode == "staff":
            replies = []
        elif self.notices:
            notice = reply("稍等一下", data={"kind": "pending"})
            replies = [self.say(message["conversation"], notice, "notice")]
        else:
            replies = [
                self.say(message["conversation"], answer) for answer in self.answer(message["text"])
            ]
        self._taken[message["message_id"]] = replies
        return replies

    def say(self, conversation: str, words: Reply, author: str = "bot") -> Reply:
        """Put a reply into the conversation; waiting pages get it."""
        self._next += 1
        line = words | {"id": self._next, "author": author, "at": AT}
        self._log(conversation).append(line)
        return words | {"id": self._next}

    def after(self, conversation: str, after: int) -> list[dict[str, Any]]:
        """Return the replies newer than ``after``."""
        lines = self._log(conversation)
        return [line for line in lines if line["author"] != "user" and line["id"] > after]

    def history(self, conversation: str) -> list[dict[str, Any]]:
        """Return everything said."""
        return list(self._log(conversation))

    def _log(self, conversation: str) -> list[dict[str, Any]]:
        return self.lines.setdefault(conversation, [])


def make_app(script: Script, database: Database, settings: Settings) -> FastAPI:
    """Return the pages with the scripted interface."""
    app = FastAPI()
    app.include_router(router(database, settings))

    @app.post("/api/messages")
    async def post(request: Request) -> Response:
        message = await request.json()
        if script.down:
            return Response(status_code=503)
        script.posts.append(message)
        if script.error:
            status, text = script.error
            body = {"error": {"code": "refused", "message": text, "field": "text"}}
            return JSONResponse(body, status)
        if script.too_fast:
            script.too_fast -= 1
            return Response(status_code=429, headers={"Retry-After": "1"})
        replies = script.take(message)
        if script.lose_answers:
            script.lose_answers -= 1
            return Response(status_code=502)
        body = {"conversation": message["conversation"], "message_id": message["message_id"]}
        return JSONResponse(body | {"replies": replies, "nlu": {}, "mode": script.mode})

    @app.get("/api/messages")
    async def get(
        authorization: Annotated[str, Header()], after: int | None = None, wait: float = 0
    ) -> Response:
        conversation = authorization.removeprefix("Bearer ")
        if script.down:
            return Response(status_code=503)
        if after is None:
            lines = script.history(conversation)
        else:
            lines = await _wait(script, conversation, after, wait)
        last = max([line["id"] for line in lines if line["id"]], default=after or 0)
        body = {"conversation": conversation, "mode": script.mode, "messages": lines}
        return JSONResponse(body | {"next": last})

    return app


async def _wait(script: Script, conversation: str, after: int, wait: float) -> list[dict[str, Any]]:
    for _ in range(int(min(wait, 1) / 0.05)):
        if script.over or script.after(conversation, after):
            break
        await asyncio.sleep(0.05)
    return script.after(conversation, after)


@contextmanager
def serve(app: FastAPI, *, sockets: bool = False) -> Iterator[str]:
    """Serve ``app`` on a free port of this machine; yield its address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    ws: Literal["auto", "none"] = "auto" if sockets else "none"
    config = uvicorn.Config(app, log_level="error", ws=ws, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
