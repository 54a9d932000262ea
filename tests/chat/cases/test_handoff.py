"""Handing over to a person."""

import pytest

from actions.cases.chat import sentences as say
from actions.cases.links import link_path
from actions.cases.service import Cases
from actions.dialogue.services import Services
from tests.chat.conftest import Person


def test_a_human_is_asked_for(person: Person, services: Services) -> None:
    reply = person.says("talk_to_staff", "转人工", recent=("工资发不下来", "转人工"))
    (case,) = services.of(Cases).for_conversation("web:test")
    assert reply["data"] == {
        "kind": "staff_case",
        "ticket": case.ticket,
        "reason": "handoff",
        "reply_by": case.reply_by.isoformat(),
        "link": link_path(case.ticket, services.settings.signing_key()),
    }
    assert case.ticket in reply["text"]
    assert "工资发不下来" in case.summary


def test_asking_again_points_at_the_same_case(person: Person, services: Services) -> None:
    first = person.says("talk_to_staff", "转人工")
    person.later(minutes=3)
    again = person.says("talk_to_staff", "人呢")
    assert again["data"]["ticket"] == first["data"]["ticket"]
    assert again["text"].startswith("您的工单")
    assert len(services.of(Cases).for_conversation("web:test")) == 1


def test_the_same_message_twice_says_the_same(person: Person) -> None:
    first = person.says("talk_to_staff", "转人工")
    person.turns -= 1
    assert person.says("talk_to_staff", "转人工") == first


@pytest.mark.parametrize(
    ("action", "reason"), [("complain", "complaint"), ("distress", "distress")]
)
def test_every_reason_opens_its_own_case(
    person: Person, services: Services, action: str, reason: str
) -> None:
    reply = person.says(action, "我受不了了")
    assert reply["data"]["reason"] == reason
    assert services.of(Cases).get(reply["data"]["ticket"]) is not None
    assert person.context.asked is None


def test_distress_names_both_hotlines_and_offers_no_menu(person: Person) -> None:
    reply = person.says("distress", "活不下去了")
    assert "12356" in reply["text"]
    assert "12333" in reply["text"]
    assert reply["buttons"] == []


def test_a_complaint_after_a_handover_is_a_case_of_its_own(
    person: Person, services: Services
) -> None:
    person.says("talk_to_staff", "转人工")
    reply = person.says("complain", "我要投诉")
    assert reply["text"] != say.STAFF
    assert {c.reason for c in services.of(Cases).for_conversation("web:test")} == {
        "handoff",
        "complaint",
    }
