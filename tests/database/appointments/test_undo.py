"""Taking back a call or an end that was noted by mistake, and the window called to."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.appointments.booking.tables import UndoneRow
from actions.appointments.errors import (
    AlreadyBooked,
    BookedSince,
    CalledElsewhere,
    NotInHall,
    StepOvertaken,
    UndoTooLate,
    UnknownWindow,
)
from actions.appointments.halls.service_times import ENOUGH
from actions.appointments.halls.tables import HallRow, WindowRow
from actions.appointments.service import Booking
from actions.appointments.visits.call_order import CALL, FINISH, Step, Visit
from store.clock import to_shanghai
from store.database import Database
from tests.database.appointments.support import (
    BUSINESS,
    HALL,
    NOW,
    SECOND,
    Office,
    at_once,
    outcome,
    slot_beside,
)

MINUTE = timedelta(minutes=1)
NINE = NOW + timedelta(hours=1)
ENDED = NINE + 9 * MINUTE
FIRST, BESIDE = "1号窗口", "2号窗口"
FANG, MING = "王芳", "李明"


class Board:
    """A hall's board today, as two clerks see and use it."""

    def __init__(self, database: Database) -> None:
        self.office = Office(database)
        self.slot = self.office.slot(days=0, capacity=4)
        self.desk = self.office.desk

    def visit(self, code: str) -> Visit:
        """Return a visit as the board shows it."""
        day = to_shanghai(NINE).date()
        visits = self.desk.board(HALL, day, now=NINE).visits
        (found,) = [visit for visit in visits if visit.code == code]
        return found

    def seen(self, code: str) -> Step:
        """Return the last step of a visit, as the board shows it."""
        step = self.visit(code).last_step
        assert step is not None
        return step

    def undo(self, code: str, step: Step, *, by: str = FANG, after: timedelta = MINUTE) -> None:
        """Take a step back so long after it."""
        self.desk.undo(code, step, by=by, now=step.at + after)

    def trail(self) -> list[tuple[str, str, str]]:
        """Return who took back what, in order."""
        with self.office.database.read() as session:
            rows = session.scalars(select(UndoneRow).order_by(UndoneRow.id))
            return [(row.code, row.step, row.undone_by) for row in rows]

    def idle_window(self, name: str) -> None:
        """Add a window that does nothing."""
        with self.office.database.write() as session:
            hall_id = session.scalars(select(HallRow.id)).one()
            session.add(WindowRow(hall_id=hall_id, name=name))
            session.commit()

    def people(self) -> int:
        """Count who is in the hall, as the crowd says."""
        return self.office.windows.crowd(HALL, now=ENDED).people


@pytest.fixture
def board(database: Database) -> Board:
    return Board(database)


@pytest.fixture
def booked(board: Board) -> Booking:
    """A visit at nine, checked in."""
    booking = board.office.confirmed("web:a", board.slot)
    return board.desk.check_in(booking.code, now=NINE)


@pytest.fixture(params=["booked", "walk_in"])
def code(request: pytest.FixtureRequest, board: Board) -> str:
    """Somebody who waits in the hall, with a booking and without."""
    if request.param == "booked":
        booking: Booking = request.getfixturevalue("booked")
        return booking.code
    return board.desk.walk_in(HALL, BUSINESS, now=NINE)


def test_a_call_is_taken_back(board: Board, code: str) -> None:
    before = board.visit(code)
    board.desk.call(code, now=NINE, window=FIRST)
    step = board.seen(code)
    assert step == Step(CALL, NINE)
    for _ in range(2):
        board.undo(code, step)
    # As if it had never been: the same place in the queue.
    assert board.visit(code) == before
    assert board.trail() == [(code, CALL, FANG)]
    assert board.people() == 1
    board.desk.call(code, now=ENDED, window=FIRST)
    assert board.seen(code) == Step(CALL, ENDED)


def test_an_end_is_taken_back(board: Board, code: str) -> None:
    board.desk.call(code, now=NINE, window=FIRST)
    before = board.visit(code)
    board.desk.finish(code, now=ENDED)
    assert board.people() == 0
    step = board.seen(code)
    assert step == Step(FINISH, ENDED)
    for _ in range(2):
        board.undo(code, step)
    assert board.visit(code) == before
    assert board.people() == 1
    assert board.trail() == [(code, FINISH, FANG)]
    # One step after the other, back to waiting.
    board.undo(code, board.seen(code), by=MING)
    assert board.visit(code).stage == "waiting"
    assert board.trail()[1:] == [(code, CALL, MING)]


