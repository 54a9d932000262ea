"""A visit by chat: first what needs no visit, then times, held by a tap, confirmed by a word."""

from datetime import timedelta
from typing import Any

import pytest

from actions.appointments.chat import sentences as say
from actions.appointments.service import Appointments, Housekeeping, VisitWish
from actions.dialogue import sentences as shared
from actions.dialogue.dialogue import Dialogue
from actions.dialogue.services import Services
from actions.dialogue.turn import Turn
from actions.features import FEATURES
from tests.chat.appointments.support import fill, press, tapped_times, titles, values
from tests.chat.conftest import BUSINESS, NOW, Person

HALL = "浦东示例大厅"
ONLY_THERE = "创业担保贷款"
"""A business that can only be done in the hall."""


def offered(person: Person) -> dict[str, Any]:
    return person.says("offer_slots", "帮我约明天上午办失业登记，还是要去大厅")


BARE = "帮我约失业登记"


def asks_bare(person: Person) -> dict[str, Any]:
    """Let somebody who has named no hall wish for no certain time."""
    del person.slots["hall"]
    return person.says("offer_slots", BARE)


def test_what_needs_no_visit_is_said_first(person: Person) -> None:
    reply = asks_bare(person)
    assert reply["data"]["alternatives"]
    assert all(way in reply["text"] for way in reply["data"]["alternatives"])
    assert titles(reply) == [say.B_COME, say.B_OTHER_BUSINESS, shared.B_STAFF]
    assert reply["data"]["slots"]
    assert not any(slot["reason"] in reply["text"] for slot in reply["data"]["slots"])


def test_one_tap_goes_on_to_the_times_that_were_found(person: Person) -> None:
    first = asks_bare(person)
    where = press(person, say.B_COME, first)
    assert HALL in titles(where)
    reply = press(person, HALL, where)
    assert reply["data"]["hall"] == HALL
    assert tapped_times(reply)


def test_who_says_when_gets_times_at_once_and_the_way_from_home_above_them(person: Person) -> None:
    reply = person.says("offer_slots", "帮我约明天上午办失业登记")
    assert reply["text"].startswith(say.INSTEAD_ALSO.partition("{")[0])
    assert all(way in reply["text"] for way in reply["data"]["alternatives"])
    assert len(tapped_times(reply)) == len(reply["data"]["slots"]) == 3
    assert all(slot["start"].startswith("2026-03-05T") for slot in reply["data"]["slots"])
    assert all(int(slot["start"][11:13]) < 12 for slot in reply["data"]["slots"])
    assert all(slot["reason"] in reply["text"] for slot in reply["data"]["slots"])


@pytest.mark.parametrize(
    ("action", "text"),
    [
        ("deny", "不用网上"),
        ("inform", "还是去大厅"),
        ("out_of_scope", "我要去现场"),
        ("unsure", "不会上网"),
        ("deny", "不用了"),
        ("deny", "不，我要来大厅"),
    ],
)
def test_declining_in_words_goes_on_whatever_it_reads_as(
    person: Person, action: str, text: str
) -> None:
    asks_bare(person)
    assert HALL in titles(person.says(action, text))


def test_who_does_not_come_at_all_is_let_go(person: Person) -> None:
    person.says("offer_slots", "帮我约明天上午办失业登记")
    assert not tapped_times(person.says("deny", "不办了"))


def test_who_is_content_with_the_way_from_home_need_not_come(person: Person) -> None:
    asks_bare(person)
    assert person.says("affirm", "好的")["text"] == say.INSTEAD_TAKEN


def test_it_is_said_once_for_each_business(person: Person) -> None:
    offered(person)
    later = person.says("inform", "后天下午")
    assert tapped_times(later)
    assert not any(way in later["text"] for way in later["data"]["alternatives"])
    other = person.says("offer_slots", "约就业登记")
    assert all(way in other["text"] for way in other["data"]["alternatives"])


