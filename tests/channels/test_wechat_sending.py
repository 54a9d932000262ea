"""What the 服务号 sends by itself, and the race of a callback's three tries."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.dialogue.turn import Reply
from bot.channels.callbacks.access_token import AccessToken
from bot.channels.callbacks.api import open_http
from bot.channels.wechat import notices, routes
from bot.channels.wechat.account import api_of
from bot.channels.wechat.notices import Notices, fitting
from bot.channels.wechat.sending import CustomMessages
from bot.messaging.channels import states
from bot.messaging.messages import Delivery, NotNow, Outgoing, RetryLater, Undeliverable
from bot.messaging.tables import OutboxMessage, Reach
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.channels.harness import ONE, Line, opened, until
from tests.channels.test_wechat_conformance import OPENIDS, WechatHarness
from tests.support.messaging import plain
from tests.support.scripted_rasa import ScriptedRasa
from tests.support.wechat_platform import APP_ID, SECRET, TOKEN, WechatPlatform

ME = OPENIDS[ONE]


@pytest.fixture
def platform() -> Iterator[WechatPlatform]:
    with WechatPlatform().serving() as platform:
        yield platform


@pytest.fixture
async def line(platform: WechatPlatform, sqlite_database: Database) -> AsyncIterator[Line]:
    with ScriptedRasa().serving() as rasa:
        async with opened(WechatHarness(platform), rasa, sqlite_database) as line:
            yield line


async def no_picture(_path: str) -> bytes | None:
    return b"\x89PNG"


@pytest.fixture
async def sender(platform: WechatPlatform, sqlite_database: Database) -> AsyncIterator[Any]:
    settings = Settings(
        _env_file=None,
        secret_key="a-key",
        wechat_app_id=APP_ID,
        wechat_secret=SECRET,
        wechat_token=TOKEN,
        wechat_api_base=platform.url,
        public_url="https://zhida.example.gov.cn",
    )
    async with open_http(platform.url) as http:
        api = api_of(settings, sqlite_database, http)
        told = Notices(settings, sqlite_database, api)
        yield CustomMessages(settings, api, no_picture, told)


def delivery(*replies: Reply, room: int = 2) -> Delivery:
    return Delivery(ME, tuple(Outgoing(n, each) for n, each in enumerate(replies, 1)), room)


async def test_replies_are_one_menu_and_a_picture_where_there_is_room(
    platform: WechatPlatform, sender: CustomMessages
) -> None:
    platform.event(ME, "subscribe")
    platform.message(ME, "text", Content="?")
    offer = {**plain("约哪个？"), "buttons": [{"title": "明天 9:00", "payload": "/greet"}]}
    shown: Reply = {**plain("本周人流"), "image": "/halls/1/week.png"}
    assert await sender.send(delivery(shown, offer)) == 2
    assert platform.people[ME].shown == ["本周人流\n\n约哪个？"]
    assert platform.people[ME].choices == {"明天 9:00": "2:0"}
    assert platform.media == [b"\x89PNG"]
    assert await sender.send(delivery(shown, room=1)) == 1
    assert "看图片" in platform.people[ME].shown[-1]


@pytest.mark.parametrize(
    ("code", "outcome", "lost"),
    [
        (-1, RetryLater, False),
        (45011, RetryLater, False),
        (45009, RetryLater, False),
        (40164, RetryLater, False),
        (45015, NotNow, False),
        (45047, NotNow, False),
        (48001, NotNow, False),
        (43004, NotNow, True),
        (43101, NotNow, True),
        (48002, NotNow, True),
        (40003, Undeliverable, False),
        (99999, Undeliverable, False),
    ],
)
async def test_numbers_are_heeded(
    platform: WechatPlatform,
    sender: CustomMessages,
    code: int,
    outcome: type[Exception],
    lost: bool,
) -> None:
    platform.fails = [code]
    with pytest.raises(outcome) as raised:
        await sender.send(delivery(plain("好")))
    error: Any = raised.value
    assert getattr(error, "lost", False) is lost
    assert getattr(error, "untaken", True), "it took nothing, and nothing is spent"
    assert SECRET not in str(error)


async def test_a_token_that_ends_is_renewed_once_for_all(
    platform: WechatPlatform, sender: CustomMessages
) -> None:
    platform.message(ME, "text", Content="?")
    platform.people[ME].left = 100
    await sender.send(delivery(plain("一")))
    platform.good_tokens.clear()
    await asyncio.gather(*[sender.send(delivery(plain(str(n)))) for n in range(20)])
    assert len(platform.people[ME].shown) == 21
    assert len(platform.tokens) == 2


async def test_two_processes_have_one_token(sqlite_database: Database) -> None:
    fetched = 0

    async def fetch() -> tuple[str, int]:
        nonlocal fetched
        fetched += 1
        await asyncio.sleep(0.3)
        return f"T{fetched}", 7200

    tokens = [AccessToken(sqlite_database, "x:token", "ab" * 32, fetch) for _ in range(3)]
    assert set(await asyncio.gather(*[token.get() for token in tokens])) == {"T1"}
    assert await tokens[0].get(but="T1") == "T2"
    assert await tokens[1].get(but="T1") == "T2"
    assert "T1" not in str(states.read(sqlite_database, "x:token"))


async def test_a_reminder_becomes_a_notice_where_there_is_a_template(
    platform: WechatPlatform, sender: CustomMessages, sqlite_database: Database
) -> None:
    card = {"kind": "booking", "hall": "浦东大厅", "start": "2026-12-02T14:00:00+08:00"}
    reminder: Reply = {**plain("提醒：明天来办事"), "data": {**card, "link": "/visits/a-b"}}
    with pytest.raises(NotNow):
        await sender.send(delivery(reminder, room=0))
    fields = {"thing1": "title", "time2": "time", "thing3": "hall"}
    template = f'{{"booking": {{"id": "T1", "fields": {str(fields).replace(chr(39), chr(34))}}}}}'
    states.keep(sqlite_database, notices.STATE, template, now=utc_now())
    assert await sender.send(delivery(reminder, room=0)) == 0
    (told,) = platform.people[ME].notices
    assert told["data"]["time2"] == {"value": "2026年12月02日 14:00"}
    assert (told["client_msg_id"], told["url"][-11:]) == ("zhida-1", "/visits/a-b")
    assert fitting("thing1", "长" * 30) == "长" * 19 + "…"


async def test_three_tries_are_one_message_and_one_answer(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first two tries time out; the third brings the answer, and nothing comes beside it."""
    monkeypatch.setattr(routes, "ANSWER_WITHIN", timedelta(seconds=0.5))
    line.rasa.hold()
    tries = [asyncio.create_task(line.harness.deliver(ONE, "k", "你好")) for _ in range(2)]
    assert [(await each).content for each in tries] == [b"success"] * 2
    third = asyncio.create_task(line.harness.deliver(ONE, "k", "你好"))
    await asyncio.sleep(0.1)
    line.rasa.go_on()
    await third
    assert await line.heard(ONE, 1) == ["收到：你好"]
    assert line.stored() == ["你好"]


