"""Edits, the sign of writing, links that lead somewhere, who blocks us and comes back."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from actions.dialogue.turn import Reply
from bot.channels.protocol import Entrance
from bot.channels.telegram import channel, typing
from bot.channels.telegram.shown import state_of
from store.database import Database
from tests.channels.harness import ONE, Line, opened, until
from tests.channels.test_telegram_conformance import CHATS, TelegramHarness
from tests.support.bot_api import BotApi
from tests.support.bot_api_channel import all_confirmed, inbox_rows, outbox_states, running
from tests.support.messaging import plain
from tests.support.scripted_rasa import ScriptedRasa

CHAT = CHATS[ONE]


@pytest.fixture
async def line(bot_api: BotApi, sqlite_database: Database) -> AsyncIterator[Line]:
    with ScriptedRasa().serving() as rasa:
        async with opened(TelegramHarness(bot_api), rasa, sqlite_database) as line:
            yield line


def times(*titles: str) -> Reply:
    buttons = [{"title": title, "payload": "/talk_to_staff"} for title in titles]
    card = {"kind": "slot_list", "slots": []}
    return {**plain(f"{titles[0]} 起的时段："), "buttons": buttons, "data": card}


async def offered(line: Line, bot_api: BotApi) -> None:
    """Have times offered, the first of which leads to others."""
    line.rasa.answer = lambda text: [times("下午") if text.startswith("帮我") else times("上午")]
    await line.harness.deliver(ONE, "k", "帮我约")
    await line.heard(ONE, 1)


def shown(bot_api: BotApi) -> list[str]:
    return [sent.text for sent in bot_api.sent(CHAT)]


async def press(line: Line, bot_api: BotApi, title: str, answered: int) -> None:
    await line.harness.press(ONE, {"title": title})
    await until(lambda: asyncio.to_thread(line.has, answered))
    await until(lambda: asyncio.to_thread(line.quiet))


async def test_other_times_take_the_place_of_those_pressed(line: Line, bot_api: BotApi) -> None:
    await offered(line, bot_api)
    await press(line, bot_api, "下午", 2)
    assert shown(bot_api) == ["上午 起的时段："]
    assert bot_api.sent(CHAT)[0].titles == ["上午"]
    assert len(bot_api.calls("editMessageText")) == 1


async def test_what_stands_above_a_later_message_is_left_alone(line: Line, bot_api: BotApi) -> None:
    await offered(line, bot_api)
    line.rasa.answer = lambda _: [times("上午")]
    await line.harness.deliver(ONE, "k2", "有没有别的")
    await line.heard(ONE, 2)
    await press(line, bot_api, "下午", 3)
    assert shown(bot_api) == ["下午 起的时段：", "上午 起的时段：", "上午 起的时段："]


async def test_what_cannot_be_edited_is_sent(line: Line, bot_api: BotApi) -> None:
    await offered(line, bot_api)
    line.rasa.hold()
    await line.harness.press(ONE, {"title": "下午"})
    bot_api.delete(CHAT, bot_api.sent(CHAT)[0].message_id)
    line.rasa.go_on()
    await until(lambda: asyncio.to_thread(lambda: bool(shown(bot_api))))
    assert shown(bot_api) == ["上午 起的时段："]


async def test_an_answer_is_no_next_state_of_times(line: Line, bot_api: BotApi) -> None:
    await offered(line, bot_api)
    line.rasa.answer = lambda _: [{**plain("约好了。"), "data": {"kind": "booking"}}]
    await press(line, bot_api, "下午", 2)
    assert shown(bot_api) == ["下午 起的时段：", "约好了。"]
    assert bot_api.calls("editMessageText") == []


@pytest.mark.parametrize(
    ("card", "state"),
    [
        ({"kind": "slot_list"}, "slot_list"),
        ({"kind": "booking", "status": "held"}, "booking"),
        ({"kind": "booking", "status": "confirmed"}, ""),
        ({"kind": "policy_answer"}, ""),
        (None, ""),
    ],
)
def test_only_what_passes_is_replaced(card: dict[str, str] | None, state: str) -> None:
    assert state_of({**plain("好"), "data": card}) == state


async def test_the_sign_of_writing_stays_until_the_answer(
    line: Line, bot_api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing, "SIGN_SECONDS", 0.1)
    line.rasa.hold()
    for number in range(3):
        await line.harness.deliver(ONE, str(number), f"第{number}句")
    await asyncio.to_thread(bot_api.wait_for, lambda: len(bot_api.calls("sendChatAction")) > 2)
    line.rasa.go_on()
    await line.heard(ONE, 3)
    await asyncio.sleep(0.3)
    signs = len(bot_api.calls("sendChatAction"))
    await asyncio.sleep(0.3)
    assert len(bot_api.calls("sendChatAction")) == signs


async def test_who_comes_back_is_told_what_they_missed(line: Line, bot_api: BotApi) -> None:
    line.rasa.hold()
    await line.harness.deliver(ONE, "k", "你好")
    bot_api.block(CHAT)
    line.rasa.go_on()
    await until(lambda: asyncio.to_thread(lambda: outbox_states(line.database) == ["held"]))
    assert shown(bot_api) == []
    bot_api.unblock(CHAT)
    await line.harness.deliver(ONE, "k2", "我回来了")
    assert await line.heard(ONE, 2) == ["收到：你好", "收到：我回来了"]


async def test_a_link_leads_to_its_hall(bot_api: BotApi, sqlite_database: Database) -> None:
    payload = '/hall_status{"hall": "浦东大厅"}'

    def scene(said: str) -> Entrance | None:
        return Entrance("浦东大厅", payload) if said == "hall-3" else None

    bot_api.say(CHAT, "/start hall-3")
    bot_api.say(CHAT, "/start nothing")
    async with running(bot_api, sqlite_database, scenes=scene):
        await all_confirmed(bot_api)
    payloads = [row.payload for row in inbox_rows(sqlite_database)]
    assert payloads == [payload, '/greet{"reset": "yes"}']


async def test_of_two_processes_one_polls_and_the_other_takes_over(
    bot_api: BotApi, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "LOOK_SECONDS", 0.05)
    async with running(bot_api, database, port=8001) as first:
        bot_api.say(CHAT, "一")
        await all_confirmed(bot_api)
        async with running(bot_api, database, port=8002):
            await asyncio.sleep(0.3)
            polls = len(bot_api.calls("getUpdates"))
            bot_api.say(CHAT, "二")
            await all_confirmed(bot_api)
            assert len(bot_api.calls("getUpdates")) <= polls + 2, "no conflict between them"
            await first.stop()
            bot_api.say(CHAT, "三")
            await all_confirmed(bot_api)
    assert [row.text for row in inbox_rows(database)] == ["一", "二", "三"]
