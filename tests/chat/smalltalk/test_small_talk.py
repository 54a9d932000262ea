"""Small talk and the menu."""

import re
from importlib import import_module
from pathlib import Path

import pytest

import actions
from actions.dialogue import sentences as say
from actions.features import FEATURES
from actions.smalltalk.chat import sentences as small
from tests.chat.conftest import Person

MENU = [say.B_POLICY, say.B_JOBS, say.B_BOOK, say.B_STAFF]
ACTIONS = Path(actions.__file__).parent
SENTENCES = [
    ".".join(("actions", *file.relative_to(ACTIONS).with_suffix("").parts))
    for file in sorted(ACTIONS.rglob("sentences.py"))
]


@pytest.mark.parametrize("action", ["greet", "help", "out_of_scope", "affirm", "deny"])
def test_the_menu_is_offered(person: Person, action: str) -> None:
    reply = person.says(action, "什么")
    assert [b["title"] for b in reply["buttons"]] == MENU


def test_a_message_without_words_is_not_understood(person: Person) -> None:
    assert person.taps("out_of_scope")["text"] == say.NOT_UNDERSTOOD
    assert person.says("out_of_scope", "今天天气")["text"] == small.OUT_OF_SCOPE


@pytest.mark.parametrize("text", ["屋里没人 就找您讲讲闲话", "陪我聊聊天"])
def test_who_wants_somebody_to_talk_to_is_heard(person: Person, text: str) -> None:
    assert person.says("out_of_scope", text)["text"] == small.LISTENS


def test_what_was_asked_is_asked_again_after_a_greeting(person: Person) -> None:
    asked = person.says("search_jobs", "帮我找工作")
    assert person.says("greet", "你好") == asked
    assert person.context.asked is not None
    person.says("deny", "算了")
    assert person.context.asked is None


@pytest.mark.parametrize("module", SENTENCES)
def test_sentences_are_polite_and_short(module: str) -> None:
    said = vars(import_module(module))
    for text in (v for k, v in said.items() if k.isupper() and isinstance(v, str)):
        assert "亲" not in text
        assert not re.search(r"[!！]{2}", text)
    titles = [intent.title for intent in FEATURES.intents.values()]
    titles += [title for name, title in said.items() if name.startswith("B_")]
    assert all(len(title) <= 20 for title in titles)
