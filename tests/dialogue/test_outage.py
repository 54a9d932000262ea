"""A part goes down in mid-chat: the person is told, nothing is lost, the answer comes."""

import time
from typing import Any
from uuid import uuid4

import pytest

from tests.support.assistant import Assistant
from tests.support.conversations import bearer


@pytest.mark.parametrize("part", ["rasa", "actions"])
def test_a_message_sent_during_an_outage_is_answered_after_it(
    assistant: Assistant, part: str
) -> None:
    conversation = f"outage-{uuid4()}"
    assistant.say(conversation, "你好")
    assistant.kill(part)
    first = assistant.say(conversation, "转人工", message_id="during")
    seen = first["replies"][-1]
    if (seen["data"] or {}).get("kind") == "pending":
        assert "12333" in seen["text"]
        seen = wait_for_reply(assistant, conversation, seen["id"])
    assert seen["data"]["kind"] == "staff_case"
    again = assistant.say(conversation, "转人工", message_id="during")
    assert [reply["id"] for reply in again["replies"]] == [seen["id"]]
    assistant.wait_ready()


def wait_for_reply(assistant: Assistant, conversation: str, after: int) -> dict[str, Any]:
    """Fetch late replies as the web page does."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        query = {"after": after, "wait": 20}
        body = assistant.http.get(
            "/api/messages", params=query, headers=bearer(conversation)
        ).json()
        if body["messages"]:
            return dict(body["messages"][0])
    raise TimeoutError("the answer never came")
