"""Small talk, the menu, and what comes later."""

import json
import re
from pathlib import Path

import pytest

from actions.dialogue import sentences as say
from actions.dialogue.coming import coming_soon
from actions.dialogue.services import Services
from actions.dialogue.turn import Named, Turn
from tests.chat.conftest import NOW, Person

MENU = [say.B_POLICY, say.B_JOBS, say.B_BOOK, say.B_STAFF]
INTENTS = (Path(__file__).parents[3] / "nlu" / "domain" / "intents.yml").read_text("utf-8")


@pytest.mark.parametrize("action", ["greet", "help", "out_of_scope", "affirm", "deny"])
def test_the_menu_is_offered(person: Person, action: str) -> None:
    reply = person.says(action, "什么")
    assert [b["title"] for b in reply["buttons"]] == MENU


def test_a_message_without_words_is_not_understood(person: Person) -> None:
    assert person.taps("out_of_scope")["text"] == say.NOT_UNDERSTOOD
    assert person.says("out_of_scope", "今天天气")["text"] == say.OUT_OF_SCOPE


def test_within_a_form_its_question_comes_last(person: Person) -> None:
    person.says("greet", "你好", form="job_form")
    assert not person.outcome.leaves_form
    person.says("deny", "算了", form="job_form")
    assert person.outcome.leaves_form


@pytest.mark.parametrize("intent", sorted(say.COMING))
def test_what_comes_later_offers_something_now_and_a_person(
    services: Services, intent: str
) -> None:
    turn = Turn(intent, "x", NOW, "web:1", "m", named=(Named("trade", "电工", 0, 2),))
    reply = coming_soon(turn, services).replies[0]
    assert reply["text"] == say.COMING[intent]
    assert reply["buttons"][-1]["payload"] == "/talk_to_staff"
    assert len(reply["buttons"]) >= 2
    for button in reply["buttons"]:
        name, brace, values = button["payload"][1:].partition("{")
        assert f"- {name}:" in INTENTS
        assert not brace or isinstance(json.loads(brace + values), dict)


def test_sentences_are_polite_and_short() -> None:
    texts = [v for k, v in vars(say).items() if k.isupper() and isinstance(v, str)]
    texts += [text for table in (say.COMING, say.READINGS) for text in table.values()]
    for text in texts:
        assert "亲" not in text
        assert not re.search(r"[!！]{2}", text)
    titles = [v for k, v in vars(say).items() if k.startswith("B_")] + list(say.READINGS.values())
    assert all(len(title) <= 20 for title in titles)
