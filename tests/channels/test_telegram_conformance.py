"""The Telegram channel keeps every channel's promises, behind its webhook."""

from typing import Any

import httpx
import pytest

from bot.channels import telegram
from bot.channels.telegram.routes import SECRET_HEADER, WEBHOOK_PATH
from tests.channels.conformance import ChannelConformance
from tests.channels.harness import ONE, TWO, Harness
from tests.support.bot_api import BotApi

SECRET = "Zx_9-geheim"
CHATS = {ONE: 41, TWO: 42}
FILE = {"file_id": "f", "file_unique_id": "f"}


class TelegramHarness(Harness):
    """People on the stand-in Bot API server, and Telegram's own hand at our webhook."""

    open_channel = staticmethod(telegram.open_channel)

    def __init__(self, bot_api: BotApi) -> None:
        self._api = bot_api
        self._updates: dict[tuple[str, str], dict[str, Any]] = {}

    def settings(self) -> dict[str, Any]:
        return {
            "telegram_token": self._api.token,
            "telegram_api_base": self._api.url,
            "telegram_webhook_secret": SECRET,
        }

    def conversation(self, person: str) -> str:
        return f"telegram:{CHATS[person]}"

    async def deliver(self, person: str, key: str, text: str) -> httpx.Response:
        if (person, key) not in self._updates:
            # A message's own number is unique in its chat only.
            number = 1000 + sum(1 for sender, _ in self._updates if sender == person)
            update = self._api.say(CHATS[person], text, message_id=number)
            self._updates[person, key] = update
        return await self._post(self._updates[person, key])

    async def press(self, person: str, button: dict[str, str]) -> httpx.Response:
        return await self._post(self._api.tap(CHATS[person], button["title"]))

    async def press_forged(self, person: str) -> list[httpx.Response]:
        (offer,) = [sent for chat in CHATS.values() for sent in self._api.sent(chat)]
        shown = offer.buttons[0][0]["callback_data"]
        outbox_id, _, _ = shown.partition(":")
        wrong = (shown, f"{outbox_id}:7", "999999:0", outbox_id, "' OR 1=1 --")
        return [await self._post(self._api.send_query(CHATS[person], 1, data)) for data in wrong]

    async def deliver_forged(self, person: str) -> list[httpx.Response]:
        update = self._api.say(CHATS[person], "你好")
        secrets = (None, "", "wrong", SECRET + "x")
        return [await self._post(update, secret) for secret in secrets]

    async def deliver_wordless(self, person: str) -> list[httpx.Response]:
        chat = CHATS[person]
        shown = (
            self._api.show(chat, voice={**FILE, "duration": 3}),
            self._api.show(chat, photo=[{**FILE, "width": 90, "height": 90}]),
            self._api.show(chat, location={"latitude": 9.5, "longitude": 150.5}),
            self._api.say(chat, "😀😀"),
        )
        return [await self._post(update) for update in shown]

    async def deliver_unknown(self) -> list[httpx.Response]:
        bodies: tuple[Any, ...] = (
            {},
            [],
            {"update_id": 1},
            {"update_id": 2, "message": {"news": 1}},
            {"update_id": 3, "poll_of_the_future": {}},
        )
        return [await self._post(body) for body in bodies]

    async def replies(self, person: str) -> list[str]:
        return [sent.text for sent in self._api.sent(CHATS[person])]

    def go_away(self, away: bool) -> bool:
        if away:
            self._api.fail(502, times=10_000, method="sendMessage")
        else:
            self._api.mend()
        return True

    def refuse(self, person: str) -> bool:
        self._api.block(CHATS[person])
        return True

    async def _post(self, update: Any, secret: str | None = SECRET) -> httpx.Response:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        return await self.http.post(WEBHOOK_PATH, json=update, headers=headers)


class TestTelegram(ChannelConformance):
    @pytest.fixture
    def harness(self, bot_api: BotApi) -> Harness:
        return TelegramHarness(bot_api)