def test_what_is_only_done_there_shows_times_at_once(person: Person) -> None:
    assert tapped_times(person.says("offer_slots", f"约{ONLY_THERE}"))


@pytest.mark.parametrize("text", ["我爸70岁不会用手机", "残疾人", "腿脚不方便", "七十多岁的老人"])
def test_who_has_priority_is_not_sent_on_line(person: Person, text: str) -> None:
    person.says("offer_slots", "帮我约明天上午办失业登记")
    reply = person.says("inform", text)
    assert reply["text"].startswith(say.BOOK_PRIORITY)
    assert tapped_times(reply)
    assert person.slots["priority"] == "yes"


def test_priority_reaches_the_booking_and_ends_with_it(person: Person, services: Services) -> None:
    person.says("offer_slots", "我妈腿脚不好，明天上午办失业登记")
    reply = person.says("inform", "后天上午")
    held = press(person, tapped_times(reply)[0], reply)
    assert services.of(Appointments).bookings_of("web:test", now=NOW)[0].priority
    press(person, say.B_CONFIRM, held)
    assert "priority" not in person.slots


def test_the_earliest_are_offered_where_they_are_wished(person: Person, services: Services) -> None:
    reply = person.says("offer_slots", f"明天{ONLY_THERE}，越早越好")
    tomorrow = NOW + timedelta(hours=14, minutes=30)
    wish = VisitWish(
        ONLY_THERE,
        hall=reply["data"]["hall"],
        start=tomorrow,
        end=tomorrow + timedelta(days=1),
        earliest=True,
    )
    found = services.of(Appointments).offer(wish, now=NOW)
    assert [slot["id"] for slot in reply["data"]["slots"]] == [slot.id for slot in found.slots]
    starts = [slot["start"] for slot in reply["data"]["slots"]]
    assert starts == sorted(starts)


def test_more_times_by_page(person: Person) -> None:
    first = offered(person)
    second = press(person, say.B_MORE_TIMES, first)
    shown = [slot["id"] for reply in (first, second) for slot in reply["data"]["slots"]]
    assert len(set(shown)) == len(shown) == 6


def test_a_tap_holds_and_asks_to_confirm(person: Person) -> None:
    slot = offered(person)["data"]["slots"][0]
    reply = person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)
    data = reply["data"]
    assert (data["kind"], data["status"], data["start"]) == ("booking", "held", slot["start"])
    assert data["hold_until"] == "2026-03-04T09:35:00+08:00"
    assert all(words in reply["text"] for words in (data["code"], data["window"], "5 分钟"))
    assert all(thing in reply["text"] for thing in data["bring"])
    assert titles(reply) == [say.B_CONFIRM, say.B_OTHER_TIME, say.B_NOT_NOW]


def test_confirmed_by_a_tap(person: Person, services: Services) -> None:
    code = person.holds()["code"]
    reply = person.taps("affirm", code=code)
    assert (reply["data"]["status"], reply["data"]["code"]) == ("confirmed", code)
    assert code in reply["text"]
    assert reply["image"].startswith(f"/bookings/{code}-")
    assert reply["image"].endswith(".png")
    assert reply["data"]["calendar"] == reply["image"].replace(".png", ".ics")
    link = press(person, say.B_CALENDAR, reply)["text"]
    assert f"{services.settings.web_url}{reply['data']['calendar']}" in link
    assert "business" not in person.slots


@pytest.mark.parametrize("word", ["确认", "好的", "对"])
def test_confirmed_by_a_word(person: Person, word: str) -> None:
    code = person.holds()["code"]
    assert person.says("affirm", word)["data"]["code"] == code


