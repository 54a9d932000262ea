"""Receiving: the real python-telegram-bot against the stand-in, into both databases."""

import asyncio
import logging

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from actions.dialogue.turn import Reply
from bot.channels.telegram.sentences import EXPIRED, TOO_MANY
from bot.messaging.intake import Accepted
from bot.messaging.messages import Incoming, TooManyWaiting
from bot.messaging.service import MAX_WAITING
from store.database import Database
from tests.support.bot_api import BotApi
from tests.support.bot_api_channel import (
    all_confirmed,
    delivery,
    inbox_rows,
    make_channel,
    put_reply,
    running,
    settings_for,
    storing,
    until,
)

CHAT = 42
OFFER: Reply = {
    "text": "这几个时段较空：",
    "buttons": [
        {"title": "明天 9:00", "payload": '/book_window{"slot_id":12}'},
        {"title": "明天 9:30", "payload": '/book_window{"slot_id":13}'},
    ],
    "image": None,
    "data": None,
}


async def test_a_message_is_stored_then_confirmed(bot_api: BotApi, database: Database) -> None:
    update = bot_api.say(CHAT, "现场招聘会还能办吗 😀")
    async with running(bot_api, database):
        await all_confirmed(bot_api)
    (row,) = inbox_rows(database)
    assert (row.channel, row.key) == ("telegram", str(update["update_id"]))
    assert (row.conversation_id, row.text) == ("telegram:42", "现场招聘会还能办吗 😀")
    assert row.payload is None


async def test_messages_come_while_polling_and_in_order(
    bot_api: BotApi, database: Database
) -> None:
    async with running(bot_api, database):
        await until(bot_api, lambda: bot_api.calls("getUpdates"))
        for number in range(150):  # more than one batch
            bot_api.say(CHAT + number % 3, f"第{number}条")
        await all_confirmed(bot_api)
    assert [row.text for row in inbox_rows(database)] == [f"第{n}条" for n in range(150)]


async def test_commands_are_payloads(bot_api: BotApi, database: Database) -> None:
    for text in ("/start", "/help", "/else"):
        bot_api.say(CHAT, text)
    async with running(bot_api, database):
        await all_confirmed(bot_api)
    assert [(row.text, row.payload) for row in inbox_rows(database)] == [
        ("/start", '/greet{"reset": "yes"}'),
        ("/help", "/ask_help"),
        ("/else", None),
    ]


async def test_an_update_delivered_twice_is_stored_once(
    bot_api: BotApi, database: Database
) -> None:
    update = bot_api.say(CHAT, "你好")
    bot_api.redeliver(update)
    async with running(bot_api, database):
        await all_confirmed(bot_api)
        bot_api.redeliver(update)
        later = bot_api.say(CHAT, "在吗")
        await all_confirmed(bot_api)
    keys = [row.key for row in inbox_rows(database)]
    assert keys == [str(update["update_id"]), str(later["update_id"])]


async def test_killed_between_the_commit_and_the_confirmation(
    bot_api: BotApi, database: Database
) -> None:
    store, stored = storing(database), asyncio.Event()

    async def store_and_hang(incoming: Incoming) -> None:
        await store(incoming)
        stored.set()
        await asyncio.Event().wait()

    update = bot_api.say(CHAT, "你好")
    async with running(bot_api, database, store_and_hang):
        await stored.wait()
    assert bot_api.unconfirmed == [update["update_id"]]
    assert len(inbox_rows(database)) == 1
    async with running(bot_api, database):
        await all_confirmed(bot_api)
    assert len(inbox_rows(database)) == 1


async def test_nothing_is_confirmed_while_the_database_is_down(
    bot_api: BotApi, database: Database
) -> None:
    store, failures = storing(database), iter(range(3))
    seen: list[list[int]] = []

    async def shaky(incoming: Incoming) -> object:
        if incoming.text == "二" and next(failures, None) is not None:
            seen.append(bot_api.unconfirmed)
            raise OperationalError("INSERT", {"text": incoming.text}, Exception("gone"))
        return await store(incoming)

    first, second, third = (bot_api.say(CHAT, text)["update_id"] for text in "一二三")
    with capture_logs() as lines:
        async with running(bot_api, database, shaky):
            await all_confirmed(bot_api)
    assert seen == [[first, second, third], [second, third], [second, third]]
    assert [row.text for row in inbox_rows(database)] == ["一", "二", "三"]
    events = [line["event"] for line in lines]
    assert events == ["telegram_trouble", "telegram_well_again"]
    assert "二" not in str(lines)


