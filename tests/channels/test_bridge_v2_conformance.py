"""The bridge's second door keeps every channel's promises, fetched from and pushing."""

import json
import re
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from bot.channels import bridge_v2
from bot.channels.bridge_v2.routes import PATH
from bot.channels.bridge_v2.signature import HEADERS, MAX_AGE_SECONDS, Door, secrets_of, sign
from store.settings import Settings
from tests.browser.scripted import serve
from tests.channels.conformance import ChannelConformance
from tests.channels.harness import ONE, Harness, Line, opened
from tests.support.messaging import plain
from tests.support.scripted_rasa import ScriptedRasa

SECRET = "a-secret-between-bridge-and-us"
SETTINGS = Settings(_env_file=None, bridge_secret=SECRET)
NUMBERED = re.compile(r"\n(\d+)\. ([^\n]*)")


def headers(
    method: str, path: str, body: bytes, *, account: str = "wx-mini", **more: Any
) -> dict[str, str]:
    """Sign a request, rightly unless ``more`` says how not."""
    secret = more.get("secret") or secrets_of(SETTINGS, account)[0]
    stamp = str(int(time.time()) - more.get("age", 0))
    nonce = more.get("nonce") or uuid4().hex
    signature = sign(secret, method, path, stamp, nonce, more.get("signed", body))
    return dict(zip(HEADERS, (account, stamp, nonce, signature), strict=True))


class BridgeV2Harness(Harness):
    """A program that carries a messenger with buttons, and fetches what is late."""

    open_channel = staticmethod(bridge_v2.open_channel)
    account = "wx-mini"
    can: dict[str, Any] = {"v": 2, "buttons": {"max": 10, "title_bytes": 128}}  # noqa: RUF012
    told = False

    def settings(self) -> dict[str, Any]:
        return {"bridge_secret": SECRET}

    def conversation(self, person: str) -> str:
        return f"bridge2:{self.account}:{person}"

    async def deliver(self, person: str, key: str, text: str) -> httpx.Response:
        return await self.say(person, message_id=key, text=text)

    async def press(self, person: str, button: dict[str, str]) -> httpx.Response:
        answer = await self._fetch(person)
        shown = [each for reply in answer["replies"] for each in reply["buttons"]]
        payload = next(s["payload"] for s in reversed(shown) if s["title"] == button["title"])
        return await self.say(person, kind="button", text=button["title"], payload=payload)

    async def press_forged(self, person: str) -> list[httpx.Response]:
        wrong = ("1:0", "999999:0", "/greet", "' OR 1=1", "2147483648:0")
        return [await self.say(person, kind="button", text="x", payload=each) for each in wrong]

    async def deliver_forged(self, person: str) -> list[httpx.Response]:
        body = json.dumps({"v": 2, "user": person, "message_id": "k", "text": "你好"}).encode()
        once = headers("POST", PATH, body)
        tried: tuple[dict[str, str], ...] = (
            {**once, HEADERS[0]: "another"},
            headers("POST", PATH, body, secret="wrong"),
            headers("POST", PATH, body, age=MAX_AGE_SECONDS + 60),
            headers("POST", PATH, body, signed=body + b" "),
            headers("GET", PATH, body),
            headers("POST", f"{PATH}/receipts", body),
            headers("POST", PATH, body, nonce="short"),
            {},
        )
        return [await self.http.post(PATH, content=body, headers=each) for each in tried]

    async def deliver_wordless(self, person: str) -> list[httpx.Response]:
        place = {"lat": 9.5, "lng": 150.5}
        return [
            await self.say(person, kind="image", media=[{"mime": "image/png", "size": 3}]),
            await self.say(person, kind="voice", transcript=""),
            await self.say(person, kind="location", location=place),
            await self.say(person, kind="unknown"),
            await self.say(person, text="？？？"),
        ]

    async def deliver_unknown(self) -> list[httpx.Response]:
        odd: tuple[Any, ...] = (
            {},
            [],
            None,
            {"v": 1, "user": "one", "message_id": "k", "text": "一"},
            {"v": 2, "user": "one"},
            {"v": 2, "user": "one", "message_id": "k", "kind": "of_2030"},
            {"v": 2, "user": "one", "message_id": "k", "kind": "event", "event": {"type": "x"}},
            {"v": 2, "user": "one", "message_id": "k", "text": " "},
        )
        return [await self._post(PATH, body) for body in odd]

    async def replies(self, person: str) -> list[str]:
        answer = await self._fetch(person)
        return [reply["text"] for reply in answer["replies"]]

    async def _fetch(self, person: str) -> dict[str, Any]:
        path = f"{PATH}?{urlencode({'user': person, 'after': 0})}"
        signed = headers("GET", path, b"", account=self.account)
        answer = (await self.http.get(path, headers=signed)).json()
        assert isinstance(answer, dict)
        return answer

    async def say(self, person: str, **more: Any) -> httpx.Response:
        """Post a message, after what the account can do."""
        if not self.told:
            self.told = True
            assert (await self._post(f"{PATH}/capabilities", self.can)).json() == {"noted": True}
        body = {"v": 2, "user": person, "message_id": uuid4().hex, **more}
        return await self._post(PATH, body)

    async def _post(self, path: str, body: Any) -> httpx.Response:
        content = json.dumps(body).encode()
        signed = headers("POST", path, content, account=self.account)
        return await self.http.post(path, content=content, headers=signed)


