"""What is booked: looked up, moved, given back; and a booking's number typed anywhere."""

from datetime import timedelta
from typing import Any

import pytest

from actions.appointments.chat import sentences as say
from actions.appointments.service import Appointments, Booking, VisitWish
from actions.dialogue.services import Services
from actions.ids import make_id
from tests.chat.appointments.support import fill, press, tapped_times, titles
from tests.chat.conftest import BUSINESS, NOW, Person

OTHER = "就业登记"


def booked(services: Services) -> tuple[Booking, ...]:
    return services.of(Appointments).bookings_of("web:test", now=NOW)


def somebody_elses(services: Services) -> str:
    slot = services.of(Appointments).offer(VisitWish(BUSINESS), now=NOW).slots[0]
    held = services.of(Appointments).hold(
        owner="web:other", slot_id=slot.id, business=BUSINESS, request_key="m", now=NOW
    )
    return held.code


def test_bookings_are_listed_with_what_can_be_done(person: Person) -> None:
    person.books()
    person.holds(OTHER, "明天下午")
    person.says("my_bookings", "我的预约")
    first, second = person.outcome.replies
    by_status = {reply["data"]["status"]: reply for reply in (first, second)}
    assert titles(by_status["confirmed"]) == [say.B_CHANGE, say.B_CANCEL]
    assert titles(by_status["held"]) == [say.B_CONFIRM, say.B_NOT_NOW]
    assert say.MY_STATUS["held"] in by_status["held"]["text"]


def test_cancelled_by_tap_and_a_second_one(person: Person, services: Services) -> None:
    code = person.books()["code"]
    asked = person.taps("cancel_booking", code=code)
    assert titles(asked) == [say.B_YES_CANCEL, say.B_KEEP]
    assert booked(services)[0].status == "confirmed"
    assert press(person, say.B_YES_CANCEL, asked)["data"]["status"] == "cancelled"
    assert person.says("my_bookings", "我的预约")["text"] == say.MY_BOOKINGS_NONE


def test_an_old_button_takes_away_nothing_that_it_was_not_shown_for(
    person: Person, services: Services
) -> None:
    held = person.holds()
    not_now = person.outcome.replies[-1]
    person.taps("affirm", code=held["code"])
    asked = press(person, say.B_NOT_NOW, not_now)
    assert booked(services)[0].status == "confirmed"
    moved = press(
        person, tapped_times(offer := person.says("change_booking", "改到后天下午"))[0], offer
    )
    assert moved["data"]["start"] != held["start"]
    again = press(person, say.B_YES_CANCEL, asked)
    assert booked(services)[0].status == "confirmed"
    assert press(person, say.B_YES_CANCEL, again)["data"]["status"] == "cancelled"


def test_an_old_button_lets_no_other_held_seat_go(person: Person, services: Services) -> None:
    """Another time tapped keeps the booking's number and exchanges its seat."""
    held = person.holds()
    not_now = person.outcome.replies[-1]
    other = services.of(Appointments).offer(VisitWish(BUSINESS, held["hall"]), now=NOW, limit=9)
    slot = next(slot for slot in other.slots if slot.start.isoformat() != held["start"])
    exchanged = person.taps("offer_slots", slot_id=slot.id, business=BUSINESS)
    assert exchanged["data"]["code"] == held["code"]
    asked = press(person, say.B_NOT_NOW, not_now)
    assert titles(asked) == [say.B_YES_CANCEL, say.B_KEEP]
    assert [(each.status, each.slot_id) for each in booked(services)] == [("held", slot.id)]
    assert press(person, say.B_NOT_NOW, exchanged)["data"]["status"] == "cancelled"


def test_an_old_button_touches_no_later_booking(person: Person, services: Services) -> None:
    person.holds()
    not_now = person.outcome.replies[-1]
    press(person, say.B_NOT_NOW, not_now)
    later = person.books(when="后天上午")
    person.holds(OTHER, "明天下午")
    press(person, say.B_NOT_NOW, not_now)
    standing = {each.code: each.status for each in booked(services) if each.status != "cancelled"}
    assert standing[later["code"]] == "confirmed"
    assert sorted(standing.values()) == ["confirmed", "held"]


def test_a_place_on_the_waiting_list_is_not_given_up_by_one_tap(person: Person) -> None:
    waiting = person.taps("offer_slots", business=BUSINESS, come="yes", wait="yes")["data"]
    asked = person.taps("cancel_booking", code=waiting["code"])
    assert press(person, say.B_YES_CANCEL, asked)["data"]["status"] == "cancelled"


