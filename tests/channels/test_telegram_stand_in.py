"""The stand-in Bot API server is as strict as its documentation, or stricter."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.support.bot_api import BotApi

CHAT = 42


@pytest.fixture
def http(bot_api: BotApi) -> Iterator[httpx.Client]:
    """A client at the bot's address."""
    with httpx.Client(base_url=f"{bot_api.url}/bot{bot_api.token}", timeout=20) as client:
        yield client


def call(http: httpx.Client, method: str, **parameters: Any) -> tuple[int, Any]:
    data = {k: v if isinstance(v, str) else json.dumps(v) for k, v in parameters.items()}
    response = http.post(f"/{method}", data=data)
    envelope = response.json()
    assert envelope["ok"] == (response.status_code == 200)
    if envelope["ok"]:
        return 200, envelope["result"]
    assert envelope["error_code"] == response.status_code
    return response.status_code, envelope


def keyboard(*buttons: dict[str, str]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


def test_who_it_is(http: httpx.Client) -> None:
    status, me = call(http, "getMe")
    assert (status, me["is_bot"]) == (200, True)


def test_wrong_addresses(bot_api: BotApi, http: httpx.Client) -> None:
    assert call(http, "sendTelegram", chat_id=1)[0] == 404
    assert call(http, "getme")[0] == 404
    assert httpx.get(f"{bot_api.url}/bot1:wrong/getMe").status_code == 401
    assert httpx.get(f"{bot_api.url}/getMe").status_code == 404


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({}, "needs"),
        ({"text": "x"}, "needs"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x", "colour": "red"}, "no parameter"),
        ({"text": "x", "parse_mode": "HTML"}, "no parameter"),
        ({"text": "x", "chat_id": "@somebody"}, "not an Integer"),
        ({"text": "x", "chat_id": 7}, "chat not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse"),
        ({"text": "x", "reply_markup": []}, "expected"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [{"text": "a"}]}}, "Array of Arrays"),
        ({"text": "x", "reply_markup": keyboard({"text": "a"})}, "unallowed"),
        ({"text": "x", "reply_markup": keyboard({"text": "a", "callback_data": ""})}, "DATA"),
        (
            {"text": "x", "reply_markup": keyboard({"text": "a", "callback_data": "约" * 22})},
            "DATA",
        ),
        (
            {"text": "x", "reply_markup": keyboard({"text": "a", "url": "http://127.0.0.1/原"})},
            "Wrong HTTP URL",
        ),
        ({"text": "x", "reply_markup": keyboard({"text": "", "url": "https://a.cn"})}, "text"),
        (
            {"text": "x", "reply_markup": keyboard({"text": "a", "url": "https://a.cn", "b": "c"})},
            "unknown",
        ),
    ],
)
def test_messages_it_refuses(
    bot_api: BotApi, http: httpx.Client, parameters: dict[str, Any], said: str
) -> None:
    bot_api.say(CHAT, "你好")
    if "text" in parameters and said != "needs":
        parameters = {"chat_id": CHAT, **parameters}
    status, envelope = call(http, "sendMessage", **parameters)
    assert status == 400
    assert said in envelope["description"]
    assert bot_api.sent() == []


def test_a_message_it_takes(bot_api: BotApi, http: httpx.Client) -> None:
    bot_api.say(CHAT, "你好")
    markup = keyboard({"text": "约", "callback_data": "1:0"}, {"text": "看", "url": "https://a.cn"})
    _, message = call(http, "sendMessage", chat_id=CHAT, text="😀" * 2048, reply_markup=markup)
    assert message["chat"]["id"] == CHAT
    assert message["date"] < 10**11  # seconds, not milliseconds
    (sent,) = bot_api.sent(CHAT)
    assert sent.titles == ["约", "看"]
    query = bot_api.press(CHAT, sent.message_id, 0)["callback_query"]
    assert (query["data"], query["message"]["chat"]["id"]) == ("1:0", CHAT)
    assert call(http, "answerCallbackQuery", callback_query_id=query["id"])[0] == 200
    assert call(http, "answerCallbackQuery", callback_query_id=query["id"])[0] == 400
    edit = {"chat_id": CHAT, "message_id": sent.message_id}
    assert call(http, "editMessageReplyMarkup", **edit)[0] == 200
    assert call(http, "editMessageReplyMarkup", **edit)[0] == 400  # not modified
    assert bot_api.sent(CHAT)[0].buttons == []


