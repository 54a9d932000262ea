"""Whether a closed case is solved is said by a button; at night nobody is promised too much."""

from datetime import datetime

from actions.cases.chat import sentences as say
from actions.cases.chat.rating import rating_buttons
from actions.cases.service import Cases
from actions.dialogue.replies import read_payload
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Reply
from store.clock import SHANGHAI
from tests.chat.conftest import NOW, Person


def pressed(person: Person, button: Button) -> Reply:
    intent, values = read_payload(button["payload"])
    return person.taps(intent, **values)


def test_what_is_solved_stays_closed_and_what_is_not_opens_again(
    person: Person, services: Services
) -> None:
    cases = services.of(Cases)
    ticket = person.says("talk_to_staff", "转人工")["data"]["ticket"]
    cases.close(ticket, staff="王", now=NOW)
    well, badly = rating_buttons(ticket)
    assert pressed(person, well)["text"] == say.RATED_WELL
    assert cases.get(ticket).satisfied is True  # type: ignore[union-attr]
    again = pressed(person, badly)
    assert again["data"]["ticket"] == ticket
    assert cases.get(ticket).status == "open"  # type: ignore[union-attr]
    assert pressed(person, badly)["text"] == say.RATED_LATE


def test_what_was_agreed_is_said_again(person: Person, services: Services) -> None:
    ticket = person.says("talk_to_staff", "转人工")["data"]["ticket"]
    services.of(Cases).agree(ticket, "周三带身份证来")
    assert "周三带身份证来" in person.says("inform", "处理得怎么样了")["text"]


def test_at_night_it_is_said_that_nobody_is_there(person: Person) -> None:
    assert say.NOBODY_THERE not in person.says("talk_to_staff", "转人工")["text"]
    person.now = datetime(2026, 3, 13, 23, 0, tzinfo=SHANGHAI)
    complaint = person.says("complain", "我要投诉")["text"]
    assert say.NOBODY_THERE in complaint
    distress = person.says("distress", "活不下去了")
    assert distress["data"]["reply_by"] == "2026-03-16T09:15:00+08:00"