def test_the_trail_keeps_what_the_visit_no_longer_says(board: Board, code: str) -> None:
    board.desk.call(code, now=NINE, window=FIRST)
    board.undo(code, board.seen(code))
    with board.office.database.read() as session:
        row = session.scalars(select(UndoneRow)).one()
    assert (row.at, row.undone_at) == (NINE, NINE + MINUTE)
    assert row.called_to is not None


def test_what_is_not_the_last_step_any_more_stays(board: Board, code: str) -> None:
    board.desk.call(code, now=NINE, window=FIRST)
    called = board.seen(code)
    board.desk.finish(code, now=ENDED)
    ended = board.seen(code)
    with pytest.raises(StepOvertaken):
        board.undo(code, called)
    assert board.seen(code) == ended
    # Taken back and noted again by somebody else: no longer the end that was seen.
    board.undo(code, ended)
    board.desk.finish(code, now=ENDED + 5 * MINUTE)
    with pytest.raises(StepOvertaken):
        board.undo(code, ended, by=MING)
    assert board.seen(code) == Step(FINISH, ENDED + 5 * MINUTE)
    assert board.trail() == [(code, FINISH, FANG)]


def test_only_steps_of_the_same_day_are_taken_back(board: Board, code: str) -> None:
    board.desk.call(code, now=NINE, window=FIRST)
    board.desk.finish(code, now=ENDED)
    step = board.seen(code)
    midnight = to_shanghai(ENDED).replace(hour=0, minute=0) + timedelta(days=1)
    with pytest.raises(UndoTooLate):
        board.undo(code, step, after=midnight - ENDED)
    board.undo(code, step, after=midnight - ENDED - timedelta(microseconds=1))
    assert board.visit(code).stage == "serving"


def test_what_never_was_cannot_be_taken_back(board: Board) -> None:
    coming = board.office.confirmed("web:a", board.slot)
    for code in (coming.code, "XC-2222222", ""):
        for kind in (CALL, FINISH):
            with pytest.raises((NotInHall, StepOvertaken)):
                board.undo(code, Step(kind, NINE))
    assert board.trail() == []


def test_an_end_that_lapsed_was_nobodys_slip(board: Board, booked: Booking) -> None:
    board.desk.call(booked.code, now=NINE)
    assert board.office.upkeep.sweep(now=NINE + timedelta(hours=11)) == 1
    assert board.visit(booked.code).stage == "served"
    assert board.visit(booked.code).last_step is None


def test_who_stands_again_is_barred_as_before(board: Board, booked: Booking) -> None:
    board.desk.finish(booked.code, now=ENDED)
    board.undo(booked.code, board.seen(booked.code))
    with pytest.raises(AlreadyBooked):
        board.office.hold("web:a", board.office.slot(days=3), now=ENDED)
    assert board.office.seats(board.slot) == (1, 1)


def test_who_has_booked_since_stays_served(board: Board, booked: Booking) -> None:
    board.desk.finish(booked.code, now=ENDED)
    step = board.seen(booked.code)
    later = board.office.confirmed("web:a", board.office.slot(days=3), now=ENDED)
    with pytest.raises(BookedSince):
        board.undo(booked.code, step)
    assert board.visit(booked.code).stage == "served"
    board.office.cancel(later, now=ENDED)
    board.undo(booked.code, step)
    assert board.visit(booked.code).stage == "waiting"


def test_who_has_as_many_as_one_may_have_stays_served(board: Board, booked: Booking) -> None:
    board.desk.finish(booked.code, now=ENDED)
    board.office.businesses(["社保卡", "档案"])
    for hour, business in enumerate((SECOND, "社保卡", "档案"), start=13):
        board.office.confirmed("web:a", board.office.slot(hour), business=business, now=NOW)
    with pytest.raises(BookedSince):
        board.undo(booked.code, board.seen(booked.code))
    assert board.trail() == []


def test_what_was_taken_back_is_not_learned_from(board: Board) -> None:
    codes = [board.desk.walk_in(HALL, BUSINESS, now=NINE) for _ in range(ENOUGH)]
    for code in codes:
        board.desk.call(code, now=NINE)
        board.desk.finish(code, now=ENDED)
    assert board.office.upkeep.learn(now=ENDED) == 1
    board.undo(codes[0], board.seen(codes[0]))
    # One too few, until it has truly ended.
    assert board.office.upkeep.learn(now=ENDED) == 0
    board.desk.finish(codes[0], now=ENDED + MINUTE)
    assert board.office.upkeep.learn(now=ENDED + MINUTE) == 1


