"""One conversation with a running assistant, over ``/api/messages`` (DESIGN section 4)."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

RETRY_SECONDS = 1.0
GIVE_UP_SECONDS = 120.0
"""How long a message is tried again while the line is broken, or we are told to wait."""
LATE_SECONDS = 300.0
"""How long an answer is waited for after "a moment, please"."""


class NoAssistant(Exception):
    """Nobody answers, or not in time; the text is one line for a person."""


class Refused(Exception):
    """The message is none that may be sent; the text is the answer's own sentence."""


@dataclass(frozen=True)
class Answer:
    """What a message was answered with: replies, reading and mode as DESIGN section 4 has them."""

    replies: tuple[dict[str, Any], ...]
    nlu: dict[str, Any]
    mode: str

    @property
    def is_pending(self) -> bool:
        """Whether it only says that the answer takes longer."""
        return bool(self.replies) and kind_of(self.replies[-1]) == "pending"

    @property
    def kinds(self) -> list[str | None]:
        """The replies' kinds; None for one that is only words."""
        return [kind_of(reply) for reply in self.replies]

    @property
    def buttons(self) -> list[dict[str, str]]:
        """The replies' buttons."""
        return [button for reply in self.replies for button in reply.get("buttons") or ()]

    @property
    def text(self) -> str:
        """The replies' words."""
        return "\n".join(reply["text"] for reply in self.replies)


def kind_of(reply: dict[str, Any]) -> str | None:
    """Return the kind of a reply's ``data``, None where it has none."""
    kind: str | None = (reply.get("data") or {}).get("kind")
    return kind


class Talk:
    """A conversation; ``conversation`` is its id, a new one unless given."""

    def __init__(self, http: httpx.Client, conversation: str = "", name: str = "talk") -> None:
        self._http = http
        self._conversation = conversation or f"{name}-{secrets.token_hex(12)}"

    def send(self, text: str, payload: str | None = None) -> Iterator[Answer]:
        """Say something, or press a button by its ``payload``; yield the answer.

        What asks for patience is yielded before it. Raises NoAssistant and Refused.
        """
        # Its own id makes a repeat harmless, and brings the first one's answer.
        message = {"message_id": secrets.token_urlsafe(12), "text": text}
        if payload is not None:
            message["payload"] = payload
        answer = self._post(message)
        yield answer
        if not answer.is_pending:
            return
        deadline = time.monotonic() + LATE_SECONDS
        while answer.is_pending:
            if time.monotonic() > deadline:
                raise NoAssistant(f"助手 {LATE_SECONDS:.0f} 秒没有回答：{text}")
            time.sleep(RETRY_SECONDS)
            answer = self._post(message)
        yield answer

    def ask(self, text: str, payload: str | None = None) -> Answer:
        """Say something and return the answer, waited for; raises NoAssistant and Refused."""
        *_, answer = self.send(text, payload)
        return answer

    def _post(self, message: dict[str, str]) -> Answer:
        message = {"conversation": self._conversation, **message}
        deadline = time.monotonic() + GIVE_UP_SECONDS
        while True:
            seconds = RETRY_SECONDS
            try:
                response = self._http.post("/api/messages", json=message)
                if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
                    seconds = float(response.headers.get("Retry-After", RETRY_SECONDS))
                elif response.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                    return _answer(response.json())
            except (httpx.TransportError, ValueError):
                pass
            if time.monotonic() + seconds > deadline:
                raise NoAssistant("连不上助手，请确认它已启动（zhida up）。")
            time.sleep(seconds)


def _answer(body: dict[str, Any]) -> Answer:
    if "error" in body:
        raise Refused(body["error"]["message"])
    return Answer(tuple(body["replies"]), body["nlu"], body["mode"])


@contextmanager
def assistant_at(url: str) -> Iterator[httpx.Client]:
    """Yield a client of the assistant that runs at ``url``; raises NoAssistant."""
    timeout = httpx.Timeout(60.0, connect=5.0)
    with httpx.Client(base_url=url, timeout=timeout, trust_env=False) as http:
        try:
            http.get("/healthz").raise_for_status()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAssistant(f"{url} 上没有助手，请先运行 zhida up。") from error
        yield http
