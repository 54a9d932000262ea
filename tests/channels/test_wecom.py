"""What is 微信客服's own: pages and cursors, welcomes, recalls, clerks, receipts, two processes."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from actions.cases.service import Cases
from bot.channels.wecom import items
from bot.channels.wecom.pulling import Puller
from bot.messaging.channels import states
from bot.messaging.handover import Handover
from bot.messaging.tables import OutboxMessage
from bot.messaging.transcripts import mode_of, transcript
from store.clock import utc_now
from store.database import Database
from tests.channels.harness import ONE, Line, opened, until
from tests.channels.test_wecom_conformance import PEOPLE, WecomHarness
from tests.support.messaging import plain, vault
from tests.support.scripted_rasa import ScriptedRasa
from tests.support.wecom_platform import ACCOUNT, WecomPlatform

ME = PEOPLE[ONE]


@pytest.fixture
def platform() -> Iterator[WecomPlatform]:
    with WecomPlatform().serving() as platform:
        yield platform


@pytest.fixture
async def line(platform: WecomPlatform, sqlite_database: Database) -> AsyncIterator[Line]:
    with ScriptedRasa().serving() as rasa:
        async with opened(WecomHarness(platform), rasa, sqlite_database) as line:
            yield line


async def call(line: Line) -> None:
    harness: Any = line.harness
    await harness.call()


async def becomes(happened: Callable[[], bool]) -> None:
    await until(lambda: asyncio.to_thread(happened))


async def test_what_is_old_is_answered_by_nobody(line: Line, platform: WecomPlatform) -> None:
    """The first start: fourteen days of messages are there, and somebody who waits."""
    for number in range(7):
        old = platform.say(ME, "text", content=f"旧{number}")
        old["send_time"] = int(time.time()) - 3600
    platform.say(ME, "text", content="刚才")
    await call(line)
    assert await line.heard(ONE, 1) == ["收到：刚才"]
    assert line.stored() == ["刚才"]


async def test_who_comes_is_welcomed_at_once(line: Line, platform: WecomPlatform) -> None:
    platform.codes["W1"] = time.time() + 20
    platform.happen(ME, "enter_session", scene="hall-1", welcome_code="W1")
    platform.happen(ME, "enter_session", scene="hall-1")
    late = platform.happen(ME, "enter_session", welcome_code="W2")
    late["send_time"] = int(time.time()) - 30
    await call(line)
    await becomes(lambda: len(platform.welcomed) == 1)
    offered = platform.welcomed[0]["msgmenu"]["list"]
    assert [each["click"]["id"] for each in offered] == [
        "book_window",
        "search_jobs",
        "hall_status",
    ]
    platform.say(ME, "text", content="约窗口", menu_id="book_window")
    await call(line)
    await line.heard(ONE, 1)
    assert line.rasa.texts == ["/book_window"]


async def test_what_is_taken_back_in_time_is_not_answered(
    line: Line, platform: WecomPlatform
) -> None:
    line.rasa.hold()
    platform.say(ME, "text", content="第一句")
    await call(line)
    taken_back = platform.say(ME, "text", content="说错了")
    platform.happen(ME, "user_recall_msg", recall_msgid=taken_back["msgid"])
    platform.happen(ME, "user_recall_msg", recall_msgid=taken_back["msgid"])
    await call(line)
    line.rasa.go_on()
    assert await line.heard(ONE, 1) == ["收到：第一句"]
    assert line.stored() == ["第一句", "（已撤回）"]
    assert line.rasa.texts == ["第一句"]


async def test_a_clerk_takes_over_speaks_and_gives_back(
    line: Line, platform: WecomPlatform
) -> None:
    case = {**plain("已转人工"), "data": {"kind": "staff_case", "ticket": "GD-1"}}
    line.rasa.answer = lambda text: [case] if "人工" in text else [plain(f"收到：{text}")]
    platform.clerks_on_duty = True
    platform.say(ME, "text", content="转人工")
    await call(line)
    conversation = line.harness.conversation(ONE)
    await becomes(lambda: mode_of(line.database, conversation) == "staff")
    assert platform.people[ME].state == 2
    cases = Cases(line.database)
    for reason in ("handoff", "complaint"):
        about = {"summary": "", "request_key": reason, "now": utc_now()}
        cases.open(conversation=conversation, reason=reason, **about)
    platform.happen(ME, "session_status_change", change_type=1, new_servicer_userid="clerk01")
    spoke = platform.clerk_says(ME, "您好，我的电话13800138000")
    platform.queue.append(spoke)
    platform.say(ME, "text", content="好的")
    await call(line)
    platform.people[ME].state = 1
    platform.happen(ME, "session_status_change", change_type=3, old_servicer_userid="clerk01")
    await call(line)
    assert mode_of(line.database, conversation) == "bot"
    still = {case.reason: case.closed_by for case in cases.for_conversation(conversation)}
    assert still == {"handoff": "clerk01", "complaint": None}
    platform.say(ME, "text", content="在吗")
    await call(line)
    assert await line.heard(ONE, 2) == ["已转人工", "收到：在吗"]
    assert line.rasa.texts == ["转人工", "在吗"]
    said = [each for each in transcript(line.database, conversation) if each.author == "staff"]
    assert [(each.staff_name, "138****8000" in each.text) for each in said] == [("clerk01", True)]


async def test_who_is_taken_over_at_our_console_leaves_the_pool(
    line: Line, platform: WecomPlatform
) -> None:
    platform.say(ME, "text", content="你好")
    await call(line)
    await line.heard(ONE, 1)
    platform.people[ME].state = 2
    conversation = line.harness.conversation(ONE)
    handover = Handover(line.database, (), vault(line.database))
    handover.take_over(conversation, staff="小李", now=utc_now())
    line.messaging.told(conversation)
    assert len(await line.heard(ONE, 2)) == 2
    assert platform.people[ME].state == 1


async def test_the_wrong_state_hands_over_and_is_not_tried_again(
    line: Line, platform: WecomPlatform
) -> None:
    platform.people[ME].state = 3
    platform.say(ME, "text", content="你好")
    await call(line)
    conversation = line.harness.conversation(ONE)
    await becomes(lambda: mode_of(line.database, conversation) == "staff")
    await becomes(line.quiet)
    assert statuses(line.database) == ["held"]


async def test_a_receipt_of_failure_holds_or_loses_and_comes_again_under_a_new_number(
    line: Line, platform: WecomPlatform
) -> None:
    platform.people[ME].refuses = True
    platform.say(ME, "text", content="你好")
    await call(line)
    await becomes(line.quiet)
    await call(line)
    await becomes(lambda: statuses(line.database) == ["dead", "held"])
    platform.people[ME].refuses = False
    platform.say(ME, "text", content="回来了")
    await call(line)
    assert await line.heard(ONE, 2) == ["收到：你好", "收到：回来了"]


def statuses(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(OutboxMessage.status).order_by(OutboxMessage.id)))


async def test_two_processes_pull_in_turn_and_store_once(
    line: Line, platform: WecomPlatform
) -> None:
    """The stand-in fails where two pull at a time."""
    mine: Any = line.channel
    other = Puller(line.database, mine._puller._api, mine._puller._arrivals)
    for number in range(9):
        platform.say(ME, "text", content=f"第{number}句")
    await asyncio.gather(mine._puller.ask(ACCOUNT, "T"), other.ask(ACCOUNT, "T"))
    await becomes(lambda: len(line.stored()) == 9)
    await other.stop()
    assert line.stored() == [f"第{number}句" for number in range(9)]


async def test_who_lost_the_turn_stores_nothing(line: Line, platform: WecomPlatform) -> None:
    mine: Any = line.channel
    puller, name = mine._puller, f"wecom:cursor:{ACCOUNT}"
    platform.say(ME, "text", content="你好")
    assert puller._take_turn(name)
    page = await puller._page(ACCOUNT, None)
    states.give_turn(line.database, name, puller._owner)
    assert not await puller._store(ACCOUNT, None, page)
    assert line.stored() == []
    assert states.read(line.database, name) is None


async def test_what_was_asked_for_is_fetched_at_the_next_start(
    platform: WecomPlatform, sqlite_database: Database
) -> None:
    """Killed between the callback and the pull."""
    states.keep(sqlite_database, f"wecom:asked:{ACCOUNT}", "T", now=utc_now())
    platform.say(ME, "text", content="你好")
    with ScriptedRasa().serving() as rasa:
        async with opened(WecomHarness(platform), rasa, sqlite_database) as line:
            assert await line.heard(ONE, 1) == ["收到：你好"]


def test_every_item_is_read_as_it_says(shared: Path) -> None:
    samples = json.loads((shared / "data/wechat_samples.json").read_text("utf-8"))["wecom_kf"]
    kinds = {"image": "picture", "button": "choice"}
    for sample in samples["inbound"]:
        item, expect = items.read(sample["msg"]), sample["expect"]
        kind = kinds.get(expect["kind"], expect["kind"])
        if isinstance(item, items.Said):
            assert (item.kind, item.key, item.peer) == (kind, expect["key"], expect["peer"])
            assert item.menu == expect.get("payload", "")
            if expect.get("text"):
                assert item.text == expect["text"]
            for field, value in expect.get("location", {}).items():
                assert (item.details or {})[field] == value
        elif isinstance(item, items.Recalled):
            assert (kind, item.key) == ("recall", expect["of"])
        elif isinstance(item, items.Changed):
            assert (kind, item.mode) == ("staff_state", expect["mode"])
        elif item is None:
            assert kind == "staff_state", sample["name"]
            assert "mode" not in expect
        else:
            sort = {items.Entered: "event", items.Spoke: "staff_text", items.Failed: "receipt"}
            assert sort[type(item)] == kind
            assert item.peer == expect["peer"]