def test_a_policy_question_between_keeps_the_hold_and_reminds(person: Person) -> None:
    code = person.holds()["code"]
    answer = person.says("policy", "现场招聘会还能办吗")
    assert answer["data"]["kind"] == "policy_answer"
    assert titles(answer)[0] == say.B_CONFIRM
    person.says("thank", "谢谢")
    assert person.says("affirm", "好的")["data"] == {
        **person.outcome.replies[-1]["data"],
        "code": code,
        "status": "confirmed",
    }
    assert titles(person.says("policy", "现场招聘会还能办吗"))[-1] != say.B_CONFIRM


def test_confirmed_late_while_the_seat_is_free(person: Person) -> None:
    person.holds()
    person.later(minutes=7)
    assert person.says("affirm", "确认")["data"]["status"] == "confirmed"


def test_a_yes_long_after_is_about_something_else(person: Person, services: Services) -> None:
    person.holds()
    person.later(minutes=36)
    Housekeeping(services.database).sweep(now=person.now)
    assert person.says("affirm", "好的")["data"] is None
    assert services.of(Appointments).bookings_of("web:test", now=NOW)[0].status == "cancelled"


def test_a_hold_that_somebody_else_has_now_is_offered_anew(
    person: Person, services: Services
) -> None:
    held = person.holds()
    person.later(minutes=7)
    slot = services.of(Appointments).bookings_of("web:test", now=NOW)[0].slot_id
    rival = services.of(Appointments).hold(
        owner="web:rival", slot_id=slot, business=BUSINESS, request_key="m", now=person.now
    )
    assert rival.status == "held"
    reply = person.taps("affirm", code=held["code"])
    assert reply["text"].startswith(say.REFUSED["hold_lapsed"])
    assert tapped_times(reply)
    assert slot not in [shown["id"] for shown in reply["data"]["slots"]]
    assert person.says("affirm", "好的")["data"] is None


def test_the_same_message_twice_holds_once(person: Person, services: Services) -> None:
    slot = offered(person)["data"]["slots"][0]
    first = person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)
    person.turns -= 1
    again = person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)
    assert first == again
    assert len(services.of(Appointments).bookings_of("web:test", now=NOW)) == 1


def test_another_tap_exchanges_what_is_held(person: Person, services: Services) -> None:
    slots = offered(person)["data"]["slots"]
    held = person.taps("offer_slots", slot_id=slots[0]["id"], business=BUSINESS)
    other = person.taps("offer_slots", slot_id=slots[1]["id"], business=BUSINESS)
    assert other["data"]["code"] == held["data"]["code"]
    assert other["data"]["start"] == slots[1]["start"]
    assert len(services.of(Appointments).bookings_of("web:test", now=NOW)) == 1


def test_a_second_booking_is_met_with_change_and_cancel(person: Person) -> None:
    booked = person.books()
    slots = offered(person)["data"]["slots"]
    reply = person.taps("offer_slots", slot_id=slots[-1]["id"], business=BUSINESS)
    assert booked["code"] in reply["text"]
    assert titles(reply) == [say.B_CHANGE, say.B_CANCEL]


def test_more_bookings_than_one_may_have_are_refused(person: Person, services: Services) -> None:
    for business in [b.name for b in services.of(Appointments).businesses()]:
        slots = person.taps("offer_slots", business=business, come="yes", ask="any")
        if not tapped_times(slots):
            continue
        reply = press(person, tapped_times(slots)[0], slots)
        if reply["data"] is None:
            break
    assert reply["text"] == say.TOO_MANY.format(limit=len(_own(services)))


def _own(services: Services) -> tuple[Any, ...]:
    return services.of(Appointments).bookings_of("web:test", now=NOW)


def test_a_full_slot_is_regretted_and_others_are_offered(
    person: Person, services: Services
) -> None:
    reply = offered(person)
    slot = reply["data"]["slots"][0]
    wish = VisitWish(
        BUSINESS,
        reply["data"]["hall"],
        NOW + timedelta(hours=14, minutes=30),
        NOW + timedelta(hours=27),
    )
    fill(services, wish, now=NOW)
    after = person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)
    assert after["text"].startswith(say.REFUSED["slot_full"])
    assert slot["id"] not in [s["id"] for s in after["data"]["slots"]]
    assert _own(services) == ()


