"""Policy answers through the whole running assistant: elsewhere, side by side, helpful or not."""

from typing import Any
from uuid import uuid4

import pytest

from knowledge.documents.feedback import list_feedback
from store.database import Database
from tests.support.assistant import Assistant

QUESTION = "现场招聘会还能办吗"


class Asker:
    """Somebody who asks about policies."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.conversation = f"test-{uuid4()}"

    def says(self, text: str) -> dict[str, Any]:
        """Write a text; return the last reply."""
        return dict(self.assistant.say(self.conversation, text)["replies"][-1])

    def taps(self, reply: dict[str, Any], title: str) -> dict[str, Any]:
        """Press a reply's button; return the last reply."""
        button = next(b for b in reply["buttons"] if b["title"] == title)
        return dict(self.assistant.press(self.conversation, button)["replies"][-1])


@pytest.fixture
def asker(assistant: Assistant) -> Asker:
    return Asker(assistant)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("那上海呢", "310000"),
        ("北京的呢", "110000"),
        ("云南也一样吗", "530000"),
        ("换成上海", "310000"),
        ("改成北京的", "110000"),
        ("上海有没有另外规定", "310000"),
    ],
)
def test_a_place_after_an_answer_asks_the_same_there(asker: Asker, text: str, region: str) -> None:
    asker.says(QUESTION)
    reply = asker.says(text)
    assert reply["data"]["status"] == "answered"
    assert reply["data"]["citations"][0]["region"] == region


def test_after_a_list_of_jobs_a_place_searches_there(asker: Asker) -> None:
    asker.says(QUESTION)
    asker.says("我想找电工的活")
    reply = asker.says("那上海呢")
    assert reply["data"]["kind"] == "job_list"
    assert "上海" in reply["text"]
    asker.says(QUESTION)
    assert asker.says("那北京呢")["data"]["citations"][0]["region"] == "110000"


def test_with_nothing_before_it_is_asked_what_is_wanted(asker: Asker) -> None:
    reply = asker.says("那上海呢")
    assert "找工作" in reply["text"]
    assert asker.taps(reply, "找工作")["data"]["kind"] == "job_list"


def test_whether_it_helped_is_kept_and_thanked_for(asker: Asker, assistant: Assistant) -> None:
    answer = asker.says(QUESTION)
    assert asker.taps(answer, "有帮助")["data"] == {"kind": "policy_feedback"}
    thanked = asker.taps(answer, "没帮助")
    assert "12333" in thanked["text"]
    assert asker.taps(thanked, "转人工")["data"]["kind"] == "staff_case"
    database = Database(assistant.database_url)
    kept = [one for one in list_feedback(database) if one.conversation.endswith(asker.conversation)]
    database.close()
    assert [(one.helpful, one.question) for one in kept] == [(False, QUESTION)]
    assert kept[0].quote == answer["data"]["citations"][0]["quote"]


def test_a_passing_occasion_is_said(asker: Asker) -> None:
    reply = asker.says(f"上海{QUESTION}")
    occasions = {c["occasion"] for c in reply["data"]["citations"]} - {""}
    assert occasions
    assert all(f"「{occasion}」" in reply["text"].split("\n")[-2] for occasion in occasions)
