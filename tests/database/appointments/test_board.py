"""The day board of a hall and what staff do there, on both databases."""

from datetime import date, datetime, timedelta

import pytest

from actions.appointments.errors import (
    BookingEnded,
    NotInHall,
    OtherHall,
    TooEarly,
    TooLate,
    UnknownBooking,
    UnknownBusiness,
    UnknownHall,
)
from actions.appointments.halls.tables import HallRow, SlotRow
from actions.appointments.service import Appointments, Booking, HallDesk, Housekeeping
from actions.appointments.visits.board import Board
from actions.appointments.visits.call_order import Visit
from store.clock import SHANGHAI
from store.database import Database
from tests.database.appointments.support import BUSINESS, HALL, OTHER, SECOND, one_slot

DAY = date(2026, 3, 11)
EIGHT = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)
NINE, TEN = EIGHT + timedelta(hours=1), EIGHT + timedelta(hours=2)


class Office:
    """A hall with one window, people who book there, and the staff's desk."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.windows = Appointments(database)
        self.desk = HallDesk(database)
        self._people = 0

    def slot(self, hour: int = 9, *, capacity: int = 4, reserved: bool = False) -> int:
        return one_slot(
            self.database, EIGHT, capacity=capacity, hour=hour, days=0, reserved=reserved
        )

    def held(self, slot_id: int, *, priority: bool = False, now: datetime = EIGHT) -> Booking:
        self._people += 1
        return self.windows.hold(
            owner=f"web:person-{self._people}",
            slot_id=slot_id,
            business=BUSINESS,
            request_key="1",
            now=now,
            priority=priority,
        )

    def booked(self, slot_id: int, *, priority: bool = False) -> Booking:
        held = self.held(slot_id, priority=priority)
        return self.windows.confirm(held.owner, held.code, now=EIGHT)

    def board(self, now: datetime = EIGHT, day: date = DAY) -> Board:
        return self.desk.board(HALL, day, now=now)

    def affected(self, start: datetime, end: datetime, window: str | None = None) -> int:
        return self.desk.affected(HALL, start, end, now=EIGHT, window=window)

    def visit(self, code: str, now: datetime = EIGHT) -> Visit:
        (found,) = [visit for visit in self.board(now).visits if visit.code == code]
        return found


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def codes(visits: tuple[Visit, ...]) -> list[str]:
    return [visit.code for visit in visits]


def test_the_day_stands_in_order_of_time(office: Office) -> None:
    nine, ten = office.slot(9), office.slot(10)
    late, early, held = office.booked(ten), office.booked(nine), office.held(ten)
    board = office.board()
    assert (board.hall, board.day, board.capacity) == (HALL, DAY, 40)
    assert board.windows == {"1号窗口": frozenset({BUSINESS, SECOND})}
    assert codes(board.visits)[0] == early.code
    assert set(codes(board.visits)) == {early.code, late.code, held.code}
    assert board.visits[0] == Visit(
        code=early.code,
        business=BUSINESS,
        window="1号窗口",
        start=NINE,
        status="confirmed",
        priority=False,
    )
    assert office.visit(held.code).hold_until == held.hold_until


def test_nothing_says_who_comes(office: Office) -> None:
    booking = office.booked(office.slot())
    office.desk.check_in(booking.code, now=NINE)
    assert "person-1" not in repr(office.board(NINE))


def test_a_visit_from_coming_to_being_served(office: Office) -> None:
    code = office.booked(office.slot()).code
    assert office.visit(code).stage == "confirmed"

    office.desk.check_in(code, now=NINE, hall=HALL)
    board = office.board(NINE)
    assert codes(board.queue) == codes(board.next) == [code]
    assert (board.counts.waiting, board.counts.people) == (1, 1)

    office.desk.call(code, now=NINE + timedelta(minutes=2))
    board = office.board(NINE)
    assert (board.queue, board.next) == ((), ())
    assert (board.counts.serving, board.counts.people) == (1, 1)

    office.desk.finish(code, now=NINE + timedelta(minutes=9))
    board = office.board(NINE)
    assert (board.counts.served, board.counts.people) == (1, 0)
    visit = office.visit(code)
    assert visit.stage == "served"
    assert visit.arrived_at == NINE
    assert visit.called_at == NINE + timedelta(minutes=2)
    assert visit.ended_at == NINE + timedelta(minutes=9)


def test_what_the_chat_does_shows_on_the_board(office: Office) -> None:
    booking = office.booked(office.slot(9))
    office.windows.change(booking.owner, booking.code, office.slot(10), now=EIGHT)
    assert office.visit(booking.code).start == TEN
    office.windows.check_in(booking.owner, booking.code, now=TEN)
    assert office.visit(booking.code).stage == "waiting"

    other = office.booked(office.slot(11))
    office.windows.cancel(other.owner, other.code, now=EIGHT)
    assert office.visit(other.code).stage == "cancelled"


def test_a_booking_moved_to_another_day_leaves_this_one(office: Office) -> None:
    booking = office.booked(office.slot())
    tomorrow = one_slot(office.database, EIGHT, capacity=1, days=1)
    office.windows.change(booking.owner, booking.code, tomorrow, now=EIGHT)
    assert office.board().visits == ()
    assert codes(office.board(day=DAY + timedelta(days=1)).visits) == [booking.code]


def test_a_hold_that_ran_out_is_no_visit(office: Office) -> None:
    office.held(office.slot())
    Housekeeping(office.database).sweep(now=NINE)
    assert office.board(NINE).visits == ()


def test_who_stayed_away_stands_there(office: Office) -> None:
    code = office.booked(office.slot()).code
    Housekeeping(office.database).sweep(now=TEN)
    assert office.visit(code, TEN).stage == "no_show"
    assert office.board(TEN).counts.no_show == 1
    with pytest.raises(TooLate):
        office.desk.check_in(code, now=TEN)


def test_seats_left_are_those_that_can_still_be_booked(office: Office) -> None:
    nine, _, _ = office.slot(9), office.slot(10, capacity=3), office.slot(11, reserved=True)
    office.booked(nine)
    counts = office.board().counts
    assert (counts.booked, counts.seats_left, counts.reserved_left) == (1, 6, 4)
    assert office.board(NINE).counts.seats_left == 3
    with office.database.write() as session:
        session.get_one(SlotRow, nine).closed = True
        session.commit()
    assert office.board().counts.seats_left == 3
    assert office.board().visits[0].closed


def test_people_without_a_booking(office: Office) -> None:
    booking = office.booked(office.slot())
    office.desk.check_in(booking.code, now=NINE)
    first = office.desk.walk_in(HALL, SECOND, now=NINE - timedelta(minutes=3))
    old = office.desk.walk_in(HALL, BUSINESS, now=NINE + timedelta(minutes=9), priority=True)
    board = office.board(NINE)
    assert codes(board.queue) == [old, first, booking.code]
    assert codes(board.next) == [old]
    visit = office.visit(first)
    assert (visit.walk_in, visit.business, visit.window) == (True, SECOND, "")
    assert visit.start == visit.arrived_at == NINE - timedelta(minutes=3)

    office.desk.call(old, now=TEN)
    assert codes(office.board(TEN).next) == [first]
    office.desk.finish(old, now=TEN)
    assert office.visit(old).stage == "served"
    assert office.board(TEN).counts.booked == 1


def test_a_business_nobody_does_here_is_not_noted(office: Office) -> None:
    office.slot()
    with pytest.raises(UnknownBusiness):
        office.desk.walk_in(HALL, OTHER, now=NINE)
    assert office.board().visits == ()


def test_the_day_is_the_one_of_the_place(office: Office) -> None:
    office.slot()
    code = office.desk.walk_in(HALL, BUSINESS, now=EIGHT.replace(hour=0, minute=5))
    office.desk.walk_in(HALL, BUSINESS, now=EIGHT.replace(day=10, hour=23, minute=59))
    assert codes(office.board().visits) == [code]


def test_a_code_that_cannot_be_checked_in(office: Office) -> None:
    booking, gone = office.booked(office.slot()), office.booked(office.slot(10))
    with pytest.raises(UnknownBooking):
        office.desk.check_in("YY-2345678", now=NINE, hall=HALL)
    with pytest.raises(TooEarly) as early:
        office.desk.check_in(booking.code, now=EIGHT, hall=HALL)
    assert early.value.opens == NINE - timedelta(minutes=30)
    office.windows.cancel(gone.owner, gone.code, now=EIGHT)
    with pytest.raises(BookingEnded):
        office.desk.check_in(gone.code, now=TEN, hall=HALL)
    assert office.board(NINE).counts.people == 0


def test_a_booking_of_another_hall_is_not_checked_in_here(office: Office) -> None:
    booking = office.booked(office.slot())
    with pytest.raises(OtherHall) as elsewhere:
        office.desk.check_in(booking.code.lower(), now=NINE, hall="别的大厅")
    assert elsewhere.value.booking.hall == HALL
    assert office.visit(booking.code).stage == "confirmed"


def test_nobody_is_called_who_is_not_there(office: Office) -> None:
    code = office.booked(office.slot()).code
    with pytest.raises(NotInHall):
        office.desk.call(code, now=NINE)
    with pytest.raises(NotInHall):
        office.desk.finish(code, now=NINE)
    assert office.visit(code).stage == "confirmed"


def test_an_unknown_hall(office: Office) -> None:
    with pytest.raises(UnknownHall):
        office.desk.board("没有的大厅", DAY, now=EIGHT)


def test_another_hall_is_another_board(office: Office) -> None:
    office.booked(office.slot())
    with office.database.write() as session:
        session.add(
            HallRow(
                name="别的大厅",
                aliases=[],
                place="310115",
                address="别路",
                capacity=20,
                sessions=[["09:00", "11:30"]],
                walk_in_share=0.25,
                reserved_share=0.05,
                wait_target=4.0,
                is_demo=True,
            )
        )
        session.commit()
    board = office.desk.board("别的大厅", DAY, now=EIGHT)
    assert (board.visits, board.windows, board.counts.seats_left) == ((), {}, 0)


def test_how_many_a_closure_would_affect(office: Office) -> None:
    office.booked(office.slot(9))
    office.held(office.slot(10))
    gone = office.booked(office.slot(11))
    office.windows.cancel(gone.owner, gone.code, now=EIGHT)
    all_day = (EIGHT, EIGHT + timedelta(hours=9))
    assert office.affected(*all_day) == 2
    assert office.affected(NINE, NINE + timedelta(minutes=30)) == 1
    assert office.affected(*all_day, window="1号窗口") == 2
    assert office.affected(*all_day, window="2号窗口") == 0
    assert office.affected(EIGHT - timedelta(days=1), EIGHT) == 0