async def test_what_no_database_can_keep_does_not_hold_up_the_next(
    bot_api: BotApi, postgres_database: Database
) -> None:
    bot_api.say(10**250, "a chat id longer than any column")
    bot_api.say(CHAT, "你好")
    with capture_logs() as lines:
        async with running(bot_api, postgres_database):
            await all_confirmed(bot_api)
    assert [row.text for row in inbox_rows(postgres_database)] == ["你好"]
    assert [line["event"] for line in lines] == ["telegram_unstorable"]


async def test_one_persons_flood_does_not_stop_the_others(
    bot_api: BotApi, database: Database
) -> None:
    store, waiting = storing(database), 0

    async def limited(incoming: Incoming) -> Accepted:
        nonlocal waiting
        if incoming.peer == str(CHAT):
            waiting += 1
            if waiting > MAX_WAITING:
                raise TooManyWaiting(incoming.conversation_id, 5.0)
        return await store(incoming)

    for number in range(MAX_WAITING + 5):
        bot_api.say(CHAT, str(number))
    bot_api.say(CHAT + 1, "我排在后面")
    async with running(bot_api, database, limited):
        await all_confirmed(bot_api)
    assert len(inbox_rows(database)) == MAX_WAITING + 1
    assert inbox_rows(database)[-1].text == "我排在后面"
    assert [notice.text for notice in bot_api.sent()] == [TOO_MANY]


async def test_groups_and_edits_are_passed_over(bot_api: BotApi, database: Database) -> None:
    said = bot_api.say(CHAT, "原话")
    bot_api.edit(CHAT, said["message"]["message_id"], "改过的话")
    bot_api.say(-CHAT, "/start@zhida_test_bot")
    bot_api.show(CHAT, location={"latitude": 31.2, "longitude": 121.5})
    async with running(bot_api, database):
        await all_confirmed(bot_api)
    assert [row.text for row in inbox_rows(database)] == ["原话", "〔位置〕"]
    assert bot_api.sent() == []


async def test_an_unreadable_update_does_not_hold_up_the_next(
    bot_api: BotApi, database: Database
) -> None:
    bot_api.redeliver({"update_id": 5, "message": {"date": "a field Telegram changed"}})
    bot_api.say(CHAT, "你好")
    async with running(bot_api, database):
        await all_confirmed(bot_api)
    assert [row.text for row in inbox_rows(database)] == ["你好"]


# --- buttons ---


async def test_a_pressed_button(bot_api: BotApi, database: Database) -> None:
    bot_api.say(CHAT, "帮我约明天上午办失业登记")
    outbox_id = put_reply(database, CHAT, OFFER)
    async with running(bot_api, database) as channel:
        await channel.sender.send(delivery(str(CHAT), outbox_id, OFFER))
        update = bot_api.tap(CHAT, "明天 9:30")
        await until(bot_api, lambda: bot_api.answers)
        await all_confirmed(bot_api)
        row = inbox_rows(database)[-1]
        assert (row.key, row.text) == (str(update["update_id"]), "明天 9:30")
        assert row.payload == '/book_window{"slot_id":13}'
        assert "text" not in bot_api.answers[0]


async def test_a_press_delivered_twice_counts_once(bot_api: BotApi, database: Database) -> None:
    outbox_id = put_reply(database, CHAT, OFFER)
    update = bot_api.send_query(CHAT, 1, f"{outbox_id}:0")
    async with running(bot_api, database):
        await all_confirmed(bot_api)
        bot_api.redeliver(update)
        # The second answer is refused ("query ID is invalid"), which must not matter.
        await until(bot_api, lambda: len(bot_api.calls("answerCallbackQuery")) == 2)
        bot_api.say(CHAT, "在吗")
        await all_confirmed(bot_api)
    assert [row.text for row in inbox_rows(database)] == ["明天 9:00", "在吗"]
    assert len(bot_api.answers) == 1


async def test_presses_that_lead_nowhere(bot_api: BotApi, database: Database) -> None:
    own, foreign = put_reply(database, CHAT, OFFER), put_reply(database, CHAT + 1, OFFER)
    bare = put_reply(database, CHAT, {"text": "好", "buttons": [], "image": None, "data": None})
    wrong = (
        f"{foreign}:0",
        f"{own}:2",
        f"{bare}:0",
        f"{own + 1000}:0",
        "999999999999999999:0",
        f"{own}",
        "x" * 64,
        "' OR 1=1 --",
        "\0",
    )
    for data in wrong:
        bot_api.send_query(CHAT, 1, data)
    bot_api.send_query(-CHAT, 1, f"{own}:0")
    async with running(bot_api, database):
        await until(bot_api, lambda: len(bot_api.answers) == len(wrong) + 1)
        await all_confirmed(bot_api)
    assert inbox_rows(database) == []
    assert {answer["text"] for answer in bot_api.answers} == {EXPIRED}


