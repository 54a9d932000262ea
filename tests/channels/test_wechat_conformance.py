"""The 服务号 keeps every channel's promises, in front of a strict stand-in of the platform."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.channels import wechat
from bot.channels.callbacks.fields import first, read_fields
from bot.channels.wechat import routes
from bot.channels.wechat.routes import PATH
from tests.channels.conformance import ChannelConformance
from tests.channels.harness import ONE, TWO, Harness
from tests.support.wechat_platform import (
    AES_KEY,
    APP_ID,
    SECRET,
    TOKEN,
    WechatPlatform,
    as_xml,
    decrypted,
    plain_query,
    sealed,
    sha1,
)

OPENIDS = {ONE: "oZhidaTest000000000000000001", TWO: "oZhidaTest000000000000000002"}
TAPPABLE = re.compile(
    r'\n?<a href="weixin://bizmsgmenu\?msgmenucontent=([^"]*)&msgmenuid=([^"]*)">[^<]*</a>'
)


class WechatHarness(Harness):
    """Followers of the account, and the platform's hand at our callback."""

    open_channel = staticmethod(wechat.open_channel)
    refusal = 403

    def __init__(self, platform: WechatPlatform) -> None:
        self.platform = platform
        self._callbacks: dict[tuple[str, str], dict[str, Any]] = {}
        self._told: set[tuple[str, Any]] = set()

    def settings(self) -> dict[str, Any]:
        return {
            "wechat_app_id": APP_ID,
            "wechat_secret": SECRET,
            "wechat_token": TOKEN,
            "wechat_aes_key": AES_KEY,
            "wechat_api_base": self.platform.url,
        }

    def conversation(self, person: str) -> str:
        return f"wechat:{OPENIDS[person]}"

    async def deliver(self, person: str, key: str, text: str) -> httpx.Response:
        if (person, key) not in self._callbacks:
            said = self.platform.message(OPENIDS[person], "text", Content=text)
            # Numbers have collided between people.
            said["MsgId"] = str(9000 + sum(1 for who, _ in self._callbacks if who == person))
            self._callbacks[person, key] = said
        return await self.post(self._callbacks[person, key])

    async def press(self, person: str, button: dict[str, str]) -> httpx.Response:
        shown = self.platform.people[OPENIDS[person]].choices
        return await self._tap(person, button["title"], shown[button["title"]])

    async def press_forged(self, person: str) -> list[httpx.Response]:
        shown = [ref for each in self.platform.people.values() for ref in each.choices.values()]
        outbox_id = shown[0].partition(":")[0]
        wrong = (shown[0], f"{outbox_id}:7", "999999:0", outbox_id, "' OR 1=1 --", "2147483648:0")
        return [await self._tap(person, "x", reference) for reference in wrong]

    async def deliver_forged(self, person: str) -> list[httpx.Response]:
        now = self.platform.now()
        said = as_xml(self.platform.message(OPENIDS[person], "text", Content="伪造"))
        posts = [
            ("", said),
            (plain_query(now), said),
            sealed(said, now, token="another"),
            sealed(said, now, receiver="wx00000000000other"),
            sealed(said, now, key="A" * 43),
            sealed(said, now - 700),
            sealed(said, now + 700),
            sealed(b'<!DOCTYPE x [<!ENTITY e "boom">]><xml><Content>&e;</Content></xml>', now),
        ]
        return [await self._send(query, body) for query, body in posts]

    async def deliver_wordless(self, person: str) -> list[httpx.Response]:
        say, openid = self.platform.message, OPENIDS[person]
        kinds = (
            say(openid, "image", PicUrl="http://p/0", MediaId="M1"),
            say(openid, "voice", MediaId="M2", Format="amr", Recognition=""),
            say(openid, "location", Location_X="9.5", Location_Y="150.5", Scale="15", Label=""),
            say(openid, "link", Title="招聘", Description="", Url="https://x.example.org"),
            say(openid, "file", Title="简历.pdf"),
            say(openid, "text", Content="😀😀"),
        )
        return [await self.post(fields) for fields in kinds]

    async def deliver_unknown(self) -> list[httpx.Response]:
        now = self.platform.now()
        bodies = (b"<xml></xml>", b"<xml><MsgType>text</MsgType></xml>", b"not xml", b"<a><b></a>")
        odd = [self.platform.event(OPENIDS[ONE], name) for name in ("VIEW", "LOCATION", "of_2030")]
        answers = [await self._send(*sealed(body, now)) for body in bodies]
        return [*answers, *[await self.post(fields) for fields in odd]]

    async def replies(self, person: str) -> list[str]:
        shown = self.platform.people[OPENIDS[person]].shown
        return [part for text in shown for part in text.split("\n\n")]

    def reads(self, shown: list[str], text: str) -> bool:
        """A long text is cut, and leads to its page."""
        if len(text.encode()) <= 2048:
            return shown == [text]
        (only,) = shown
        begun, _, rest = only.partition("\n<a ")
        return text.startswith(begun) and len(begun.encode()) > 1500 and "/replies/" in rest

    def go_away(self, away: bool) -> bool:
        self.platform.away = away
        return True

    def refuse(self, person: str) -> bool:
        self.platform.event(OPENIDS[person], "unsubscribe")
        return True

    def be_late(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(routes, "ANSWER_WITHIN", timedelta())

    async def _tap(self, person: str, title: str, reference: str) -> httpx.Response:
        tapped = {"Content": title, "bizmsgmenuid": reference}
        return await self.post(self.platform.message(OPENIDS[person], "text", **tapped))

    async def post(self, fields: dict[str, Any]) -> httpx.Response:
        """Call back, and let the person read what the response brings."""
        response = await self._send(*sealed(as_xml(fields), self.platform.now()))
        told = response.is_success and response.content not in (b"", b"success")
        key = (fields["FromUserName"], fields.get("MsgId"))
        if told and key not in self._told:
            # The platform tries again only what it has had no answer to.
            self._told.add(key)
            self._show(response.content)
        return response

    def _show(self, content: bytes) -> None:
        outer = read_fields(content)
        stamp, nonce, text = (first(outer, name) for name in ("TimeStamp", "Nonce", "Encrypt"))
        assert sha1(TOKEN, stamp, nonce, text) == first(outer, "MsgSignature")
        clear = read_fields(decrypted(text, APP_ID))
        assert first(clear, "MsgType") == "text"
        said = first(clear, "Content")
        assert len(said.encode()) <= 2048
        choices = dict(TAPPABLE.findall(said))
        self.platform.show(first(clear, "ToUserName"), TAPPABLE.sub("", said), choices)

    async def _send(self, query: str, body: bytes) -> httpx.Response:
        return await self.http.post(f"{PATH}?{query}", content=body)


@pytest.fixture
def platform() -> Iterator[WechatPlatform]:
    with WechatPlatform().serving() as platform:
        yield platform


class TestWechat(ChannelConformance):
    @pytest.fixture
    def harness(self, platform: WechatPlatform) -> Harness:
        return WechatHarness(platform)
