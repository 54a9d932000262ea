"""A booking belongs to the person: one moment, one booking; and it goes where its link goes."""

import json
from datetime import datetime
from typing import Any

import pytest

from actions.appointments.chat import sentences as say
from actions.appointments.service import Appointments, VisitWish
from actions.dialogue.services import Services
from actions.dialogue.turn import Reply
from tests.chat.appointments.support import titles
from tests.chat.conftest import BUSINESS, NOW, Person

OTHER = "就业登记"


def same_time(services: Services, booking: dict[str, Any]) -> int:
    """Return a slot for OTHER at the time of a booking."""
    start, end = (datetime.fromisoformat(booking[key]) for key in ("start", "end"))
    wish = VisitWish(OTHER, booking["hall"], start, end)
    return services.of(Appointments).offer(wish, now=NOW).slots[0].id


def overlapping(person: Person, services: Services) -> tuple[dict[str, Any], Reply]:
    """Book, and tap another business at the same time; return the booking and the answer."""
    mine = person.books()
    slot = same_time(services, mine)
    return mine, person.taps("offer_slots", slot_id=slot, business=OTHER)


def test_a_second_visit_at_one_moment_names_the_first(person: Person, services: Services) -> None:
    mine, answer = overlapping(person, services)
    assert mine["code"] in answer["text"]
    assert titles(answer) == [say.B_KEEP_OLD, say.B_MOVE_OLD, say.B_OTHER_TIME, say.B_FOR_OTHER]
    (standing,) = services.of(Appointments).bookings_of("web:test", now=NOW)
    assert standing.code == mine["code"]


def test_it_may_be_for_somebody_else(person: Person, services: Services) -> None:
    mine, _ = overlapping(person, services)
    slot = same_time(services, mine)
    held = person.taps("offer_slots", slot_id=slot, business=OTHER, for_other="yes")["data"]
    assert (held["status"], held["for_other"]) == ("held", True)
    assert "for_other" not in mine


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("帮我妈约明天上午办失业登记", True),
        ("替别人约明天上午办失业登记", True),
        ("给老伴约个明天上午的失业登记", True),
        ("我想代办失业登记", True),
        ("帮我约明天上午办失业登记", False),
        ("给我约明天上午办失业登记", False),
    ],
)
def test_who_is_it_for(person: Person, text: str, meant: bool) -> None:
    person.says("offer_slots", text)
    assert (person.slots.get("for_other") == "yes") is meant


def test_one_books_the_same_for_oneself_and_for_mother(person: Person) -> None:
    person.books()
    person.says("offer_slots", f"帮我妈约明天上午办{BUSINESS}")
    slots = person.taps("offer_slots", business=BUSINESS, come="yes")["data"]["slots"]
    held = person.taps("offer_slots", slot_id=slots[0]["id"], business=BUSINESS)["data"]
    booked = person.taps("affirm", code=held["code"])["data"]
    assert (booked["status"], booked["for_other"]) == ("confirmed", True)
    # What is booked next is one's own again.
    assert "for_other" not in person.slots


@pytest.mark.parametrize("text", ["{url}", "我在网页上约的 {url} 帮我看看"])
def test_a_link_brings_a_booking_into_another_conversation(
    person: Person, services: Services, text: str
) -> None:
    mine = person.books()
    other = Person(services, "telegram:7")
    assert other.says("my_bookings", "我的预约")["data"] is None
    assert other.says("inform", mine["code"])["text"] == say.CODE_UNKNOWN
    url = f"{services.settings.web_url}{mine['link']}"
    taken = other.says("out_of_scope", text.format(url=url))
    assert taken["data"]["code"] == mine["code"]
    assert other.says("my_bookings", "我的预约")["data"]["code"] == mine["code"]
    asked = other.says("cancel_booking", "取消预约")
    assert mine["code"] in asked["text"]
    assert other.says("affirm", "确定")["data"]["status"] == "cancelled"
    assert person.says("inform", mine["code"])["data"]["status"] == "cancelled"


def test_a_link_that_is_over_says_so(person: Person) -> None:
    mine = person.books()
    token = mine["link"].rpartition("/")[2]
    for given in (token[:-1], "YY-2222222-" + "A" * 32):
        assert person.taps("my_bookings", visit=given)["text"] == say.LINK_ENDED
    person.later(minutes=9 * 24 * 60)
    assert person.taps("my_bookings", visit=token)["text"] == say.LINK_ENDED


def test_a_time_offered_before_the_booking_changed_moves_nothing(
    person: Person, services: Services
) -> None:
    mine = person.books()
    offer = person.taps("change_booking", code=mine["code"])
    first, second = offer["data"]["slots"][:2]
    payload = offer["buttons"][0]["payload"]
    seen = json.loads(payload[payload.index("{") :])["seen"]
    moved = person.taps("change_booking", code=mine["code"], slot_id=first["id"], seen=seen)
    assert moved["data"]["start"] == first["start"]
    again = person.taps("change_booking", code=mine["code"], slot_id=first["id"], seen=seen)
    assert again["data"]["start"] == first["start"]
    stale = person.taps("change_booking", code=mine["code"], slot_id=second["id"], seen=seen)
    assert say.CHANGED_SINCE in stale["text"]
    (now,) = services.of(Appointments).bookings_of("web:test", now=NOW)
    assert now.start.isoformat() == first["start"]
