"""The webhook: only Telegram gets in, and 200 means stored."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from bot.channels.telegram.channel import TelegramChannel
from bot.limits.body import MAX_BODY_BYTES
from bot.messaging.messages import Incoming
from store.database import Database
from tests.support.bot_api import BotApi
from tests.support.bot_api_channel import inbox_rows, make_channel, running, until

CHAT = 42
SECRET = "Zx_9-geheim"
SETTINGS: dict[str, Any] = {
    "public_url": "https://zhida.example.gov.cn",
    "telegram_webhook_secret": SECRET,
}
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def client(channel: TelegramChannel) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(channel.routes())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


async def post(
    channel: TelegramChannel, content: Any, secret: str | None = SECRET
) -> httpx.Response:
    headers = {"Content-Type": "application/json"}
    if secret is not None:
        headers[HEADER] = secret
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    async with client(channel) as http:
        return await http.post("/channels/telegram", content=body, headers=headers)


@pytest.fixture
async def channel(bot_api: BotApi, database: Database) -> AsyncIterator[TelegramChannel]:
    """A channel in webhook mode."""
    async with running(bot_api, database, **SETTINGS) as channel:
        yield channel


async def test_telegram_is_told_where_to_post(bot_api: BotApi, channel: TelegramChannel) -> None:
    webhook = await until(bot_api, lambda: bot_api.webhook)
    assert webhook == {
        "url": "https://zhida.example.gov.cn/channels/telegram",
        "secret_token": SECRET,
        "allowed_updates": ["message", "callback_query"],
    }
    assert bot_api.calls("getUpdates") == []


async def test_an_update_is_stored_once(
    bot_api: BotApi, channel: TelegramChannel, database: Database
) -> None:
    update = bot_api.say(CHAT, "转人工")
    for _ in range(2):
        assert (await post(channel, update)).status_code == 200
    assert [(row.key, row.text) for row in inbox_rows(database)] == [
        (str(update["update_id"]), "转人工")
    ]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "密"])
async def test_strangers_are_refused(
    bot_api: BotApi, sqlite_database: Database, secret: str | None
) -> None:
    async with running(bot_api, sqlite_database, **SETTINGS) as channel:
        headers = [] if secret is None else [(HEADER.encode(), secret.encode())]
        async with client(channel) as http:
            update = bot_api.say(CHAT, "转人工")
            answer = await http.post("/channels/telegram", json=update, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "bad_signature"
    assert inbox_rows(sqlite_database) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"update_id": "1"}', 400),
        (b'{"update_id": true}', 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": 1, "x": "' + b"x" * MAX_BODY_BYTES + b'"}', 413),
        # Telegram may send what this version does not know: it must not come for ever.
        (b'{"update_id": 1}', 200),
        (b'{"update_id": 1, "message": {"news": 1}}', 200),
        (b'{"update_id": 1, "poll_of_the_future": {}}', 200),
    ],
)
async def test_bad_bodies(
    bot_api: BotApi, sqlite_database: Database, body: bytes, status: int
) -> None:
    async with running(bot_api, sqlite_database, **SETTINGS) as channel:
        answer = await post(channel, body)
    assert answer.status_code == status
    assert inbox_rows(sqlite_database) == []


async def test_no_200_while_the_database_is_down(
    bot_api: BotApi, sqlite_database: Database
) -> None:
    async def down(incoming: Incoming) -> None:
        raise OperationalError("INSERT", {"text": incoming.text}, Exception("gone"))

    async with running(bot_api, sqlite_database, down, **SETTINGS) as channel:
        answer = await post(channel, bot_api.say(CHAT, "我的秘密"))
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "unavailable"
    assert "我的秘密" not in answer.text


async def test_closed_while_polling(bot_api: BotApi, sqlite_database: Database) -> None:
    channel = make_channel(bot_api, sqlite_database)
    try:
        answer = await post(channel, bot_api.say(CHAT, "转人工"), secret="")
    finally:
        await channel.stop()
    assert answer.status_code == 404
    assert inbox_rows(sqlite_database) == []
