"""The adapters in the docs do what they say, in front of the real second door of the bridge."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.bridge.signature import sign
from bot.channels.bridge_v2.routes import PATH
from bot.channels.bridge_v2.signature import secrets_of
from store.database import Database
from store.settings import ROOT
from tests.channels.harness import Line, opened
from tests.channels.test_bridge_v2_conformance import SETTINGS, BridgeV2Harness
from tests.support.scripted_rasa import ScriptedRasa

BLOCKS = {
    name: lines
    for page in ("bridge-v2", "wechat")
    for name, lines in re.findall(
        r'```python title="(\w+)\.py"\n(.*?)```',
        (ROOT / "docs" / f"{page}.md").read_text("utf-8"),
        re.DOTALL,
    )
}
ADAPTERS = {"zhida_bridge", "mini_program", "puppet", "hotline", "ilink", "consent"}
LONGEST = 40


def adapter(name: str) -> dict[str, Any]:
    """Return what an adapter's lines define."""
    names: dict[str, Any] = {}
    exec(compile(BLOCKS[name], f"{name}.py", "exec"), names)  # noqa: S102
    return names


@pytest.fixture
async def line(sqlite_database: Database) -> AsyncIterator[Line]:
    with ScriptedRasa().serving() as rasa:
        async with opened(BridgeV2Harness(), rasa, sqlite_database) as line:
            yield line


async def post(line: Line, account: str, body: dict[str, Any], path: str = PATH) -> dict[str, Any]:
    """Post as the page's client does."""
    secret = secrets_of(SETTINGS, account)[0]
    content, headers = adapter("zhida_bridge")["request"](secret, account, path, body)
    answer = await line.harness.http.post(path, content=content, headers=headers)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert isinstance(found, dict)
    return found


def test_each_is_short() -> None:
    assert BLOCKS.keys() == ADAPTERS
    assert all(len(lines.splitlines()) <= LONGEST for lines in BLOCKS.values())


@pytest.fixture
def samples(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "data/wechat_samples.json").read_text("utf-8"))
    return found


async def test_a_mini_programme(line: Line, samples: dict[str, Any]) -> None:
    ours = adapter("mini_program")
    said = [ours["to_zhida"](each["body"]) for each in samples["mini_program"]["inbound_json"]]
    answers = [await post(line, "wx-mini", message) for message in said]
    assert answers[0]["replies"][0]["text"] == "收到：我的预约"
    pushed = {"user": said[0]["user"], "text": "好"}
    assert ours["from_zhida"](pushed)["touser"] == said[0]["user"]


async def test_a_puppet(line: Line) -> None:
    ours = adapter("puppet")
    message = {"id": "m1", "talker": "t1", "type": "text", "text": "你好"}
    assert ours["to_zhida"]({**message, "room": "r"}) is None
    answer = await post(line, "puppet", ours["to_zhida"](message))
    assert [reply["text"] for reply in answer["replies"]] == ["收到：你好"]


async def test_a_hotline(line: Line, samples: dict[str, Any]) -> None:
    ours = adapter("hotline")
    shape = samples["vectors"]["hotline_style_sorted_params"]
    assert ours["signature"](shape["params"], shape["secret"]) == shape["md5_upper"]
    ticket = {"id": "T1", "phone": "13800138000", "content": "单位拖欠工资三个月"}
    answer = await post(line, "hotline", ours["to_zhida"](ticket))
    state = ours["from_zhida"](answer, ticket)
    assert state == {"id": "T1", "state": "answered", "reply": "收到：单位拖欠工资三个月"}


async def test_ilink(line: Line, samples: dict[str, Any]) -> None:
    ours, vector = adapter("ilink"), samples["vectors"]["ilink_headers"]
    written = ours["headers"]("TESTBOTTOKEN", vector["random_uint32"])
    assert written == samples["ilink"]["headers"]
    assert written["iLink-App-ClientVersion"] == str(vector["client_version_int"])
    for sample in samples["ilink"]["inbound"]:
        said, expect = ours["to_zhida"](sample["msg"]), sample["expect"]
        assert (said["message_id"], said["user"]) == (expect["key"], expect["peer"])
        assert (said["kind"], said["context"]) == (expect["kind"], expect["reply_context"])
        answer = await post(line, "ilink", said)
        words = said.get("transcript") or said.get("text")
        heard = [reply["text"] for reply in answer["replies"]]
        assert heard == [f"收到：{words}"] if words else "收到" not in heard[0]
    raw = json.loads(samples["ilink"]["getupdates_answer_raw"])["msgs"][0]
    first = samples["ilink"]["getupdates_answer_first_id"]
    assert ours["to_zhida"](raw)["message_id"] == first
    sent = samples["ilink"]["sendmessage_request"]
    reply = {"reply_id": 118, "text": "您好", "context": sent["msg"]["context_token"]}
    assert ours["from_zhida"]({**reply, "user": sent["msg"]["to_user_id"]}) == sent


def test_the_first_bridge_signs_as_it_says(samples: dict[str, Any]) -> None:
    posted = samples["vectors"]["zhida_bridge_v1_post"]
    fetched = samples["vectors"]["zhida_bridge_v1_get"]
    for vector, content in ((posted, posted["body"]), (fetched, fetched["signed"])):
        right = sign(vector["secret"], vector["timestamp"], content.encode())
        assert right == vector["signature"]


def test_a_page_that_asks_for_consent_is_signed(samples: dict[str, Any]) -> None:
    vector = samples["vectors"]["oa_jssdk_signature"]
    given = (vector["jsapi_ticket"], vector["noncestr"], vector["timestamp"])
    signature = adapter("consent")["signature"]
    assert signature(*given, vector["url"]) == vector["signature"]
    assert signature(*given, vector["url"] + "#top") == vector["signature"]