class PushedHarness(BridgeV2Harness):
    """A program without buttons, that is pushed to and has its messages counted."""

    account = "sms"

    def __init__(self) -> None:
        self.shown: dict[str, list[dict[str, Any]]] = {}
        self.keys: set[str] = set()
        self.away = False
        self.refused: set[str] = set()

    def serving(self, url: str) -> None:
        """Say where replies are pushed to."""
        push = {"hours": 48, "count": 5}
        self.can = {"v": 2, "push": push, "callback_url": f"{url}/zhida"}

    def app(self) -> FastAPI:
        """Return the program's own server, which checks our signature as we do its."""
        app, door = FastAPI(), Door(SETTINGS)

        @app.post("/zhida")
        async def take(request: Request) -> Any:
            body = await request.body()
            admitted = door.admit(request.headers, "POST", "/zhida", body, time.time())
            assert admitted == self.account
            if self.away:
                return JSONResponse({}, 503)
            reply = json.loads(body)
            if reply["user"] in self.refused:
                return {"status": "failed", "code": "blocked"}
            self.show(reply["user"], request.headers["idempotency-key"], reply)
            return {"status": "sent"}

        return app

    def show(self, user: str, key: str, reply: dict[str, Any]) -> None:
        if key not in self.keys:
            self.keys.add(key)
            self.shown.setdefault(user, []).append(reply)

    async def say(self, person: str, **more: Any) -> httpx.Response:
        answer = await super().say(person, **more)
        if answer.is_success:
            for reply in answer.json()["replies"]:
                self.show(person, f"{self.account}:{reply['id']}", reply)
        return answer

    async def press(self, person: str, button: dict[str, str]) -> httpx.Response:
        for reply in reversed(self.shown[person]):
            for number, title in NUMBERED.findall(reply["text"]):
                if title == button["title"]:
                    return await self.say(person, text=number)
        raise AssertionError("it was not shown")

    async def replies(self, person: str) -> list[str]:
        texts = [NUMBERED.sub("", reply["text"]) for reply in self.shown.get(person, [])]
        return [part for text in texts for part in text.split("\n\n")]

    def go_away(self, away: bool) -> bool:
        self.away = away
        return True

    def refuse(self, person: str) -> bool:
        self.refused.add(person)
        return True

    def be_late(self, patch: pytest.MonkeyPatch) -> None:
        late = self.say

        async def say(person: str, **more: Any) -> httpx.Response:
            return await late(person, **{"deadline_ms": 0, **more})

        patch.setattr(self, "say", say)


class TestBridgeV2(ChannelConformance):
    @pytest.fixture
    def harness(self) -> Harness:
        return BridgeV2Harness()


class TestPushed(ChannelConformance):
    @pytest.fixture
    def harness(self) -> Iterator[Harness]:
        harness = PushedHarness()
        with serve(harness.app()) as url:
            harness.serving(url)
            yield harness

    async def test_a_pressed_button_means_what_it_was_sent_with(self, line: Line) -> None:
        """The number that is typed is the button that is pressed."""
        offer = {**plain("哪个？"), "buttons": [{"title": "甲", "payload": "/greet"}]}
        line.rasa.answer = lambda text: [offer] if text == "约" else [plain("好")]
        await line.harness.deliver(ONE, "k", "约")
        await line.heard(ONE, 1)
        await line.harness.deliver(ONE, "k2", "１")
        await line.heard(ONE, 2)
        await line.harness.deliver(ONE, "k3", "7")
        await line.heard(ONE, 3)
        assert line.rasa.texts == ["约", "/greet", "7"]


@pytest.fixture
async def line(sqlite_database: Any) -> AsyncIterator[Line]:
    with ScriptedRasa().serving() as rasa:
        async with opened(BridgeV2Harness(), rasa, sqlite_database) as line:
            yield line


async def test_a_request_is_taken_once_and_an_old_secret_is_good_for_a_while(line: Line) -> None:
    harness: Any = line.harness
    await harness.deliver(ONE, "k", "你好")
    body = json.dumps({"v": 2, "user": ONE, "message_id": "k2", "text": "在吗"}).encode()
    signed = headers("POST", PATH, body)
    answers = [await harness.http.post(PATH, content=body, headers=signed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 401]
    assert answers[1].json()["error"]["code"] == "repeated_nonce"
    both = Settings(_env_file=None, bridge_secret=f"{'n' * 20},{SECRET}")
    assert secrets_of(both, "wx-mini")[1] == secrets_of(SETTINGS, "wx-mini")[0]
    assert secrets_of(SETTINGS, "wx-mini") != secrets_of(SETTINGS, "sms")


async def test_a_receipt_brings_what_failed_again_with_the_next_answer(line: Line) -> None:
    harness: Any = line.harness
    first = (await harness.deliver(ONE, "k", "你好")).json()["replies"][0]
    receipt = {"v": 2, "user": ONE, "reply_id": first["id"], "status": "failed"}
    noted = await harness._post(f"{PATH}/receipts", {**receipt, "code": "window_closed"})
    assert noted.json() == {"noted": True}
    again = (await harness.deliver(ONE, "k2", "在吗")).json()["replies"]
    assert [reply["text"] for reply in again] == ["收到：你好", "收到：在吗"]
    assert again[0]["id"] != first["id"]


async def test_somebody_comes_by_a_code(line: Line) -> None:
    harness: Any = line.harness
    entered = {"type": "enter", "key": "book_window"}
    answer = await harness.say(ONE, kind="event", event=entered)
    assert answer.json()["replies"][0]["text"] == "收到：/book_window"
    left = await harness.say(ONE, kind="event", event={"type": "leave"})
    assert left.json()["replies"] == []
