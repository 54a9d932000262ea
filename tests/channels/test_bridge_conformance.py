"""The bridge keeps every channel's promises."""

import json
import time
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest

from bot.channels import bridge
from bot.channels.bridge.signature import MAX_AGE_SECONDS, sign
from tests.channels.conformance import ChannelConformance
from tests.channels.harness import OUT_OF_RANGE, Harness

SECRET = "a-secret-between-bridge-and-us"
PATH = "/channels/bridge"


def signed(content: bytes, *, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    """Return the headers of a request."""
    stamp = str(int(time.time()) - age)
    return {"X-Zhida-Timestamp": stamp, "X-Zhida-Signature": sign(secret, stamp, content)}


class BridgeHarness(Harness):
    """A program that carries another messenger's messages."""

    open_channel = staticmethod(bridge.open_channel)

    def settings(self) -> dict[str, Any]:
        return {"bridge_secret": SECRET}

    def conversation(self, person: str) -> str:
        return f"bridge:{person}"

    async def deliver(self, person: str, key: str, text: str) -> httpx.Response:
        return await self._post({"user": person, "message_id": key, "text": text})

    async def press(self, person: str, button: dict[str, str]) -> httpx.Response:
        return await self._press(person, button["title"], button["payload"])

    async def press_forged(self, person: str) -> list[httpx.Response]:
        payloads = ("/nonsense", "/restart", "greet", "/greet{", '/greet["a"]', OUT_OF_RANGE)
        return [await self._press(person, "x", payload) for payload in payloads]

    async def deliver_forged(self, person: str) -> list[httpx.Response]:
        content = json.dumps({"user": person, "message_id": "k", "text": "你好"}).encode()
        headers: tuple[dict[str, str], ...] = (
            {},
            signed(content, secret="another-secret"),
            signed(content, age=MAX_AGE_SECONDS + 60),
            signed(content, age=-MAX_AGE_SECONDS - 60),
            signed(content + b" "),
        )
        return [await self.http.post(PATH, content=content, headers=each) for each in headers]

    async def deliver_wordless(self, person: str) -> list[httpx.Response]:
        return [
            await self.deliver(person, str(number), text)
            for number, text in enumerate(("", " \n\u3000", "〔语音〕", "？？？"))
        ]

    async def deliver_unknown(self) -> list[httpx.Response]:
        bodies: tuple[Any, ...] = ({}, [], None, {"user": "one"}, {"user": 7, "message_id": "k"})
        return [await self._post(body) for body in bodies]

    async def replies(self, person: str) -> list[str]:
        path = f"{PATH}?{urlencode({'user': person, 'after': 0})}"
        answer = await self.http.get(path, headers=signed(path.encode()))
        return [line["text"] for line in answer.json()["messages"]]

    async def _press(self, person: str, title: str, payload: str) -> httpx.Response:
        pressed = {"text": title, "payload": payload}
        return await self._post({"user": person, "message_id": uuid4().hex, **pressed})

    async def _post(self, body: Any) -> httpx.Response:
        content = json.dumps(body).encode()
        return await self.http.post(PATH, content=content, headers=signed(content))


class TestBridge(ChannelConformance):
    @pytest.fixture
    def harness(self) -> Harness:
        return BridgeHarness()
