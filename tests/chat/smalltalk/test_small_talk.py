"""Small talk, the menu, and what comes later."""

import json
import re
from importlib import import_module

import pytest

from actions.dialogue import sentences as say
from actions.features import FEATURES
from actions.smalltalk.chat import sentences as small
from tests.chat.conftest import Person

MENU = [say.B_POLICY, say.B_JOBS, say.B_BOOK, say.B_STAFF]
LATER = {name: intent.coming for name, intent in FEATURES.intents.items() if intent.coming}
ROOMS = ("dialogue", *(f"{room.name}.chat" for room in FEATURES if room.name != "dialogue"))


@pytest.mark.parametrize("action", ["greet", "help", "out_of_scope", "affirm", "deny"])
def test_the_menu_is_offered(person: Person, action: str) -> None:
    reply = person.says(action, "什么")
    assert [b["title"] for b in reply["buttons"]] == MENU


def test_a_message_without_words_is_not_understood(person: Person) -> None:
    assert person.taps("out_of_scope")["text"] == say.NOT_UNDERSTOOD
    assert person.says("out_of_scope", "今天天气")["text"] == small.OUT_OF_SCOPE


def test_what_was_asked_is_asked_again_after_a_greeting(person: Person) -> None:
    asked = person.says("search_jobs", "帮我找工作")
    assert person.says("greet", "你好") == asked
    assert person.context.asked is not None
    person.says("deny", "算了")
    assert person.context.asked is None


@pytest.mark.parametrize("intent", sorted(LATER))
def test_what_comes_later_offers_something_now_and_a_person(person: Person, intent: str) -> None:
    reply = person.taps(intent)
    assert reply["text"] == LATER[intent].text
    assert reply["buttons"][-1]["payload"] == "/talk_to_staff"
    assert len(reply["buttons"]) >= 2
    for button in reply["buttons"]:
        name, brace, values = button["payload"][1:].partition("{")
        assert name in FEATURES.intents
        assert not brace or isinstance(json.loads(brace + values), dict)


@pytest.mark.parametrize("room", ROOMS)
def test_sentences_are_polite_and_short(room: str) -> None:
    said = vars(import_module(f"actions.{room}.sentences"))
    for text in (v for k, v in said.items() if k.isupper() and isinstance(v, str)):
        assert "亲" not in text
        assert not re.search(r"[!！]{2}", text)
    titles = [intent.title for intent in FEATURES.intents.values()]
    titles += [title for name, title in said.items() if name.startswith("B_")]
    assert all(len(title) <= 20 for title in titles)