async def test_what_is_late_comes_by_a_message_within_the_allowance(
    line: Line, platform: WechatPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.harness.be_late(monkeypatch)
    for number in range(7):
        await line.harness.deliver(ONE, str(number), f"第{number}句")
    assert len(await line.heard(ONE, 7)) == 7
    person = platform.people[ME]
    assert person.left >= 0
    with line.database.read() as session:
        reach = session.scalars(select(Reach)).one()
    assert reach.left <= person.left


async def test_who_has_left_gets_it_when_they_come_back(
    line: Line, platform: WechatPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness: Any = line.harness
    line.harness.be_late(monkeypatch)
    await line.harness.deliver(ONE, "k", "你好")
    await line.heard(ONE, 1)
    await harness.post(platform.event(ME, "unsubscribe"))
    with line.database.write() as session:
        row = session.scalars(select(OutboxMessage)).one()
        again = {"conversation_id": row.conversation_id, "author": "bot", "body": plain("提醒")}
        now = utc_now()
        session.add(OutboxMessage(**again, next_attempt_at=now, created_at=now))
        session.commit()
    line.messaging.told(line.harness.conversation(ONE))

    def held() -> bool:
        with line.database.read() as session:
            return "held" in session.scalars(select(OutboxMessage.status)).all()

    await until(lambda: asyncio.to_thread(held))
    monkeypatch.undo()
    await harness.post(platform.event(ME, "subscribe", EventKey=""))
    assert await line.heard(ONE, 3) == ["收到：你好", "提醒", "收到：/greet"]
