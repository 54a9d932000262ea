"""One person, one moment: what overlaps is refused, also where both are tapped at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.appointments.errors import Overlaps
from actions.appointments.halls.tables import HallRow, SlotRow, WindowBusinessRow, WindowRow
from store.database import Database
from tests.database.appointments.support import (
    BUSINESS,
    NOW,
    SECOND,
    Office,
    at_once,
    outcome,
    slot_beside,
)

PEOPLE = 12
HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def other_hall(office: Office, like: int, *, minutes: int) -> int:
    """Open a slot in another hall so many minutes after the slot ``like`` begins."""
    with office.database.write() as session:
        slot = session.get_one(SlotRow, like)
        old = session.get_one(HallRow, slot.hall_id)
        hall = session.scalar(select(HallRow).where(HallRow.name == "别的大厅"))
        if hall is None:
            columns = {c.key: getattr(old, c.key) for c in HallRow.__table__.columns}
            hall = HallRow(**{**columns, "id": None, "name": "别的大厅"})
            session.add(hall)
            session.flush()
        window = WindowRow(hall_id=hall.id, name=f"窗口{like}-{minutes}")
        session.add(window)
        session.flush()
        does = select(WindowBusinessRow.business_id).where(
            WindowBusinessRow.window_id == slot.window_id
        )
        session.add_all(
            WindowBusinessRow(window_id=window.id, business_id=each)
            for each in session.scalars(does)
        )
        start = slot.start + timedelta(minutes=minutes)
        there = SlotRow(
            hall_id=hall.id,
            window_id=window.id,
            start=start,
            end=start + HALF_HOUR,
            capacity=PEOPLE,
            taken=0,
            reserved=False,
            closed=False,
        )
        session.add(there)
        session.commit()
        return there.id


def test_two_visits_at_one_moment_are_refused_by_name(office: Office) -> None:
    slot = office.slot()
    mine = office.confirmed("web:a", slot)
    beside = slot_beside(office.database, slot, capacity=1)
    with pytest.raises(Overlaps) as raised:
        office.hold("web:a", beside, business=SECOND)
    assert raised.value.booking == mine
    assert office.seats(beside) == (0, 0)
    assert office.hold("web:b", beside, business=SECOND).status == "held"


def test_the_next_half_hour_is_no_overlap_but_in_another_hall_there_is_a_way(
    office: Office,
) -> None:
    slot = office.slot(9)
    office.confirmed("web:a", slot)
    near, far = other_hall(office, slot, minutes=55), other_hall(office, slot, minutes=60)
    with pytest.raises(Overlaps):
        office.hold("web:a", near, business=SECOND)
    assert office.hold("web:a", far, business=SECOND).status == "held"
    following = office.slot(16)
    office.change_slot(
        following,
        start=NOW.replace(hour=9, minute=30) + timedelta(days=1),
        end=NOW.replace(hour=10) + timedelta(days=1),
    )
    office.confirmed("web:b", slot_beside(office.database, slot, capacity=1))
    assert office.hold("web:b", following, business=SECOND).status == "held"


def test_a_booking_is_not_moved_onto_another_one(office: Office) -> None:
    first, second = office.slot(9, capacity=2), office.slot(11)
    standing = office.confirmed("web:a", first)
    other = office.confirmed("web:a", second, business=SECOND)
    with pytest.raises(Overlaps) as raised:
        office.change(other, first)
    assert raised.value.booking == standing
    assert (office.seats(first), office.seats(second)) == ((1, 1), (1, 1))


def test_a_closed_visit_is_in_nobodys_way(office: Office) -> None:
    slot = office.slot()
    beside = slot_beside(office.database, slot, capacity=1)
    office.confirmed("web:a", slot)
    office.change_slot(slot, closed=True)
    assert office.hold("web:a", beside, business=SECOND).status == "held"


def test_who_books_for_somebody_else_says_so(office: Office) -> None:
    slot = office.slot(capacity=3)
    office.confirmed("web:a", slot)
    for_other = office.windows.hold(
        owner="web:a",
        slot_id=slot,
        business=BUSINESS,
        request_key="for-mother",
        now=NOW,
        for_other=True,
    )
    assert for_other.for_other
    assert office.booking(for_other).for_other
    assert office.confirm(for_other).status == "confirmed"
    assert office.seats(slot) == (2, 2)


def test_a_freed_seat_is_not_held_for_who_is_elsewhere_at_that_moment(office: Office) -> None:
    slot = office.slot()
    taken = office.confirmed("web:z", slot)
    office.wait("web:a")
    beside = slot_beside(office.database, slot, capacity=1)
    office.confirmed("web:a", beside, business=SECOND)
    office.cancel(taken)
    assert office.holder(slot) is None


def test_two_halls_tapped_at_once_are_one_booking(office: Office) -> None:
    for turn in range(4):
        here = office.slot(days=turn + 1, capacity=PEOPLE)
        there = other_hall(office, here, minutes=10)
        owner = f"web:{turn}"
        wishes = ((here, BUSINESS), (there, SECOND))

        def tap(n: int, owner: str = owner, wishes: tuple[tuple[int, str], ...] = wishes) -> str:
            slot, business = wishes[n % 2]
            return outcome(lambda: office.hold(owner, slot, business=business))

        outcomes = at_once(PEOPLE, tap)
        assert set(outcomes) <= {"held", "overlaps"}
        assert office.seats(here)[0] + office.seats(there)[0] == 1


def test_two_bookings_moved_at_once_do_not_meet(office: Office) -> None:
    for turn in range(4):
        day, owner = turn + 1, f"web:{turn}"
        meeting = office.slot(14, days=day, capacity=2)
        first = office.confirmed(owner, office.slot(9, days=day))
        second = office.confirmed(owner, office.slot(11, days=day), business=SECOND)
        both = (first, second)
        outcomes = at_once(
            2,
            lambda n, both=both, meeting=meeting: outcome(lambda: office.change(both[n], meeting)),
        )
        assert outcomes == {"confirmed": 1, "overlaps": 1}
        assert office.seats(meeting) == (1, 1)