def test_a_held_seat_is_given_back(person: Person, services: Services) -> None:
    person.holds()
    held = person.outcome.replies[-1]
    assert press(person, say.B_NOT_NOW, held)["data"]["status"] == "cancelled"
    assert person.says("affirm", "好的")["data"] is None
    assert booked(services)[0].status == "cancelled"


def test_cancelling_in_words_is_asked_about_first(person: Person, services: Services) -> None:
    code = person.books()["code"]
    asked = person.says("cancel_booking", "取消预约")
    assert code in asked["text"]
    assert booked(services)[0].status == "confirmed"
    assert person.says("affirm", "好的")["data"]["status"] == "cancelled"


def test_a_cancelling_that_reads_as_a_no(person: Person, services: Services) -> None:
    code = person.books()["code"]
    assert code in person.says("deny", "取消吧")["text"]
    person.says("deny", "不取消了")
    assert booked(services)[0].status == "confirmed"
    person.says("deny", "取消吧")
    assert person.says("deny", "对，取消吧")["data"]["status"] == "cancelled"


def test_what_was_asked_long_ago_is_not_affirmed(person: Person, services: Services) -> None:
    person.books()
    person.says("cancel_booking", "取消预约")
    person.says("deny", "算了")
    person.says("affirm", "好的")
    assert booked(services)[0].status == "confirmed"


def test_of_several_the_one_named_is_meant(person: Person) -> None:
    person.books()
    other = person.books(OTHER, "明天下午")
    assert len(titles(person.says("cancel_booking", "取消预约"))) == 2
    assert other["code"] in person.says("cancel_booking", f"取消{OTHER}的预约")["text"]
    assert len(titles(person.says("change_booking", "我要改约"))) == 2
    moved = person.says("change_booking", f"把{OTHER}那个预约改到后天下午")
    assert other["code"] in moved["text"]


def test_somebody_elses_booking_cannot_be_cancelled(person: Person, services: Services) -> None:
    code = somebody_elses(services)
    assert person.taps("cancel_booking", code=code)["text"] == say.CODE_UNKNOWN


def test_a_change_offers_times_and_a_tap_exchanges(person: Person, services: Services) -> None:
    old = person.books()
    offer = person.says("change_booking", "改到后天下午")
    assert (offer["data"]["business"], offer["data"]["hall"]) == (old["business"], old["hall"])
    assert old["code"] in offer["text"]
    assert booked(services)[0].start.isoformat() == old["start"]
    moved = press(person, tapped_times(offer)[0], offer)
    assert (moved["data"]["code"], moved["data"]["status"]) == (old["code"], "confirmed")
    assert moved["data"]["start"].startswith("2026-03-06T1")
    assert "从 明天" in moved["text"]
    assert len(booked(services)) == 1


def test_a_change_goes_on_in_words(person: Person) -> None:
    old = person.books()
    person.says("change_booking", "改约")
    offer = person.says("inform", "后天下午")
    moved = press(person, tapped_times(offer)[0], offer)
    assert moved["data"]["code"] == old["code"]


def test_a_change_to_a_time_asked_for(person: Person) -> None:
    old = person.books()
    offer = person.says("change_booking", "改约")
    press(person, say.B_OTHER_TIME, offer)
    assert person.outcome.asks == "time"
    again = person.says("offer_slots", "后天下午")
    assert press(person, tapped_times(again)[0], again)["data"]["code"] == old["code"]


def test_a_new_time_that_is_gone_leaves_the_old_untouched(
    person: Person, services: Services
) -> None:
    old = person.books()
    offer = person.says("change_booking", "改到后天下午")
    noon = NOW + timedelta(days=1, hours=26)
    fill(services, VisitWish(BUSINESS, old["hall"], noon, noon + timedelta(hours=9)), now=NOW)
    reply = press(person, tapped_times(offer)[0], offer)
    assert reply["text"].startswith(say.REFUSED["slot_full"])
    assert say.CHANGE_KEPT.partition("：")[0] in reply["text"]
    (kept,) = booked(services)
    assert (kept.start.isoformat(), kept.status) == (old["start"], "confirmed")
    moved = press(person, tapped_times(reply)[0], reply)
    assert moved["data"]["code"] == old["code"]


def test_keeping_the_old_time_ends_the_change(person: Person) -> None:
    person.books()
    offer = person.says("change_booking", "改约")
    press(person, say.B_CHANGE_KEEP, offer)
    assert "moving" not in person.slots


