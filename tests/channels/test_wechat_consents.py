"""订阅通知: a consent given in WeChat lets one notice through, and no more than that."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from actions.dialogue.turn import Reply
from bot.channels.wechat import notices
from bot.messaging.channels import consents, states
from bot.messaging.tables import OutboxMessage, Reach
from store.clock import utc_now
from store.database import Database
from tests.channels.harness import ONE, Line, opened, until
from tests.channels.test_wechat_conformance import OPENIDS, WechatHarness
from tests.support.messaging import plain
from tests.support.scripted_rasa import ScriptedRasa
from tests.support.wechat_platform import WechatPlatform

ME, SORT = OPENIDS[ONE], "TplZhidaReminder0001"
CARD = {"kind": "booking", "hall": "浦东大厅", "start": "2026-12-02T14:00:00+08:00"}
REMINDER: Reply = {**plain("提醒：" + "明天来办事" * 9), "data": {**CARD, "link": "/visits/a-b"}}


@pytest.fixture
def platform() -> Iterator[WechatPlatform]:
    with WechatPlatform().serving() as platform:
        yield platform


@pytest.fixture
async def line(platform: WechatPlatform, database: Database) -> AsyncIterator[Line]:
    """Somebody who wrote two days ago, in front of an account with a template."""
    fields = {"thing1": "title", "time2": "time", "thing3": "hall"}
    chosen = json.dumps({"booking": {"id": SORT, "fields": fields}})
    states.keep(database, notices.SUBSCRIBED, chosen, now=utc_now())
    with ScriptedRasa().serving() as rasa:
        async with opened(WechatHarness(platform), rasa, database) as line:
            await line.harness.deliver(ONE, "k", "你好")
            await line.heard(ONE, 1)
            platform.people[ME].left = 0
            with database.write() as session:
                session.scalars(select(Reach)).one().left = 0
                session.commit()
            yield line


async def remind(line: Line) -> str:
    """Tell the person something unasked; return what became of it."""
    now = utc_now()
    with line.database.write() as session:
        row = OutboxMessage(
            conversation_id=line.harness.conversation(ONE),
            author="bot",
            body=REMINDER,
            next_attempt_at=now,
            created_at=now,
        )
        session.add(row)
        session.commit()
        number = row.id
    line.messaging.told(line.harness.conversation(ONE))

    def state() -> str:
        with line.database.read() as session:
            return str(session.scalar(select(OutboxMessage.status).filter_by(id=number)))

    await until(lambda: asyncio.to_thread(lambda: state() != "pending"))
    return state()


async def agree(line: Line, platform: WechatPlatform, *, agrees: bool = True) -> dict[str, Any]:
    harness: Any = line.harness
    event = platform.consent(ME, SORT, agrees=agrees)
    assert (await harness.post(event)).content == b"success"
    return event


async def test_a_consent_lets_one_notice_through(line: Line, platform: WechatPlatform) -> None:
    harness: Any = line.harness
    event = await agree(line, platform)
    await harness.post(event)  # the platform's second try is no second consent
    assert [await remind(line) for _ in range(2)] == ["sent", "held"]
    (told,) = platform.people[ME].notices
    assert told["data"]["time2"] == {"value": "2026年12月02日 14:00"}
    assert len(told["data"]["thing1"]["value"]) == 20
    assert told["page"].endswith("/visits/a-b")
    assert platform.overdrawn == 0


async def test_who_withdraws_is_told_with_the_next_answer(
    line: Line, platform: WechatPlatform
) -> None:
    await agree(line, platform)
    await asyncio.sleep(1)  # the platform's events have seconds
    await agree(line, platform, agrees=False)
    assert await remind(line) == "held"
    assert platform.people[ME].notices == []
    await line.harness.deliver(ONE, "k2", "在吗")
    assert (await line.heard(ONE, 3))[1].startswith("提醒：")


async def test_what_the_platform_does_not_know_is_forgotten(
    line: Line, platform: WechatPlatform
) -> None:
    await agree(line, platform)
    platform.people[ME].consents.clear()
    assert await remind(line) == "held"
    conversation = line.harness.conversation(ONE)
    assert not consents.take(line.database, conversation, SORT, lasting=False)


async def test_a_notice_that_was_not_taken_gives_its_consent_back(
    line: Line, platform: WechatPlatform
) -> None:
    await agree(line, platform)
    platform.fails = [-1]
    assert await remind(line) == "sent"
    assert len(platform.people[ME].notices) == 1


async def test_a_lasting_consent_stays(line: Line, database: Database) -> None:
    conversation = line.harness.conversation(ONE)
    await line.messaging.consent(conversation, {SORT: True}, "a")
    assert all(consents.take(database, conversation, SORT, lasting=True) for _ in range(3))
    taken = [consents.take(database, conversation, SORT, lasting=False) for _ in range(2)]
    assert taken == [True, False]
    await line.messaging.consent("wechat:stranger", {SORT: True}, "b")
