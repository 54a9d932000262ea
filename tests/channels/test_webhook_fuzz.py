"""Whatever is posted to a webhook: what is not signed writes nothing, what is never fails.

Nothing of what is acknowledged is lost: the platforms' own samples are among it.
"""

import json
import random
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from bot.channels.bridge_v2.routes import PATH as BRIDGE
from bot.channels.telegram.routes import SECRET_HEADER
from bot.channels.telegram.routes import WEBHOOK_PATH as TELEGRAM
from bot.channels.wechat.routes import PATH as WECHAT
from bot.channels.wecom.routes import PATH as WECOM
from bot.messaging.tables import ChannelState, Conversation, InboxMessage
from store.database import Database
from tests.channels.harness import Harness, Line, opened
from tests.channels.test_bridge_conformance import PATH as BRIDGE_1
from tests.channels.test_bridge_conformance import BridgeHarness
from tests.channels.test_bridge_conformance import signed as signed_1
from tests.channels.test_bridge_v2_conformance import BridgeV2Harness, headers
from tests.channels.test_telegram_conformance import SECRET, TelegramHarness
from tests.channels.test_wechat_conformance import WechatHarness
from tests.channels.test_wecom_conformance import WecomHarness
from tests.support.bot_api import BotApi
from tests.support.scripted_rasa import ScriptedRasa
from tests.support.wechat_platform import WechatPlatform, as_xml, sealed
from tests.support.wecom_platform import CORP_ID, WecomPlatform

TRIES = 60
FIELDS = (
    *("ToUserName", "FromUserName", "CreateTime", "MsgType", "Content", "MsgId", "Event"),
    *("EventKey", "MediaId", "Location_X", "Label", "bizmsgmenuid", "OpenKfId", "Token"),
)
VALUES = (
    *("text", "event", "voice", "location", "subscribe", "SCAN", "CLICK", "kf_msg_or_event"),
    *("o1", "", "x" * 3000, "]]>", "<a>", "&amp;", "-1", "1e999", "77:2", "\U0001f600", "\u202e"),
)
JSON: tuple[Any, ...] = (None, 1, -1, 1e308, "", "x" * 5000, [], {}, [[[]]], {"a": {}}, True)
KEYS = (
    *("v", "user", "message_id", "kind", "text", "payload", "media", "location", "event"),
    "window",
)
UPDATE = (
    *("update_id", "message", "callback_query", "edited_message", "my_chat_member"),
    *("chat", "from", "text", "location", "venue", "contact", "photo", "data", "id"),
)
TAKEN_OR_REFUSED = (200, 400, 401, 403, 404, 413, 422, 429)


def xml(dice: random.Random) -> bytes:
    names = dice.sample(FIELDS, dice.randint(0, len(FIELDS)))
    return as_xml({name: dice.choice(VALUES) for name in names})


def bent(content: bytes, dice: random.Random) -> bytes:
    """Return bytes with one of them changed, cut or doubled."""
    at = dice.randrange(len(content) or 1)
    how = dice.randrange(4)
    if how == 0:
        return content[:at]
    if how == 1:
        return content[:at] + bytes([dice.randrange(256)]) + content[at + 1 :]
    return content if how == 2 else content + content


@dataclass(frozen=True)
class Post:
    """One request to a webhook."""

    address: str
    content: bytes
    headers: dict[str, str] = field(default_factory=dict)


def nested(names: tuple[str, ...], dice: random.Random, depth: int = 3) -> Any:
    """Return JSON with a messenger's names, and whatever in them."""
    if depth == 0 or dice.random() < 0.3:
        return dice.choice(JSON)
    chosen = dice.sample(names, dice.randint(0, 5))
    return {name: nested(names, dice, depth - 1) for name in chosen}


def by_wechat(dice: random.Random, *, rightly: bool) -> Post:
    wrong = {} if rightly else {"token": "another"}
    query, outer = sealed(bent(xml(dice), dice), time.time(), **wrong)
    return Post(f"{WECHAT}?{query}", outer if dice.random() < 0.8 else bent(outer, dice))


def by_wecom(dice: random.Random, *, rightly: bool) -> Post:
    wrong = {"receiver": CORP_ID} if rightly else {}  # sealed for somebody else
    query, outer = sealed(bent(xml(dice), dice), time.time(), **wrong)
    return Post(f"{WECOM}?{query}", outer if dice.random() < 0.8 else bent(outer, dice))