def test_a_business_cannot_be_changed(person: Person) -> None:
    old = person.books()
    reply = person.says("change_booking", f"把业务改成{OTHER}")
    assert OTHER in reply["text"]
    assert old["code"] in reply["text"]
    assert titles(reply)[-1] == say.B_CANCEL


def test_changing_nothing(person: Person) -> None:
    assert person.says("change_booking", "改约")["text"] == say.MY_BOOKINGS_NONE
    assert person.taps("change_booking", code=make_id("YY", "8QYQ5B"))["text"] == say.CODE_UNKNOWN


# Typed numbers -----------------------------------------------------------------------------


def wrong(code: str) -> str:
    """Return the code with its last character another one."""
    return code[:-1] + ("2" if code[-1] != "2" else "3")


@pytest.mark.parametrize("intent", ["cancel_booking", "out_of_scope", "inform"])
def test_a_typed_number_to_be_cancelled(person: Person, intent: str) -> None:
    code = person.books()["code"]
    person.books(OTHER, "明天下午")
    reply = person.says(intent, f"取消 {code.lower()}")
    assert code in reply["text"]
    assert person.says("affirm", "好的")["data"]["code"] == code


def test_a_typed_number_to_be_moved(person: Person) -> None:
    code = person.books()["code"]
    person.books(OTHER, "明天下午")
    offer = person.says("unsure", f"{code} 改到后天下午")
    assert offer["data"]["slots"][0]["start"].startswith("2026-03-06T1")
    assert press(person, tapped_times(offer)[0], offer)["data"]["code"] == code


def test_a_typed_number_to_be_confirmed_or_seen(person: Person) -> None:
    code = person.holds()["code"]
    assert person.says("unsure", f"看下{code}")["data"]["status"] == "held"
    assert person.says("unsure", f"{code}确认")["data"]["status"] == "confirmed"
    assert person.says("unsure", f"{code}确认")["data"]["status"] == "confirmed"


def test_wrong_and_foreign_numbers_are_answered_alike(person: Person, services: Services) -> None:
    code = person.books()["code"]
    replies = [
        person.says("cancel_booking", f"取消{given}")
        for given in (wrong(code), somebody_elses(services), make_id("YY", "8QYQ5B"))
    ]
    assert [reply["text"] for reply in replies] == [say.CODE_UNKNOWN] * 3
    assert replies[0] == replies[1] == replies[2]


def test_a_complaint_that_names_a_number_stays_a_complaint(person: Person) -> None:
    code = person.books()["code"]
    reply = person.says("complain", f"{code} 被你们取消了，我要投诉")
    assert reply["data"]["kind"] == "staff_case"


def test_letters_that_are_no_number(person: Person) -> None:
    assert person.says("greet", "yyds")["data"] is None


def test_a_place_on_the_waiting_list(person: Person, services: Services) -> None:
    person.says("offer_slots", "明天上午去大厅办失业登记，还是要去")
    hall = person.outcome.replies[-1]["data"]["hall"]
    start = NOW + timedelta(hours=14, minutes=30)
    rivals = fill(services, VisitWish(BUSINESS, hall, start, start + timedelta(hours=12)), now=NOW)
    offer = person.says("offer_slots", f"明天上午{hall}")
    assert say.B_WAIT in titles(offer)
    place = press(person, say.B_WAIT, offer)
    data: dict[str, Any] = place["data"]
    assert (data["status"], data["hall"]) == ("waitlisted", hall)
    assert data["code"].startswith("HB-")
    again = press(person, say.B_WAIT, offer)
    assert again["text"].startswith(say.WAITING_ALREADY.partition("{")[0])
    assert data["code"] in person.says("my_bookings", "我的预约")["text"]
    owner, code = rivals[0]
    services.of(Appointments).cancel(owner, code, now=NOW)
    freed = person.says("my_bookings", "我的预约")
    assert (freed["data"]["status"], titles(freed)[0]) == ("held", say.B_CONFIRM)


def test_leaving_the_waiting_list(person: Person, services: Services) -> None:
    start = NOW + timedelta(hours=14, minutes=30)
    reply = person.taps(
        "offer_slots",
        business=BUSINESS,
        wait="yes",
        visit_from=start.isoformat(),
        visit_until=(start + timedelta(hours=12)).isoformat(),
    )
    asked = person.says("cancel_booking", f"取消 {reply['data']['code']}")
    gone = press(person, say.B_YES_CANCEL, asked)
    assert gone["text"].startswith("已经不再排候补")
    assert booked(services) == ()