def test_an_unknown_slot_holds_nothing(person: Person, services: Services) -> None:
    reply = person.taps("offer_slots", slot_id=999_999_999, business=BUSINESS)
    assert reply["text"].startswith(say.REFUSED["unknown_slot"])
    assert _own(services) == ()


def test_a_time_gone_by_holds_nothing(person: Person, services: Services) -> None:
    slot = offered(person)["data"]["slots"][0]
    person.later(minutes=60 * 30)
    reply = person.taps("offer_slots", slot_id=slot["id"], business=BUSINESS)
    assert reply["text"].startswith(say.REFUSED["slot_past"])
    assert _own(services) == ()


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ("上周三上午", "已经过去"),
        ("昨天下午", "已经过去"),
        ("前天", "已经过去"),
        ("周六上午", "不办公"),
        ("明天晚上八点", "不办公"),
        ("12月30日上午", "还没有开放"),
    ],
)
def test_a_time_that_cannot_be_says_why_and_what_can(
    person: Person, services: Services, wish: str, why: str
) -> None:
    reply = person.says("offer_slots", f"{wish}办{ONLY_THERE}")
    assert why in reply["text"]
    assert _own(services) == ()


@pytest.mark.parametrize("text", ["我们30个人一起办", "我们三个人要办失业登记 约三个"])
def test_a_group_is_told_that_each_books_alone(
    person: Person, services: Services, text: str
) -> None:
    reply = person.says("offer_slots", text)
    assert reply["text"] == say.BOOK_GROUP
    assert titles(reply) == [say.B_BOOK_MINE, shared.B_STAFF]
    assert _own(services) == ()


def test_without_a_business_it_is_asked_for(person: Person) -> None:
    reply = person.says("offer_slots", "帮我预约")
    assert person.outcome.asks == "business"
    assert all("business" in values(button) for button in reply["buttons"])


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
    assert person.outcome.asks == "business"
    assert "business" not in person.slots


def test_another_time_is_asked_for_by_form(person: Person) -> None:
    offered(person)
    reply = person.taps("offer_slots", business=BUSINESS, ask="time")
    assert person.outcome.asks == "time"
    assert len(reply["buttons"]) == 5


def test_any_time_forgets_the_one_named(person: Person) -> None:
    offered(person)
    person.taps("offer_slots", business=BUSINESS, ask="any")
    assert "visit_from" not in person.slots


def test_a_past_time_remembered_is_forgotten(person: Person) -> None:
    person.slots = {
        "business": BUSINESS,
        "visit_from": (NOW - timedelta(days=2)).isoformat(),
        "visit_until": (NOW - timedelta(days=1)).isoformat(),
    }
    person.says("offer_slots", "约失业登记")
    assert "visit_from" not in person.slots


@pytest.mark.parametrize("damage", ["x", "2026-13-01", "2026-03-05T09:00"])
def test_a_damaged_time_is_no_time(person: Person, damage: str) -> None:
    reply = person.taps("offer_slots", business=BUSINESS, visit_from=damage)
    assert reply["data"]["kind"] == "slot_list"


def test_button_titles_fit(person: Person) -> None:
    assert all(len(title) <= 20 for title in titles(offered(person)))


def test_a_turn_without_anything_known_is_asked(services: Services) -> None:
    turn = Turn("book_window", "", NOW, "web:other", "m1", {"slot_id": "x"})
    assert Dialogue(FEATURES, services).answer(turn).outcome.asks == "business"


def test_a_business_that_no_hall_does_is_named(person: Person) -> None:
    asked = person.says("offer_slots", "帮我约个劳动仲裁咨询 浦东 下周二")
    assert "「劳动仲裁咨询」不在这里能约的业务里" in asked["text"]
    assert "失业登记" in [each["title"] for each in asked["buttons"]]
