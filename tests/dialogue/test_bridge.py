"""The JSON bridge: signed, idempotent, the same chat as everywhere."""

import json
import time
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest

from bot.channels.bridge.signature import sign
from tests.conftest import BRIDGE_SECRET
from tests.support.assistant import Assistant


def post(
    assistant: Assistant, body: Any, *, secret: str = BRIDGE_SECRET, age: int = 0
) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = str(int(time.time()) - age)
    headers = {"X-Zhida-Timestamp": stamp, "X-Zhida-Signature": sign(secret, stamp, content)}
    return assistant.http.post("/channels/bridge", content=content, headers=headers)


@pytest.fixture
def user() -> str:
    return f"wx-{uuid4()}"


def test_a_signed_message_is_answered_once(assistant: Assistant, user: str) -> None:
    body = {"user": user, "message_id": "m1", "text": "转人工"}
    first = post(assistant, body)
    assert first.status_code == 200
    assert first.json()["replies"][0]["data"]["kind"] == "staff_case"
    assert post(assistant, body).json() == first.json()


def test_late_replies_are_fetched_with_a_signed_get(assistant: Assistant, user: str) -> None:
    post(assistant, {"user": user, "message_id": "m1", "text": "你好"})
    path = "/channels/bridge?" + urlencode({"user": user, "after": 0})
    stamp = str(int(time.time()))
    headers = {
        "X-Zhida-Timestamp": stamp,
        "X-Zhida-Signature": sign(BRIDGE_SECRET, stamp, path.encode()),
    }
    body = assistant.http.get(path, headers=headers).json()
    assert [line["author"] for line in body["messages"]] == ["bot"]
    assert assistant.http.get(path).status_code == 401


@pytest.mark.parametrize(("secret", "age"), [("another-secret", 0), (BRIDGE_SECRET, 900)])
def test_a_wrong_or_old_signature_is_refused(
    assistant: Assistant, user: str, secret: str, age: int
) -> None:
    body = {"user": user, "message_id": "m1", "text": "你好"}
    assert post(assistant, body, secret=secret, age=age).status_code == 401


def test_a_changed_body_is_refused(assistant: Assistant, user: str) -> None:
    stamp = str(int(time.time()))
    signature = sign(BRIDGE_SECRET, stamp, b"{}")
    headers = {"X-Zhida-Timestamp": stamp, "X-Zhida-Signature": signature}
    body = {"user": user, "message_id": "m1", "text": "你好"}
    response = assistant.http.post("/channels/bridge", json=body, headers=headers)
    assert response.json()["error"]["code"] == "bad_signature"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{", "malformed_json"),
        ({"user": "u"}, "invalid_field"),
        ({"user": "u", "message_id": "m", "text": ""}, "empty_text"),
        ({"user": "u" * 500, "message_id": "m", "text": "x"}, "conversation_too_long"),
    ],
)
def test_signed_nonsense_gets_a_stable_error(
    assistant: Assistant, body: Any, expected: str
) -> None:
    assert post(assistant, body).json()["error"]["code"] == expected