# --- trouble ---


@pytest.mark.parametrize("status", [502, 500, 0])
async def test_it_goes_on_after_trouble(
    bot_api: BotApi, sqlite_database: Database, status: int
) -> None:
    bot_api.fail(status, times=3)
    bot_api.fail(status, times=3, method="getUpdates", skip=1)
    bot_api.say(CHAT, "一")
    async with running(bot_api, sqlite_database):
        await all_confirmed(bot_api)
        bot_api.say(CHAT, "二")
        await all_confirmed(bot_api)
    assert [row.text for row in inbox_rows(sqlite_database)] == ["一", "二"]


async def test_an_answer_lost_on_the_way_comes_again(
    bot_api: BotApi, sqlite_database: Database
) -> None:
    bot_api.fail(-1, times=2, method="getUpdates")
    bot_api.say(CHAT, "你好")
    async with running(bot_api, sqlite_database):
        await all_confirmed(bot_api)
    assert [row.text for row in inbox_rows(sqlite_database)] == ["你好"]


async def test_flood_control_of_the_poll_is_obeyed(
    bot_api: BotApi, sqlite_database: Database
) -> None:
    bot_api.fail(429, retry_after=1, method="getUpdates")
    bot_api.say(CHAT, "你好")
    async with running(bot_api, sqlite_database):
        await all_confirmed(bot_api)
    assert len(inbox_rows(sqlite_database)) == 1


async def test_two_pollers_store_everything_once(bot_api: BotApi, database: Database) -> None:
    with capture_logs() as lines:
        async with running(bot_api, database), running(bot_api, database):
            await until(bot_api, lambda: any("another process" in str(line) for line in lines))
            for number in range(20):
                bot_api.say(CHAT, str(number))
            await all_confirmed(bot_api)
    assert [row.text for row in inbox_rows(database)] == [str(n) for n in range(20)]


async def test_a_rejected_token_is_said_once_and_does_not_stop_the_app(
    bot_api: BotApi, sqlite_database: Database
) -> None:
    channel = make_channel(bot_api, sqlite_database, telegram_token="110201543:wrong")
    with capture_logs() as lines:
        await channel.start()
        try:
            await until(bot_api, lambda: len(lines) > 0)
            await until(bot_api, lambda: bot_api.refused_tokens >= 3)
        finally:
            await channel.stop()
    assert [line["event"] for line in lines] == ["telegram_trouble"]
    assert "ZHIDA_TELEGRAM_TOKEN" in lines[0]["why"]


async def test_a_webhook_left_behind_is_removed_before_polling(
    bot_api: BotApi, sqlite_database: Database
) -> None:
    url = "https://zhida.example.gov.cn"
    async with running(bot_api, sqlite_database, public_url=url, telegram_webhook_secret="geheim"):
        await until(bot_api, lambda: bot_api.webhook)
    bot_api.say(CHAT, "你好")
    async with running(bot_api, sqlite_database, public_url=url):
        await all_confirmed(bot_api)
    assert bot_api.webhook == {}
    assert len(inbox_rows(sqlite_database)) == 1


async def test_the_token_is_never_logged(
    bot_api: BotApi,
    sqlite_database: Database,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    bot_api.say(CHAT, "你好")
    bot_api.fail(502, times=2)
    bot_api.fail(0, times=2, method="getUpdates")
    async with running(bot_api, sqlite_database) as channel:
        await all_confirmed(bot_api)
        await channel.sender.send(delivery(str(CHAT), 1, OFFER))
    assert "HTTP Request: POST" in caplog.text  # httpx does log; it logs nothing secret
    captured = capsys.readouterr()
    secret = bot_api.token.partition(":")[2]
    for written in (caplog.text, captured.out, captured.err):
        assert secret not in written


def test_without_a_token_there_is_no_channel(bot_api: BotApi, sqlite_database: Database) -> None:
    with pytest.raises(ValueError, match="ZHIDA_TELEGRAM_TOKEN"):
        make_channel(bot_api, sqlite_database, telegram_token=None)
    assert bot_api.token not in repr(settings_for(bot_api))