def test_updates_are_kept_until_confirmed(bot_api: BotApi, http: httpx.Client) -> None:
    first, second, third = (bot_api.say(CHAT, text)["update_id"] for text in "一二三")
    assert first < second < third

    def numbers(**parameters: Any) -> list[int]:
        return [update["update_id"] for update in call(http, "getUpdates", **parameters)[1]]

    assert numbers() == numbers() == [first, second, third]
    assert numbers(limit=1) == [first]
    assert numbers(offset=second) == [second, third]
    assert numbers() == [second, third]
    assert numbers(offset=-1) == [third]
    assert numbers() == [third]
    assert numbers(offset=third + 1) == []
    for wrong in ({"limit": 0}, {"limit": 101}, {"timeout": -1}, {"allowed_updates": ["news"]}):
        assert call(http, "getUpdates", **wrong)[0] == 400


def test_a_long_poll_ends_with_an_update(bot_api: BotApi, http: httpx.Client) -> None:
    found: list[Any] = []
    poll = threading.Thread(target=lambda: found.append(call(http, "getUpdates", timeout=15)))
    poll.start()
    bot_api.wait_for(lambda: bot_api.calls("getUpdates"))
    update = bot_api.say(CHAT, "你好")
    poll.join()
    assert found == [(200, [update])]


def test_only_the_types_asked_for(bot_api: BotApi, http: httpx.Client) -> None:
    call(http, "getUpdates", allowed_updates=["callback_query"])
    bot_api.say(CHAT, "你好")
    assert call(http, "getUpdates")[1] == []
    call(http, "getUpdates", allowed_updates=[])
    bot_api.say(CHAT, "你好")
    assert len(call(http, "getUpdates")[1]) == 1


def test_a_webhook_and_a_second_poller_are_conflicts(bot_api: BotApi, http: httpx.Client) -> None:
    assert call(http, "setWebhook", url="http://zhida.example.cn")[0] == 400
    assert call(http, "setWebhook", url="https://zhida.example.cn", secret_token="a b")[0] == 400
    assert call(http, "setWebhook", url="https://zhida.example.cn")[0] == 200
    assert call(http, "getUpdates")[0] == 409
    assert call(http, "getWebhookInfo")[1]["url"] == "https://zhida.example.cn"
    assert call(http, "deleteWebhook")[0] == 200
    found: list[Any] = []
    poll = threading.Thread(target=lambda: found.append(call(http, "getUpdates", timeout=15)[0]))
    poll.start()
    bot_api.wait_for(lambda: len(bot_api.calls("getUpdates")) == 2)
    assert call(http, "getUpdates")[0] == 200
    poll.join()
    assert found == [409]


def test_faults(bot_api: BotApi, http: httpx.Client) -> None:
    bot_api.say(CHAT, "你好")
    bot_api.fail(429, retry_after=3)
    status, envelope = call(http, "getMe")
    assert (status, envelope["parameters"]) == (429, {"retry_after": 3})
    bot_api.fail(502, method="sendMessage", skip=1)
    assert [call(http, "sendMessage", chat_id=CHAT, text="x")[0] for _ in "abc"] == [200, 502, 200]
    for status, count in ((0, 2), (-1, 3)):
        bot_api.fail(status)
        with pytest.raises(httpx.RemoteProtocolError):
            call(http, "sendMessage", chat_id=CHAT, text="x")
        assert len(bot_api.sent(CHAT)) == count
    bot_api.block(CHAT)
    assert call(http, "sendMessage", chat_id=CHAT, text="x")[0] == 403


def test_photos(bot_api: BotApi, http: httpx.Client) -> None:
    bot_api.say(CHAT, "你好")
    assert call(http, "sendPhoto", chat_id=CHAT, photo="https://a.cn/x.png")[0] == 200
    assert call(http, "sendPhoto", chat_id=CHAT, photo="/img/x.png")[0] == 400
    files = {"photo": ("x.png", b"not a picture")}
    assert http.post("/sendPhoto", data={"chat_id": CHAT}, files=files).status_code == 400


def test_waiting_in_vain_says_what_was_seen(bot_api: BotApi, http: httpx.Client) -> None:
    call(http, "getMe")
    with pytest.raises(TimeoutError, match="getMe"):
        bot_api.wait_for_sent(CHAT, 1, timeout=0.01)
