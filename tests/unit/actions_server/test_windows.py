"""Booking by chat: offered, booked by one tap, looked up, changed, cancelled."""

from datetime import timedelta
from typing import Any

import pytest

from actions.server import sentences as say
from actions.server.registry import ANSWERS
from actions.server.services import Services
from actions.server.turn import Turn
from tests.unit.actions_server.conftest import NOW, Person

BUSINESS = "失业登记"


def payloads(reply: dict[str, Any], intent: str) -> list[str]:
    return [b["payload"] for b in reply["buttons"] if b["payload"].startswith(f"/{intent}")]


def offered(person: Person) -> dict[str, Any]:
    return person.says("offer_slots", "帮我约明天上午办失业登记")


def test_slots_of_the_wished_morning_are_offered(person: Person) -> None:
    reply = offered(person)
    data = reply["data"]
    assert (data["kind"], data["business"]) == ("slot_list", BUSINESS)
    assert data["slots"]
    assert all(slot["start"].startswith("2026-03-05T") for slot in data["slots"])
    assert all(int(slot["start"][11:13]) < 12 for slot in data["slots"])
    assert data["hall"] in reply["text"]
    assert len(payloads(reply, "book_window")) == len(data["slots"]) + 2


def test_one_tap_books_and_says_what_to_bring(person: Person) -> None:
    slot = offered(person)["data"]["slots"][0]
    reply = person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)
    assert reply["data"]["kind"] == "booking"
    assert (reply["data"]["status"], reply["data"]["start"]) == ("confirmed", slot["start"])
    assert reply["data"]["code"] in reply["text"]
    assert all(thing in reply["text"] for thing in reply["data"]["bring"])


def test_the_same_message_twice_books_once(person: Person, services: Services) -> None:
    slot = offered(person)["data"]["slots"][0]
    first = person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)
    person.turns -= 1
    again = person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)
    assert first == again
    assert len(services.windows.bookings_of("web:test", now=NOW)) == 1


def test_a_second_booking_is_met_with_change_and_cancel(person: Person) -> None:
    slots = offered(person)["data"]["slots"]
    booked = person.taps("offer_slots", slot_id=slots[0]["id"], business=BUSINESS)
    reply = person.taps("offer_slots", slot_id=slots[1]["id"], business=BUSINESS)
    assert booked["data"]["code"] in reply["text"]
    assert [b["title"] for b in reply["buttons"]] == [say.B_CHANGE, say.B_CANCEL]


def test_a_full_slot_is_regretted_and_others_are_offered(
    person: Person, services: Services
) -> None:
    slot = offered(person)["data"]["slots"][0]
    kind, rivals = "booking", 0
    while kind == "booking":
        rivals += 1
        kind = _book_as(services, f"web:rival{rivals}", slot["id"])["data"]["kind"]
    assert rivals <= slot["capacity"] + 1
    reply = person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)
    assert reply["text"].startswith(say.BOOK_FULL)
    assert slot["id"] not in [s["id"] for s in reply["data"]["slots"]]


def _book_as(services: Services, owner: str, slot_id: int) -> dict[str, Any]:
    turn = Turn("book_window", "", NOW, owner, "m1", {"slot_id": slot_id, "business": BUSINESS})
    return ANSWERS["action_offer_slots"](turn, services).replies[-1]


def test_an_unknown_slot_books_nothing(person: Person, services: Services) -> None:
    reply = person.taps("offer_slots", slot_id=999_999_999, business=BUSINESS)
    assert reply["text"].startswith(say.BOOK_UNKNOWN_SLOT)
    assert services.windows.bookings_of("web:test", now=NOW) == ()


def test_without_a_business_it_is_asked_for(person: Person) -> None:
    reply = person.says("offer_slots", "帮我预约")
    assert person.outcome.asks == "booking_form"
    assert payloads(reply, "book_window")


def test_the_time_named_before_the_business_is_kept(person: Person) -> None:
    person.says("offer_slots", "明天下午想去大厅办点事")
    reply = person.says("offer_slots", "失业登记")
    assert all(slot["start"].startswith("2026-03-05T1") for slot in reply["data"]["slots"])


def test_a_time_named_later_refines(person: Person) -> None:
    offered(person)
    reply = person.says("inform", "改到后天下午")
    assert reply["data"]["kind"] == "slot_list"
    assert all(slot["start"].startswith("2026-03-06T1") for slot in reply["data"]["slots"])