def by_bridge(dice: random.Random, *, rightly: bool) -> Post:
    body = {key: dice.choice(JSON) for key in dice.sample(KEYS, dice.randint(0, 9))}
    content = bent(json.dumps({"v": 2, **body}).encode(), dice)
    path = dice.choice((BRIDGE, f"{BRIDGE}/receipts", f"{BRIDGE}/capabilities"))
    wrong = {} if rightly else dice.choice(({"secret": "x"}, {"age": 900}, {"signed": b"?"}))
    return Post(path, content, headers("POST", path, content, **wrong))


def by_bridge_1(dice: random.Random, *, rightly: bool) -> Post:
    body = {key: dice.choice(JSON) for key in dice.sample(KEYS, dice.randint(0, 9))}
    content = bent(json.dumps(body).encode(), dice)
    return Post(BRIDGE_1, content, signed_1(content, age=0 if rightly else 900))


def by_telegram(dice: random.Random, *, rightly: bool) -> Post:
    rest = nested(UPDATE, dice)
    update = {"update_id": dice.randrange(2**40), **(rest if isinstance(rest, dict) else {})}
    content = bent(json.dumps(update).encode(), dice)
    return Post(TELEGRAM, content, {SECRET_HEADER: SECRET if rightly else "wrong"})


POSTS = {
    "wechat": by_wechat,
    "wecom": by_wecom,
    "bridge2": by_bridge,
    "bridge": by_bridge_1,
    "telegram": by_telegram,
}


@pytest.fixture
def platforms() -> Iterator[tuple[WechatPlatform, WecomPlatform]]:
    with WechatPlatform().serving() as account, WecomPlatform().serving() as company:
        yield account, company


@pytest.fixture(params=POSTS)
async def line(
    request: pytest.FixtureRequest,
    platforms: tuple[WechatPlatform, WecomPlatform],
    bot_api: BotApi,
    sqlite_database: Database,
) -> AsyncIterator[Line]:
    chosen: dict[str, Harness] = {
        "wechat": WechatHarness(platforms[0]),
        "wecom": WecomHarness(platforms[1]),
        "bridge2": BridgeV2Harness(),
        "bridge": BridgeHarness(),
        "telegram": TelegramHarness(bot_api),
    }
    with ScriptedRasa().serving() as rasa:
        async with opened(chosen[request.param], rasa, sqlite_database) as line:
            yield line


async def post(line: Line, one: Post) -> httpx.Response:
    return await line.harness.http.post(one.address, content=one.content, headers=one.headers)


def written(database: Database) -> list[int]:
    """Return how much is stored."""
    counted = (InboxMessage.id, Conversation.id, ChannelState.name)
    with database.read() as session:
        return [session.scalar(select(func.count(column))) or 0 for column in counted]


async def test_a_webhook_never_fails(line: Line) -> None:
    dice, made = random.Random(20261130), POSTS[_name(line)]  # noqa: S311
    for _ in range(TRIES):
        answer = await post(line, made(dice, rightly=True))
        assert answer.status_code in TAKEN_OR_REFUSED, answer.text
    right = made(dice, rightly=True)
    huge = await post(line, Post(right.address, b"x" * 70_000, right.headers))
    assert huge.status_code in (400, 401, 403, 413)


async def test_what_is_not_the_messengers_writes_nothing(line: Line) -> None:
    dice, made = random.Random(20261201), POSTS[_name(line)]  # noqa: S311
    before = written(line.database)
    for _ in range(TRIES):
        answer = await post(line, made(dice, rightly=False))
        assert answer.status_code in (400, 401, 403, 413), answer.text
    assert written(line.database) == before


@pytest.mark.parametrize("line", ["wechat"], indirect=True)
async def test_samples_are_taken_once_each_however_hostile(line: Line, shared: Path) -> None:
    """What the account should hear is stored, and what nobody sealed is not, key or none."""
    found = json.loads((shared / "data/wechat_samples.json").read_text("utf-8"))
    account = found["official_account"]
    words = []
    for sample in account["inbound"]:
        counts = []
        for _ in range(2):
            query, outer = sealed(sample["xml"].encode(), time.time())
            answer = await post(line, Post(f"{WECHAT}?{query}", outer))
            assert answer.status_code == 200, sample["name"]
            counts.append(len(line.stored()))
        assert counts[0] == counts[1], "the platform's second try"
        if sample["expect"]["kind"] == "text":
            words.append(sample["expect"]["text"])
    assert set(words) <= set(line.stored())
    before = written(line.database)
    for sample in account["hostile"]:
        query, _ = sealed(b"<xml/>", time.time())
        refused = await post(line, Post(f"{WECHAT}?{query}", sample["xml"].encode()))
        assert refused.status_code == 403, sample["name"]
    assert written(line.database) == before


def _name(line: Line) -> str:
    return line.channel.name
