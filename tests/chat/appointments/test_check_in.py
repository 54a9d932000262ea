"""「我到了」: too early, in time, too late, and which of several."""

from datetime import datetime, timedelta

import pytest

from actions.appointments.chat import sentences as say
from actions.appointments.chat.visits import says_arrived
from actions.appointments.service import Appointments, VisitWish
from actions.dialogue import sentences as shared
from actions.dialogue.services import Services
from tests.chat.appointments.support import press, titles
from tests.chat.conftest import BUSINESS, NOW, Person

OTHER = "就业登记"


def until(person: Person, booking: dict[str, str], *, minutes: int) -> None:
    """Let time pass until so many minutes after (before: negative) a booking's start."""
    person.now = datetime.fromisoformat(booking["start"]) + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text", ["我到了", "签到", "我到大厅了", "我到浦东大厅了", "已经到了", "我爸到了", "在大厅了"]
)
def test_what_says_so(text: str) -> None:
    assert says_arrived(text)


@pytest.mark.parametrize(
    "text", ["我约到了吗", "候补到了没", "轮到了", "我几点到", "排到了", "到了几号", "我的预约"]
)
def test_what_does_not(text: str) -> None:
    assert not says_arrived(text)


@pytest.mark.parametrize("action", ["my_bookings", "inform"])
def test_in_time(person: Person, action: str) -> None:
    booking = person.books()
    until(person, booking, minutes=-10)
    reply = person.says(action, "我到了")
    assert (reply["data"]["status"], reply["data"]["code"]) == ("checked_in", booking["code"])
    assert booking["window"] in reply["text"]
    assert person.says(action, "我到了")["data"]["status"] == "checked_in"


def test_late_but_in_time(person: Person) -> None:
    booking = person.books()
    until(person, booking, minutes=19)
    assert person.says("my_bookings", "我到了")["data"]["status"] == "checked_in"


def test_too_early_says_from_when(person: Person, services: Services) -> None:
    booking = person.books()
    until(person, booking, minutes=-90)
    reply = person.says("my_bookings", "我到了")
    opens = datetime.fromisoformat(booking["start"]) - timedelta(minutes=30)
    assert f"{opens:%H:%M} 起" in reply["text"]
    assert services.of(Appointments).bookings_of("web:test", now=NOW)[0].status == "confirmed"


def test_a_day_too_early(person: Person) -> None:
    person.books()
    assert person.says("my_bookings", "我到了")["text"].startswith("还没到签到的时候")


def test_too_late_says_what_to_do(person: Person) -> None:
    booking = person.books()
    until(person, booking, minutes=20)
    reply = person.says("my_bookings", "我到了")
    assert reply["text"].endswith(say.ARRIVED_LATE.partition("。")[2])
    assert titles(reply) == [shared.B_BOOK, shared.B_STAFF]


def test_of_several_at_hand_it_is_asked_which(person: Person, services: Services) -> None:
    first = person.books()
    start = datetime.fromisoformat(first["start"])
    wish = VisitWish(OTHER, first["hall"], start, start + timedelta(minutes=20))
    slot = services.of(Appointments).offer(wish, now=NOW).slots[0]
    held = person.taps("offer_slots", slot_id=slot.id, business=OTHER, for_other="yes")["data"][
        "code"
    ]
    other = person.taps("affirm", code=held)["data"]
    until(person, first, minutes=10)
    asked = person.says("my_bookings", "我到了")
    title = next(title for title in titles(asked) if title.endswith(OTHER))
    assert press(person, title, asked)["data"]["code"] == other["code"]


def test_a_typed_number_says_which(person: Person) -> None:
    booking = person.books()
    until(person, booking, minutes=0)
    reply = person.says("out_of_scope", f"{booking['code']} 我到了")
    assert reply["data"]["status"] == "checked_in"


def test_without_a_booking(person: Person) -> None:
    assert person.says("my_bookings", "我到了")["text"] == say.ARRIVED_NONE


def test_the_button_appears_when_the_time_has_come(person: Person) -> None:
    booking = person.books()
    assert say.B_ARRIVED not in titles(person.says("my_bookings", "我的预约"))
    until(person, booking, minutes=-20)
    listed = person.says("my_bookings", "我的预约")
    assert press(person, say.B_ARRIVED, listed)["data"]["status"] == "checked_in"
    assert person.says("my_bookings", "我的预约")["data"]["status"] == "checked_in"


def test_somebody_elses_visit_is_not_checked_in(person: Person, services: Services) -> None:
    slot = services.of(Appointments).offer(VisitWish(BUSINESS), now=NOW).slots[0]
    held = services.of(Appointments).hold(
        owner="web:other", slot_id=slot.id, business=BUSINESS, request_key="m", now=NOW
    )
    person.now = held.start
    reply = person.taps("my_bookings", code=held.code, arrived="yes")
    assert reply["text"] == say.CODE_UNKNOWN
    assert services.of(Appointments).booking(held.code) == held
