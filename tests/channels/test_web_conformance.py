"""The web channel keeps every channel's promises."""

from typing import Any

import httpx
import pytest

from bot.channels import web
from tests.channels.conformance import ChannelConformance
from tests.channels.harness import OUT_OF_RANGE, Harness
from tests.support.conversations import bearer, conversation_of


class WebHarness(Harness):
    """A page in a browser."""

    open_channel = staticmethod(web.open_channel)

    def settings(self) -> dict[str, Any]:
        return {}

    def conversation(self, person: str) -> str:
        return f"web:{conversation_of(person)}"

    async def deliver(self, person: str, key: str, text: str) -> httpx.Response:
        return await self._say(person, message_id=key, text=text)

    async def press(self, person: str, button: dict[str, str]) -> httpx.Response:
        return await self._say(person, text=button["title"], payload=button["payload"])

    async def press_forged(self, person: str) -> list[httpx.Response]:
        payloads = ("/nonsense", "/restart", "greet", "/greet{", '/greet["a"]', OUT_OF_RANGE)
        return [await self._say(person, text="x", payload=payload) for payload in payloads]

    async def deliver_forged(self, person: str) -> list[httpx.Response]:
        return []  # whoever knows a conversation's id is that person

    async def deliver_wordless(self, person: str) -> list[httpx.Response]:
        texts = ("", " \n\u3000", "😀😀", "？？？")
        return [await self._say(person, text=text) for text in texts]

    async def deliver_unknown(self) -> list[httpx.Response]:
        bodies: tuple[Any, ...] = ({}, [], None, {"conversation": 7}, {"conversation": "a\nb"})
        return [await self._post(body) for body in bodies]

    async def replies(self, person: str) -> list[str]:
        answer = await self.http.get("/api/messages", headers=bearer(conversation_of(person)))
        return [line["text"] for line in answer.json()["messages"] if line["author"] != "user"]

    async def _say(self, person: str, **message: str) -> httpx.Response:
        return await self._post({"conversation": conversation_of(person), **message})

    async def _post(self, body: Any) -> httpx.Response:
        return await self.http.post("/api/messages", json=body)


class TestWeb(ChannelConformance):
    @pytest.fixture
    def harness(self) -> Harness:
        return WebHarness()