def test_two_clerks_take_one_step_back_once(board: Board, code: str) -> None:
    board.desk.call(code, now=NINE, window=FIRST)
    board.desk.finish(code, now=ENDED)
    step = board.seen(code)
    clerks = (FANG, MING) * 4
    outcomes = at_once(len(clerks), lambda n: outcome(lambda: board.undo(code, step, by=clerks[n])))
    assert outcomes == {"done": len(clerks)}
    assert board.visit(code).stage == "serving"
    assert len(board.trail()) == 1


def test_of_undoing_a_call_and_ending_the_visit_one_comes_first(board: Board) -> None:
    undone: Counter[str] = Counter()
    for _ in range(12):
        code = board.desk.walk_in(HALL, BUSINESS, now=NINE)
        board.desk.call(code, now=NINE, window=FIRST)
        step = board.seen(code)
        works = (
            lambda code=code, step=step: board.undo(code, step),
            lambda code=code: board.desk.finish(code, now=ENDED),
        )
        at_once(2, lambda n, works=works: outcome(works[n]))
        visit = board.visit(code)
        assert visit.stage == "served"
        undone[code] = sum(row[0] == code for row in board.trail())
        assert (visit.called_at is None) == (undone[code] == 1)
    assert set(undone.values()) <= {0, 1}


def test_of_undoing_an_end_and_booking_again_one_wins(board: Board) -> None:
    for turn in range(8):
        owner = f"web:{turn}"
        mine = board.office.confirmed(owner, board.office.slot(10 + turn, days=0))
        board.desk.check_in(mine.code, now=mine.start)
        board.desk.finish(mine.code, now=mine.start)
        step, again = board.seen(mine.code), board.office.slot(days=turn + 1)
        works = (
            lambda mine=mine, step=step: board.undo(mine.code, step),
            lambda owner=owner, again=again, mine=mine: board.office.hold(
                owner, again, now=mine.start
            ),
        )
        outcomes = at_once(2, lambda n, works=works: outcome(works[n]))
        assert outcomes in (
            {"done": 1, AlreadyBooked.code: 1},
            {BookedSince.code: 1, "held": 1},
        )
        assert board.office.seats(again) == ((1, 1) if outcomes["held"] else (0, 0))


def test_the_window_called_to_is_kept(board: Board, code: str) -> None:
    slot_beside(board.office.database, board.slot, capacity=1)
    assert board.visit(code).called_to == ""
    board.desk.call(code, now=NINE, window=BESIDE)
    assert board.visit(code).called_to == BESIDE
    # The same window again is no quarrel, another one is.
    board.desk.call(code, now=ENDED, window=BESIDE)
    with pytest.raises(CalledElsewhere) as elsewhere:
        board.desk.call(code, now=ENDED, window=FIRST)
    assert elsewhere.value.window == BESIDE
    board.desk.finish(code, now=ENDED)
    assert board.visit(code).called_to == BESIDE
    assert board.seen(code) == Step(FINISH, ENDED)


def test_without_a_window_it_is_the_booked_one(board: Board, booked: Booking) -> None:
    board.desk.call(booked.code, now=NINE)
    assert board.visit(booked.code).called_to == FIRST
    walk_in = board.desk.walk_in(HALL, BUSINESS, now=NINE)
    board.desk.call(walk_in, now=NINE)
    assert board.visit(walk_in).called_to == ""


def test_a_window_that_is_not_here_or_does_something_else(board: Board, code: str) -> None:
    board.idle_window(BESIDE)
    for window in (BESIDE, "9号窗口"):
        with pytest.raises(UnknownWindow):
            board.desk.call(code, now=NINE, window=window)
    assert board.visit(code).stage == "waiting"


def test_two_windows_calling_one_person_at_once(board: Board) -> None:
    slot_beside(board.office.database, board.slot, capacity=1)
    windows = (FIRST, BESIDE) * 4
    for _ in range(4):
        code = board.desk.walk_in(HALL, BUSINESS, now=NINE)
        outcomes = at_once(
            len(windows),
            lambda n, code=code: outcome(
                lambda: board.desk.call(code, now=NINE, window=windows[n])
            ),
        )
        assert outcomes == {"done": 4, CalledElsewhere.code: 4}
        assert board.visit(code).called_to in (FIRST, BESIDE)
