"""The chat over HTTP: contract, repeats, history, and everything that is no message."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.support.assistant import Assistant
from tests.support.conversations import bearer, conversation_of

MINE = conversation_of("mine")


@pytest.fixture
def conversation() -> str:
    return f"test-{uuid4()}"


def code(response: httpx.Response) -> str:
    error = response.json()["error"]
    assert set(error) == {"code", "message", "field"}
    assert any("\u4e00" <= character <= "\u9fff" for character in error["message"])
    return str(error["code"])


def test_an_answer_has_the_contract_s_form(assistant: Assistant, conversation: str) -> None:
    body = assistant.say(conversation, "我想在上海找电工的活，六千以上", message_id="m1")
    assert set(body) == {"conversation", "message_id", "replies", "nlu", "mode"}
    assert (body["conversation"], body["message_id"], body["mode"]) == (conversation, "m1", "bot")
    assert body["nlu"]["intent"] == "search_jobs"
    assert set(body["nlu"]["took"]) == {"waited", "read", "acted"}  # seconds of each stage
    text = "我想在上海找电工的活，六千以上"
    found = {e["entity"]: text[e["start"] : e["end"]] for e in body["nlu"]["entities"]}
    assert found == {"place": "上海", "trade": "电工"}
    for reply in body["replies"]:
        assert {"text", "buttons", "image", "data"} <= set(reply)


def test_danger_is_in_the_answer_and_makes_it_distress(
    assistant: Assistant, conversation: str
) -> None:
    calm = assistant.say(conversation, "今天站了一天，累死了")["nlu"]
    assert calm["danger"] is None
    heard = assistant.say(conversation, "工头说再要钱就打断我的腿")["nlu"]
    assert heard["danger"] == "threat"
    assert heard["intent"] == heard["ranking"][0]["intent"] == "distress"
    assert heard["confidence"] == 1


def test_entities_point_into_the_text_as_typed(assistant: Assistant, conversation: str) -> None:
    text = "我想在　Ｓ　上海找電工"
    body = assistant.say(conversation, text)
    for entity in body["nlu"]["entities"]:
        assert text[entity["start"] : entity["end"]] in ("上海", "電工")
    assert {entity["value"] for entity in body["nlu"]["entities"]} >= {"上海", "电工"}


def test_a_repeat_gives_the_same_answer(assistant: Assistant, conversation: str) -> None:
    first = assistant.say(conversation, "转人工", message_id="once")
    again = assistant.say(conversation, "转人工", message_id="once")
    assert first == again


def test_repeats_at_once_give_one_answer(assistant: Assistant, conversation: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        said = list(
            pool.map(lambda _: assistant.say(conversation, "你好", message_id="same"), range(6))
        )
    assert all(body == said[0] for body in said)
    history = assistant.http.get("/api/messages", headers=bearer(conversation)).json()
    assert [line["author"] for line in history["messages"]] == ["user", "bot"]


def test_a_burst_is_answered_in_order(assistant: Assistant, conversation: str) -> None:
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda n: assistant.say(conversation, f"你好{n}"), range(5)))
    history = assistant.http.get("/api/messages", headers=bearer(conversation)).json()
    assert all(line["message_id"] for line in history["messages"] if line["author"] == "user")
    replies = [line for line in history["messages"] if line["author"] == "bot"]
    assert len(replies) == 5
    newer = assistant.http.get(
        "/api/messages", params={"after": replies[2]["id"]}, headers=bearer(conversation)
    ).json()
    assert [line["id"] for line in newer["messages"]] == [line["id"] for line in replies[3:]]
    assert newer["next"] == replies[-1]["id"]


POLITE = [
    "😀😀😀",
    "\u0007\u0001\u0002",
    "%PDF-1.7\u0000\u0003ÿþ",
    "？？？",
    "\ud83d",
    "a" * 4000,
    "㊙️" * 500,
    "/restart",
    '/book_window{"slot_id": 1}',
    "'; DROP TABLE inbox; --",
    "{{7*7}}${jndi:ldap://x}",
    "\u202e电工",
]


@pytest.mark.parametrize("text", POLITE)
def test_odd_messages_get_a_polite_sentence(
    assistant: Assistant, conversation: str, text: str
) -> None:
    response = assistant.http.post(
        "/api/messages",
        content=json.dumps({"conversation": conversation, "text": text}),
        headers={"content-type": "application/json"},
    )
    assert response.status_code == 200, response.text
    replies = response.json()["replies"]
    assert replies
    assert all(reply["text"] for reply in replies)
    assert (replies[0]["data"] or {}).get("kind") not in ("booking", "pending")


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        ({"text": "你好"}, 422, "invalid_field"),
        ({"conversation": "", "text": "你好"}, 422, "invalid_field"),
        ({"conversation": "a\nb", "text": "你好"}, 422, "invalid_field"),
        ({"conversation": "me", "text": "你好"}, 422, "weak_conversation_id"),
        ({"conversation": 7, "text": "你好"}, 422, "invalid_field"),
        ({"conversation": MINE, "text": ["你好"]}, 422, "invalid_field"),
        ({"conversation": MINE, "text": ""}, 422, "empty_text"),
        ({"conversation": MINE, "text": " \n\u3000"}, 422, "empty_text"),
        ({"conversation": MINE, "text": "长" * 20_000}, 422, "text_too_long"),
        ({"conversation": "c" * 10_240, "text": "你好"}, 422, "conversation_too_long"),
        (
            {"conversation": MINE, "text": "你好", "message_id": "m" * 201},
            422,
            "message_id_too_long",
        ),
        ({"conversation": MINE, "text": "x", "payload": "greet"}, 422, "bad_payload"),
        ({"conversation": MINE, "text": "x", "payload": "/nonsense"}, 422, "bad_payload"),
        ({"conversation": MINE, "text": "x", "payload": "/greet{"}, 422, "bad_payload"),
        ({"conversation": MINE, "text": "x", "payload": '/greet["a"]'}, 422, "bad_payload"),
        ({"conversation": MINE, "text": "x", "payload": "/restart"}, 422, "bad_payload"),
        ([], 422, "invalid_field"),
    ],
)
def test_what_is_no_message_gets_a_stable_error(
    assistant: Assistant, body: Any, status: int, expected: str
) -> None:
    response = assistant.http.post("/api/messages", json=body)
    assert (response.status_code, code(response)) == (status, expected)


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"conversation": "c", "text": NaN', b"\xff\xfe\x00"]
)
def test_malformed_json_gets_a_stable_error(assistant: Assistant, content: bytes) -> None:
    response = assistant.http.post(
        "/api/messages", content=content, headers={"content-type": "application/json"}
    )
    assert response.status_code in (400, 422)
    assert code(response) in ("malformed_json", "invalid_field")


def test_a_huge_body_is_refused_unread(assistant: Assistant) -> None:
    response = assistant.http.post("/api/messages", content=b"x" * 2_000_000)
    assert (response.status_code, code(response)) == (413, "body_too_large")


def test_unknown_routes_and_methods_have_the_same_form(assistant: Assistant) -> None:
    assert code(assistant.http.get("/api/nothing")) == "not_found"
    assert code(assistant.http.delete("/api/messages")) == "method_not_allowed"


def test_health_readiness_and_metrics(assistant: Assistant) -> None:
    assert assistant.http.get("/healthz").status_code == 200
    ready = assistant.http.get("/readyz")
    assert ready.json() == {"database": True, "rasa": True, "actions": True}
    assert "zhida_messages_answered" in assistant.http.get("/metrics").text


def test_rasa_and_actions_are_not_for_the_public(assistant: Assistant) -> None:
    rasa = f"http://127.0.0.1:{assistant.settings.rasa_port}"
    assert httpx.get(f"{rasa}/conversations/x/tracker").status_code in (401, 404)
    assert httpx.post(f"{rasa}/webhooks/zhida/turn", json={}).status_code == 401
