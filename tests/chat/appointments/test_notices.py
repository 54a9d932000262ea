"""What people are told unasked: the words, and that their buttons do what they say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.appointments.chat import sentences as say
from actions.appointments.chat.notices import notice_reply
from actions.appointments.service import Appointments, Booking, HallDesk, Housekeeping, Notice
from actions.dialogue import sentences as shared
from actions.dialogue.services import Services
from actions.dialogue.turn import Reply
from tests.chat.appointments.conftest import HALL
from tests.chat.appointments.support import press, tapped_times, titles
from tests.chat.conftest import NOW, Person


def booking_of(person: Person, services: Services) -> Booking:
    code = person.books()["code"]
    booking = services.of(Appointments).booking(code)
    assert booking is not None
    return booking


def told(services: Services, booking: Booking, kind: str, **data: str) -> Reply:
    return words(Notice(1, kind, booking, data), services)


def words(notice: Notice, services: Services) -> Reply:
    key = services.settings.signing_key()
    return notice_reply(notice, services.of(Appointments), key=key, now=NOW)


@pytest.mark.parametrize("kind", ["reminder_day", "reminder_hours"])
def test_a_reminder_says_all_that_is_needed(person: Person, services: Services, kind: str) -> None:
    booking = booking_of(person, services)
    reply = told(services, booking, kind)
    needed = (booking.code, booking.hall, booking.window, booking.address, *booking.bring)
    assert all(words in str(reply["text"]) for words in needed)
    assert titles(reply) == [say.B_CHANGE, say.B_CANCEL, say.B_MY_BOOKINGS]


@pytest.mark.parametrize("kind", ["reminder_day", "reminder_hours"])
def test_a_reminder_brings_the_ticket_of_the_confirmation(
    person: Person, services: Services, kind: str
) -> None:
    held = person.holds()
    confirmed = person.taps("affirm", code=held["code"])
    booking = services.of(Appointments).booking(held["code"])
    assert booking is not None
    reply = told(services, booking, kind)
    assert reply["image"].endswith(".png")
    assert reply["image"] == confirmed["image"]
    assert reply["data"]["calendar"].endswith(".ics")
    assert reply["data"] == confirmed["data"]


@pytest.mark.parametrize("kind", ["reminder_day", "reminder_hours"])
def test_a_reminded_person_moves_or_cancels_by_a_tap(
    person: Person, services: Services, kind: str
) -> None:
    booking = booking_of(person, services)
    reply = told(services, booking, kind)
    moved = press(person, say.B_CHANGE, reply)
    assert tapped_times(moved)
    asked = press(person, say.B_CANCEL, reply)
    assert booking.code in asked["text"]


def test_a_visit_that_is_off_brings_no_ticket(person: Person, services: Services) -> None:
    booking = booking_of(person, services)
    for kind in ("freed", "closed", "no_show"):
        reply = told(services, booking, kind)
        assert reply["image"] is None
        assert "calendar" not in reply["data"]


def test_a_freed_seat_is_confirmed_by_a_tap(person: Person, services: Services) -> None:
    person.holds()
    (booking,) = services.of(Appointments).bookings_of("web:test", now=NOW)
    reply = told(services, booking, "freed")
    assert titles(reply) == [say.B_CONFIRM, say.B_NOT_WANTED]
    assert press(person, say.B_CONFIRM, reply)["data"]["status"] == "confirmed"


def test_a_closure_offers_times_that_move_the_booking(person: Person, services: Services) -> None:
    booking = booking_of(person, services)
    HallDesk(services.database).close(
        hall=booking.hall,
        start=booking.start - timedelta(hours=2),
        end=booking.start + timedelta(hours=5),
        reason="停电",
        by="staff",
        now=NOW,
    )
    notices = Housekeeping(services.database).due_notices(now=NOW)
    (notice,) = [n for n in notices if n.kind == "closed" and n.booking.owner == "web:test"]
    reply = words(notice, services)
    assert "停电" in reply["text"]
    assert reply["data"]["closed"] is True
    assert len(tapped_times(reply)) == 3
    moved = press(person, tapped_times(reply)[0], reply)
    assert (moved["data"]["code"], moved["data"]["status"]) == (booking.code, "confirmed")
    assert moved["data"]["start"] != booking.start.isoformat()
    assert "closed" not in moved["data"]


def test_a_closure_without_other_times(person: Person, services: Services) -> None:
    booking = replace(booking_of(person, services), business="没有这项")
    reply = told(services, booking, "closed")
    assert say.NOTICE_CLOSED_NO_TIMES in str(reply["text"])
    assert titles(reply) == [say.B_OTHER_TIME, say.B_CANCEL]


def test_a_missed_visit_is_told_mildly(person: Person, services: Services) -> None:
    booking = replace(booking_of(person, services), status="no_show")
    reply = told(services, booking, "no_show")
    assert "没关系" in str(reply["text"])
    assert titles(reply) == [shared.B_BOOK, shared.B_STAFF]


def test_who_missed_two_visits_books_near_days_only(person: Person, services: Services) -> None:
    upkeep = Housekeeping(services.database)
    for _ in range(2):
        booking = booking_of(person, services)
        person.now = booking.start + timedelta(minutes=30)
        upkeep.sweep(now=person.now)
        person.now = NOW
        person.slots = {"hall": HALL}
    person.now = booking.start + timedelta(minutes=30)
    reply = person.says("offer_slots", "下下周三上午办创业担保贷款")
    far = press(person, tapped_times(reply)[0], reply)
    assert "只能约 3 天以内的时间" in far["text"]
    near = press(person, tapped_times(far)[0], far)
    assert near["data"]["status"] == "held"


def test_a_kind_without_words_is_a_fault(person: Person, services: Services) -> None:
    booking = booking_of(person, services)
    with pytest.raises(KeyError):
        told(services, booking, "nonsense")
