"""After a case was opened: asked after, added to, taken back; and danger, whatever it is."""

import pytest

from actions.cases.chat import sentences as say
from actions.cases.service import Cases
from actions.dialogue.services import Services
from tests.chat.conftest import Person


@pytest.mark.parametrize("text", ["什么时候回复我", "还要等多久", "有人处理吗", "进度怎么样了"])
def test_how_it_stands(person: Person, text: str) -> None:
    ticket = person.says("talk_to_staff", "转人工")["data"]["ticket"]
    said = person.says("inform", text)
    assert ticket in said["text"]
    assert "还没有工作人员回复" in said["text"]


def test_what_is_late_is_said_to_be(person: Person) -> None:
    person.says("talk_to_staff", "转人工")
    person.later(minutes=60 * 5)
    assert "很抱歉" in person.says("inform", "还要等多久")["text"]


def test_what_is_added_is_in_the_case(person: Person, services: Services) -> None:
    ticket = person.says("talk_to_staff", "转人工")["data"]["ticket"]
    person.says("inform", "我补充一下，是上个月的工资")
    case = services.of(Cases).get(ticket)
    assert case is not None
    assert "上个月的工资" in case.summary


def test_it_is_taken_back_after_asking(person: Person, services: Services) -> None:
    ticket = person.says("talk_to_staff", "转人工")["data"]["ticket"]
    asked = person.says("deny", "不用了")
    assert asked["text"] == say.CASE_BACK_ASK.format(ticket=ticket)
    assert services.of(Cases).get(ticket).status == "open"  # type: ignore[union-attr]
    person.says("affirm", "好的")
    assert services.of(Cases).get(ticket).status == "closed"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("danger", "number"),
    [
        ("self_harm", "12356"),
        ("violence", "110"),
        ("threat", "110"),
        ("coercion", "110"),
        ("fraud", "110"),
        ("abuse", "110"),
        ("destitution", "12333"),
    ],
)
def test_each_danger_has_its_number_and_never_the_same_words(
    person: Person, danger: str, number: str
) -> None:
    first = person.says("inform", "救救我", danger=danger)
    again = person.says("inform", "怎么办", danger=danger)
    assert number in first["text"].splitlines()[0] + first["text"].splitlines()[1]
    assert first["data"]["reason"] == "distress"
    assert again["text"].splitlines()[0] != first["text"].splitlines()[0]
    assert len(first["text"]) <= 300
