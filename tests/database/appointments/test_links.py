"""A booking's link: who has it may act, from anywhere, until it is ended or the visit is over."""

from datetime import timedelta

import pytest

from actions.appointments.booking import tickets
from actions.appointments.errors import UnknownBooking
from actions.appointments.service import Appointments
from store.database import Database
from tests.database.appointments.support import NOW, Office

KEY = "signs links"


@pytest.fixture
def office(database: Database) -> Office:
    office = Office(database)
    office.windows = Appointments(database, key=KEY)
    return office


def token_of(office: Office, code: str) -> str:
    found = office.windows.booking(code)
    assert found is not None
    return office.windows.link(found).rpartition("/")[2]


def test_a_link_opens_its_booking_until_a_day_after_the_visit(office: Office) -> None:
    mine = office.confirmed("web:a", office.slot())
    token = token_of(office, mine.code)
    assert office.windows.by_link(token, now=NOW) == office.booking(mine)
    last = mine.end + timedelta(days=1)
    assert office.windows.by_link(token, now=last - timedelta(seconds=1)) is not None
    assert office.windows.by_link(token, now=last) is None


def test_what_is_not_ours_opens_nothing(office: Office) -> None:
    mine = office.confirmed("web:a", office.slot())
    token = token_of(office, mine.code)
    forged = Appointments(office.database, key="another").link(mine).rpartition("/")[2]
    ticket = tickets.token(mine.code, KEY)
    swapped = token[:-1] + ("A" if token[-1] != "A" else "B")
    for given in (forged, ticket, swapped, mine.code, "", "YY-\0", "预约", token + "A"):
        assert office.windows.by_link(given, now=NOW) is None


def test_a_new_link_ends_the_old_ones(office: Office) -> None:
    mine = office.confirmed("web:a", office.slot())
    old = token_of(office, mine.code)
    renewed = office.windows.renew_link(mine)
    assert office.windows.by_link(old, now=NOW) is None
    # The same button again, from the page as it was, ends nothing more.
    assert office.windows.renew_link(mine) == renewed
    assert office.windows.by_link(token_of(office, mine.code), now=NOW) == renewed


def test_who_took_a_booking_up_sees_and_changes_it(office: Office) -> None:
    mine = office.confirmed("web:a", office.slot())
    with pytest.raises(UnknownBooking):
        office.windows.cancel("telegram:1", mine.code, now=NOW)
    for _ in range(2):
        office.windows.take_up(mine, "telegram:1")
    assert office.windows.bookings_of("telegram:1", now=NOW) == (mine,)
    assert office.windows.bookings_of("web:a", now=NOW) == (mine,)
    later = office.slot(11)
    moved = office.windows.change("telegram:1", mine.code, later, now=NOW)
    assert (moved.slot_id, moved.owner) == (later, "web:a")
    assert office.windows.cancel("telegram:1", mine.code, now=NOW).status == "cancelled"
    with pytest.raises(UnknownBooking):
        office.windows.cancel("telegram:2", mine.code, now=NOW)
