"""Closures taken back: whoever was told of one is told once, and blamed for nothing."""

from datetime import timedelta

import pytest

from actions.appointments.booking.notices import CLOSED, REOPENED
from actions.appointments.booking.rules import CHECK_IN_UNTIL, REMIND_BEFORE, REOPENED_AFTER
from actions.appointments.service import Appointments, Housekeeping
from store.database import Database
from tests.database.appointments.closures_support import NOW, Office, at, open_office


@pytest.fixture
def office(database: Database) -> Office:
    return open_office(database)


def test_who_was_told_of_a_closure_is_told_once_that_it_is_over(office: Office) -> None:
    stays, gives_up, moves, leaves = office.slots("1号")[:4]
    booked = {
        owner: office.book(owner, slot)
        for owner, slot in zip(
            ("web:stays", "web:up", "web:moves", "web:leaves"),
            (stays, gives_up, moves, leaves),
            strict=True,
        )
    }
    windows = Appointments(office.database)
    windows.cancel("web:leaves", booked["web:leaves"].code, now=NOW)
    office.close()
    assert [kind for _, kind in office.tell()] == [CLOSED] * 3
    windows.cancel("web:up", booked["web:up"].code, now=NOW)
    windows.change("web:moves", booked["web:moves"].code, office.slots("1号")[-1].id, now=NOW)
    later = NOW
    for _ in range(3):
        assert office.reopen(now=later) > 0
        assert office.tell(later) == []
        later += REOPENED_AFTER / 2
        assert office.close(now=later) == 0
        assert office.tell(later) == []
    office.reopen(now=later)
    assert office.tell(later + REOPENED_AFTER - timedelta(seconds=1)) == []
    later += REOPENED_AFTER
    assert sorted(office.tell(later)) == [("web:stays", REOPENED), ("web:up", REOPENED)]
    assert office.tell(later) == []


def test_who_cancels_before_the_reopening_is_told_of_it_hears_it_all_the_same(
    office: Office,
) -> None:
    booking = office.book("web:1", office.slots("1号")[0])
    office.close()
    office.tell()
    office.reopen()
    Appointments(office.database).cancel("web:1", booking.code, now=NOW)
    assert office.tell(NOW + REOPENED_AFTER) == [("web:1", REOPENED)]


def test_who_has_booked_again_is_not_told_of_the_reopening(office: Office) -> None:
    booking = office.book("web:1", office.slots("1号")[0])
    office.close()
    office.tell()
    windows = Appointments(office.database)
    windows.cancel("web:1", booking.code, now=NOW)
    office.reopen()
    windows.hold(
        owner="web:1",
        slot_id=office.slots("1号")[0].id,
        business="甲",
        request_key="again",
        now=NOW,
    )
    assert office.tell(NOW + REOPENED_AFTER) == []


def test_one_visit_called_off_twice_is_one_notice(office: Office) -> None:
    """Given up, booked again, called off again and given up: two bookings, one wish."""
    windows = Appointments(office.database)
    later = NOW
    for number in range(2):
        held = windows.hold(
            owner="web:1",
            slot_id=office.slots("1号")[0].id,
            business="甲",
            request_key=str(number),
            now=later,
        )
        assert office.close(now=later) == 1
        assert office.tell(later) == [("web:1", CLOSED)]
        windows.cancel("web:1", held.code, now=later)
        office.reopen(now=later)
        later += timedelta(minutes=1)
    assert office.tell(later + REOPENED_AFTER) == [("web:1", REOPENED)]


def test_visits_that_fell_to_a_long_closure_are_told_of_its_early_end(office: Office) -> None:
    """The first day has gone by; who was booked for it may book again."""
    office.book("web:1", office.slots("1号")[0])
    office.close("09:00", "23:00")
    office.tell()
    noon = at("12:00")
    Housekeeping(office.database).sweep(now=noon)
    assert office.reopen(now=noon) > 0
    assert (REOPENED in {kind for _, kind in office.tell(noon + REOPENED_AFTER)}) is True


def test_a_reopening_that_was_never_needed_is_not_told(office: Office) -> None:
    """The closure was taken back before anybody had heard of it."""
    office.book("web:1", office.slots("1号")[0])
    office.close()
    office.reopen()
    assert office.tell(NOW + REOPENED_AFTER) == []


@pytest.mark.parametrize(
    ("told_before", "status"),
    [
        (REMIND_BEFORE, "no_show"),
        (REMIND_BEFORE - timedelta(minutes=1), "cancelled"),
        (None, "cancelled"),
    ],
)
def test_who_was_not_told_in_time_of_the_reopening_did_not_stay_away(
    office: Office, told_before: timedelta | None, status: str
) -> None:
    slot = office.slots("1号")[-1]
    booking = office.book("web:1", slot)
    office.close("00:00", "23:00")
    office.tell()
    told_at = slot.start - (told_before or timedelta(minutes=1))
    office.reopen(now=told_at - REOPENED_AFTER)
    if told_before is not None:
        assert ("web:1", REOPENED) in office.tell(told_at)
    Housekeeping(office.database).sweep(now=slot.start + CHECK_IN_UNTIL)
    found = Appointments(office.database).booking(booking.code)
    assert found is not None
    assert found.status == status
