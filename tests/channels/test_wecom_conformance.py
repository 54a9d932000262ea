"""微信客服 keeps every channel's promises, in front of a strict stand-in of the platform."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.channels import wecom
from bot.channels.wecom.pulling import CURSOR
from bot.channels.wecom.routes import PATH
from bot.messaging.channels import states
from tests.channels.conformance import ChannelConformance
from tests.channels.harness import ONE, TWO, Harness, until
from tests.support.wechat_platform import sealed
from tests.support.wecom_platform import (
    ACCOUNT,
    AES_KEY,
    CORP_ID,
    SECRET,
    TOKEN,
    WecomPlatform,
    callback,
)

PEOPLE = {ONE: "wmZhidaTestPerson000000000000001", TWO: "wmZhidaTestPerson000000000000002"}


class WecomHarness(Harness):
    """People in WeChat, and the platform's hand at our callback."""

    open_channel = staticmethod(wecom.open_channel)
    refusal = 403

    def __init__(self, platform: WecomPlatform) -> None:
        self.platform = platform
        self._said: dict[tuple[str, str], dict[str, Any]] = {}

    def settings(self) -> dict[str, Any]:
        return {
            "wecom_corp_id": CORP_ID,
            "wecom_kf_secret": SECRET,
            "wecom_token": TOKEN,
            "wecom_aes_key": AES_KEY,
            "wecom_api_base": self.platform.url,
        }

    def conversation(self, person: str) -> str:
        return f"wecom:{ACCOUNT}:{PEOPLE[person]}"

    async def deliver(self, person: str, key: str, text: str) -> httpx.Response:
        known = self._said.get((person, key))
        if known is None:
            known = self.platform.say(PEOPLE[person], "text", content=text)
            self._said[person, key] = known
        else:
            self.platform.queue.append(known)
        return await self.call()

    async def press(self, person: str, button: dict[str, str]) -> httpx.Response:
        menu_id = self.platform.people[PEOPLE[person]].choices[button["title"]]
        self.platform.say(PEOPLE[person], "text", content=button["title"], menu_id=menu_id)
        return await self.call()

    async def press_forged(self, person: str) -> list[httpx.Response]:
        return [await self.http.post(f"{PATH}?msg_signature=x", content=b"<xml></xml>")]

    async def deliver_forged(self, person: str) -> list[httpx.Response]:
        now, said = time.time(), b"<xml><Event>kf_msg_or_event</Event></xml>"
        posts = [
            ("", said),
            sealed(said, now, receiver=CORP_ID, token="another"),
            sealed(said, now, receiver="ww00000000000other"),
            sealed(said, now, receiver=CORP_ID, key="A" * 43),
            sealed(said, now - 700, receiver=CORP_ID),
            sealed(b"<!DOCTYPE x><xml></xml>", now, receiver=CORP_ID),
        ]
        return [await self._send(query, body) for query, body in posts]

    async def deliver_wordless(self, person: str) -> list[httpx.Response]:
        kinds: tuple[tuple[str, dict[str, Any]], ...] = (
            ("image", {"media_id": "M1"}),
            ("voice", {"media_id": "M2"}),
            ("location", {"latitude": 9.5, "longitude": 150.5, "name": "", "address": ""}),
            ("merged_msg", {"title": "聊天记录", "item": []}),
            ("text", {"content": "😀😀"}),
        )
        for sort, part in kinds:
            self.platform.say(PEOPLE[person], sort, **part)
        answer = await self.call()
        return [answer] * len(kinds)

    async def deliver_unknown(self) -> list[httpx.Response]:
        odd: list[Any] = [{}, {"msgtype": 1}, {"msgtype": "event", "event": []}, {"origin": 3}]
        self.platform.queue += odd
        self.platform.happen(PEOPLE[ONE], "of_2030")
        calls = [callback(), callback("kf_account_auth_change"), callback(OpenKfId="' OR 1=1")]
        return [await self._send(query, body) for query, body in calls]

    async def replies(self, person: str) -> list[str]:
        shown = self.platform.people[PEOPLE[person]].shown
        return [part for text in shown for part in text.split("\n\n")]

    def reads(self, shown: list[str], text: str) -> bool:
        """A long text is cut, and leads to its page."""
        if len(text.encode()) <= 2048:
            return shown == [text]
        (only,) = shown
        begun, _, rest = only.partition("\n……")
        return text.startswith(begun) and len(begun.encode()) > 1500 and "/replies/" in rest

    def go_away(self, away: bool) -> bool:
        self.platform.away = away
        return True

    def refuse(self, person: str) -> bool:
        self.platform.people[PEOPLE[person]].refuses = True
        return True

    async def call(self) -> httpx.Response:
        """Say that there is something, and wait until it is stored: later than the answer."""
        there = len(self.platform.queue)
        answer = await self._send(*callback())
        await until(lambda: asyncio.to_thread(self._pulled, there))
        return answer

    def _pulled(self, there: int) -> bool:
        cursor = states.read(self.database, f"{CURSOR}{ACCOUNT}") or "C0"
        return int(cursor[1:]) >= there

    async def _send(self, query: str, body: bytes) -> httpx.Response:
        return await self.http.post(f"{PATH}?{query}", content=body)


@pytest.fixture
def platform() -> Iterator[WecomPlatform]:
    with WecomPlatform().serving() as platform:
        yield platform


class TestWecom(ChannelConformance):
    @pytest.fixture
    def harness(self, platform: WecomPlatform) -> Harness:
        return WecomHarness(platform)