def test_another_time_in_words_is_no_change_of_a_booking(person: Person) -> None:
    offered(person)
    reply = person.says("change_booking", "换个时间")
    assert reply["text"] == say.BOOK_ASK_TIME
    assert person.says("change_booking", "换到后天下午")["data"]["kind"] == "slot_list"


def test_another_business_is_asked_for(person: Person) -> None:
    offered(person)
    person.taps("offer_slots", ask="business")
    assert person.outcome.asks == "booking_form"
    assert "business" not in person.slots


def test_another_time_is_asked_for_by_form(person: Person) -> None:
    offered(person)
    reply = person.taps("offer_slots", business=BUSINESS, ask="time")
    assert person.outcome.asks == "visit_time_form"
    assert len(reply["buttons"]) == 5


def test_any_time_forgets_the_one_named(person: Person) -> None:
    offered(person)
    person.taps("offer_slots", business=BUSINESS, ask="any")
    assert "visit_from" not in person.slots


def test_bookings_are_listed_and_cancelled_by_tap(person: Person) -> None:
    slot = offered(person)["data"]["slots"][0]
    code = person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)["data"]["code"]
    assert code in person.says("my_bookings", "我的预约")["text"]
    cancelled = person.taps("cancel_booking", code=code)
    assert cancelled["data"]["status"] == "cancelled"
    assert person.says("my_bookings", "我的预约")["text"] == say.MY_BOOKINGS_NONE


def test_cancelling_in_words_is_asked_about_first(person: Person, services: Services) -> None:
    slot = offered(person)["data"]["slots"][0]
    code = person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)["data"]["code"]
    asked = person.says("cancel_booking", "取消预约")
    assert code in asked["text"]
    assert services.windows.bookings_of("web:test", now=NOW)[0].status == "confirmed"
    assert person.says("affirm", "好的")["data"]["status"] == "cancelled"


def test_what_was_asked_long_ago_is_not_affirmed(person: Person, services: Services) -> None:
    slot = offered(person)["data"]["slots"][0]
    person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)
    person.says("cancel_booking", "取消预约")
    person.says("deny", "算了")
    person.says("affirm", "好的")
    assert services.windows.bookings_of("web:test", now=NOW)[0].status == "confirmed"


def test_a_change_cancels_and_offers_anew(person: Person) -> None:
    slot = offered(person)["data"]["slots"][0]
    code = person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)["data"]["code"]
    asked = person.says("change_booking", "我要改约")
    assert code in asked["text"]
    reply = person.taps("cancel_booking", code=code, rebook="yes")
    assert [r["data"]["kind"] for r in person.outcome.replies] == ["booking", "slot_list"]
    assert reply["data"]["business"] == BUSINESS


def test_somebody_elses_booking_cannot_be_cancelled(person: Person, services: Services) -> None:
    slot = offered(person)["data"]["slots"][0]
    code = _book_as(services, "web:other", slot["id"])["data"]["code"]
    assert person.taps("cancel_booking", code=code)["text"] == say.CANCEL_UNKNOWN


def test_a_past_time_remembered_is_forgotten(person: Person, services: Services) -> None:
    person.slots = {
        "business": BUSINESS,
        "visit_from": (NOW - timedelta(days=2)).isoformat(),
        "visit_until": (NOW - timedelta(days=1)).isoformat(),
    }
    person.says("offer_slots", "约失业登记")
    assert "visit_from" not in person.slots


def test_the_crowd_of_all_halls_then_of_one(person: Person) -> None:
    everywhere = person.says("hall_status", "大厅人多不多")
    halls = everywhere["data"]["halls"]
    assert len(halls) == 3
    one = person.taps("hall_status", hall=halls[1]["hall"])
    assert [h["hall"] for h in one["data"]["halls"]] == [halls[1]["hall"]]
    assert str(halls[1]["capacity"]) in one["text"]


@pytest.mark.parametrize("damage", ["x", "2026-13-01", "2026-03-05T09:00"])
def test_a_damaged_time_is_no_time(person: Person, damage: str) -> None:
    reply = person.taps("offer_slots", business=BUSINESS, visit_from=damage)
    assert reply["data"]["kind"] == "slot_list"


def test_button_titles_fit(person: Person) -> None:
    assert all(len(b["title"]) <= 20 for b in offered(person)["buttons"])
