"""Offers, bookings and crowds over the demo halls, on both databases."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from actions.windows.halls.demo import seed_windows
from actions.windows.errors import (
    AlreadyBooked,
    BookingPast,
    SlotPast,
    UnknownBooking,
    UnknownBusiness,
    UnknownHall,
    UnknownSlot,
)
from actions.windows.service import Booking, VisitWish, Windows
from actions.windows.tables import SlotRow
from store.clock import SHANGHAI
from store.database import Database
from tests.database.windows_support import BUSINESS, OTHER, one_slot

NOW = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)  # a Wednesday
PUDONG = "浦东示例大厅"


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


@pytest.fixture
def windows(database: Database) -> Windows:
    seed_windows(database, now=NOW, seed=1)
    return Windows(database)


def wish(start: datetime | None = None, end: datetime | None = None) -> VisitWish:
    return VisitWish(BUSINESS, PUDONG, start, end)


def booked(windows: Windows, slot_id: int, key: str = "k", owner: str = "web:a") -> Booking:
    return windows.book(owner=owner, slot_id=slot_id, business=BUSINESS, request_key=key, now=NOW)


def test_names_are_found_in_sentences(windows: Windows) -> None:
    business = windows.find_business("帮我约明天上午办失业登记")
    hall = windows.find_hall("浦东大厅人多吗")
    assert business is not None
    assert hall is not None
    assert (business.name, hall.name) == (BUSINESS, PUDONG)
    assert windows.find_business("今天天气不错") is None
    assert windows.find_hall("今天天气不错") is None


def test_an_offer_is_within_the_wish_with_reasons(windows: Windows) -> None:
    offer = windows.offer(wish(at(12, 7), at(12, 12)), now=NOW)
    assert offer.hall == PUDONG
    assert offer.note == ""
    assert offer.alternatives
    assert len({slot.id for slot in offer.slots}) == 3
    for slot in offer.slots:
        assert at(12, 9) <= slot.start < slot.end <= at(12, 12)
        assert slot.reason == f"预计大厅 {slot.expected_people} 人，容量 {slot.capacity}"


def test_the_next_page_repeats_nothing(windows: Windows) -> None:
    whole_week = wish(at(11), at(16))
    pages = [windows.offer(whole_week, now=NOW, offset=3 * page).slots for page in range(4)]
    ids = [slot.id for page in pages for slot in page]
    assert len(ids) == len(set(ids)) == 12
    assert windows.offer(whole_week, now=NOW, offset=9_999).slots == ()


def test_a_closed_day_gives_the_nearest(windows: Windows) -> None:
    offer = windows.offer(wish(at(15), at(16)), now=NOW)
    assert offer.note == "3月15日周日大厅不办公，换成最近的日子。"
    assert {slot.start.day for slot in offer.slots} == {16}


def test_a_full_day_gives_the_nearest(windows: Windows, database: Database) -> None:
    with database.write() as session:
        full = update(SlotRow).where(SlotRow.start >= at(12), SlotRow.start < at(13))
        session.execute(full.values(taken=SlotRow.capacity))
        session.commit()
    offer = windows.offer(wish(at(12), at(13)), now=NOW)
    assert "已经约满" in offer.note
    assert {slot.start.day for slot in offer.slots} <= {11, 13}
    assert offer.slots


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (at(12, 18), at(12, 22), "不办公（"),
        (at(10), at(11), "已经过去"),
        (at(31), at(31, 12), "还没有开放"),
    ],
)
def test_the_note_says_why_not(windows: Windows, start: datetime, end: datetime, said: str) -> None:
    offer = windows.offer(wish(start, end), now=NOW)
    assert said in offer.note
    assert offer.slots


def test_without_a_hall_the_others_are_named(windows: Windows) -> None:
    offer = windows.offer(VisitWish(BUSINESS), now=NOW)
    assert all(hall.name in offer.note for hall in windows.halls())


def test_unknown_names_are_errors(windows: Windows) -> None:
    with pytest.raises(UnknownBusiness):
        windows.offer(VisitWish("打酱油"), now=NOW)
    with pytest.raises(UnknownHall):
        windows.offer(VisitWish(BUSINESS, "月球大厅"), now=NOW)
    with pytest.raises(UnknownHall):
        windows.crowd("月球大厅", now=NOW)


def test_what_is_offered_can_be_booked_and_given_back(windows: Windows) -> None:
    slot = windows.offer(wish(), now=NOW).slots[0]
    booking = booked(windows, slot.id)
    assert (booking.status, booking.hall, booking.start) == ("confirmed", PUDONG, slot.start)
    assert booking.bring
    assert booked(windows, slot.id) == booking
    assert windows.bookings_of("web:a", now=NOW) == (booking,)
    with pytest.raises(AlreadyBooked) as raised:
        booked(windows, slot.id, "k2")
    assert raised.value.booking == booking
    with pytest.raises(UnknownBooking):
        windows.cancel("web:b", booking.code, request_key="c", now=NOW)
    cancelled = windows.cancel("web:a", booking.code, request_key="c", now=NOW)
    assert cancelled.status == "cancelled"
    assert windows.cancel("web:a", booking.code, request_key="d", now=NOW) == cancelled
    again = booked(windows, slot.id, "k3")
    assert again.code != booking.code


def test_one_key_of_two_people_is_two_bookings(windows: Windows) -> None:
    slot, other = windows.offer(wish(), now=NOW).slots[:2]
    mine = booked(windows, slot.id, "same")
    assert booked(windows, other.id, "same", owner="web:b").code != mine.code


def test_time_passes(database: Database) -> None:
    windows = Windows(database)
    slot_id = one_slot(database, NOW, capacity=2)
    later = one_slot(database, NOW, capacity=2, days=2)
    booking = booked(windows, slot_id)
    with pytest.raises(SlotPast):
        windows.book(
            owner="b", slot_id=slot_id, business=BUSINESS, request_key="x", now=booking.start
        )
    with pytest.raises(BookingPast):
        windows.cancel("web:a", booking.code, request_key="c", now=booking.start)
    assert windows.bookings_of("web:a", now=booking.end) == ()
    # A visit that is over does not bar the next one for the same business.
    after = booking.end + timedelta(minutes=1)
    again = windows.book(
        owner="web:a", slot_id=later, business=BUSINESS, request_key="y", now=after
    )
    assert again.status == "confirmed"


def test_a_window_that_does_not_do_it_is_no_slot(database: Database) -> None:
    slot_id = one_slot(database, NOW, capacity=1)
    with pytest.raises(UnknownSlot):
        Windows(database).book(owner="a", slot_id=slot_id, business=OTHER, request_key="k", now=NOW)
    with pytest.raises(UnknownBusiness):
        Windows(database).book(
            owner="a", slot_id=slot_id, business="打酱油", request_key="k", now=NOW
        )


def test_the_schema_itself_refuses_an_overbooking(database: Database) -> None:
    one_slot(database, NOW, capacity=1)
    for taken in (2, -1):
        with database.write() as session, pytest.raises(IntegrityError):
            session.execute(update(SlotRow).values(taken=taken))


def test_a_crowd_is_counted_while_the_hall_is_open(windows: Windows) -> None:
    assert not windows.crowd(PUDONG, now=at(15, 10)).is_open
    crowd = windows.crowd(PUDONG, now=at(12, 10))
    assert crowd.is_open
    assert crowd.people > 0
    assert all(quiet.expected_people < crowd.people for quiet in crowd.quiet)
    assert all(quiet.start > at(12, 10) for quiet in crowd.quiet)


def test_a_year_without_a_known_calendar_is_said_to_be_so(database: Database) -> None:
    now = datetime(2031, 3, 11, 8, tzinfo=SHANGHAI)
    seed_windows(database, now=now, seed=1)
    assert "2031 年的放假安排还不知道" in Windows(database).offer(wish(), now=now).note
