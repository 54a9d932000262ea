"""Closures announced late: nobody more is booked, whoever is booked is told once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection, select

from actions.appointments.booking import closures
from actions.appointments.booking.closures import close, reopen
from actions.appointments.booking.notices import CLOSED
from actions.appointments.booking.rules import REOPENED_AFTER
from actions.appointments.booking.tables import BookingRow, NoticeRow
from actions.appointments.errors import (
    BadClosure,
    SlotClosed,
    SlotFull,
    UnknownHall,
    UnknownWindow,
    WindowError,
)
from actions.appointments.halls import opening_days
from actions.appointments.halls.closures import Closed, closed_between, hall_closed
from actions.appointments.halls.opening_days import open_days
from actions.appointments.halls.tables import SlotRow, WindowRow
from actions.appointments.service import Appointments, HallDesk, Housekeeping
from store.database import Database
from tests.database.appointments.closures_support import NOW, TODAY, Office, at, open_office
from tests.database.appointments.halls_support import HALL, add_hall, slots_of


@pytest.fixture
def office(database: Database) -> Office:
    return open_office(database)


def test_what_a_closure_touches_is_closed_and_no_more(office: Office) -> None:
    assert office.close("09:30", "10:10") == 0
    touched = {
        slot.id for slot in office.slots() if slot.start < at("10:10") and slot.end > at("09:30")
    }
    assert office.closed() == touched
    ends_then = [slot for slot in office.slots() if slot.end == at("09:30")]
    assert ends_then
    assert not any(slot.closed for slot in ends_then)


def test_one_window_may_close_alone(office: Office) -> None:
    office.close("00:00", "23:59", window="2号")
    assert office.closed() == {slot.id for slot in office.slots("2号")}


def test_nobody_books_what_is_closed(office: Office) -> None:
    first, *_, last = office.slots("1号")
    booking = office.book("web:1", last)
    office.close()
    with pytest.raises(SlotClosed):
        office.book("web:2", first)
    with pytest.raises(SlotClosed):
        Appointments(office.database).change("web:1", booking.code, first.id, now=NOW)


def test_whoever_is_booked_is_told_and_may_move(office: Office) -> None:
    first, second, *_, last = office.slots("1号")
    moved = office.book("web:1", first)
    office.book("web:2", last)
    gone = office.book("web:3", second)
    windows = Appointments(office.database)
    windows.cancel("web:3", gone.code, now=NOW)
    windows.hold(owner="web:4", slot_id=second.id, business="乙", request_key="1", now=NOW)
    assert office.close() == 2
    assert office.told() == [("web:1", "停电"), ("web:4", "停电")]
    booking = windows.booking(moved.code)
    assert booking is not None
    assert booking.closed
    free = office.slots("1号")[-2]
    assert not windows.change("web:1", moved.code, free.id, now=NOW).closed
    assert office.told() == [("web:4", "停电")]


def test_an_overlapping_closure_tells_only_whom_it_newly_touches(office: Office) -> None:
    slots = office.slots("1号")
    later = next(slot for slot in slots if slot.start >= at("13:30"))
    office.book("web:1", slots[0])
    office.book("web:2", later)
    assert office.close("09:00", "11:30") == 1
    assert office.close("09:00", "15:00") == 1
    assert office.close("08:00", "15:00", window="1号") == 0
    assert sorted(office.told()) == [("web:1", "停电"), ("web:2", "停电")]


def test_closed_again_nobody_is_told_what_they_know(office: Office) -> None:
    office.book("web:1", office.slots("1号")[0])
    desk = HallDesk(office.database)
    for affected in (1, 0):
        assert office.close() == affected
        (closure,) = desk.closures(HALL, since=NOW)
        assert desk.reopen(closure.id, now=NOW) > 0
    office.close()
    assert office.told() == [("web:1", "停电")]
    office.tell()
    (closure,) = desk.closures(HALL, since=NOW)
    desk.reopen(closure.id, now=NOW)
    assert office.close() == 0
    (closure,) = desk.closures(HALL, since=NOW)
    desk.reopen(closure.id, now=NOW)
    later = NOW + REOPENED_AFTER
    office.tell(later)
    assert office.close(now=later) == 1
    assert office.told(later) == [("web:1", "停电")]


def test_a_closure_taken_back_before_it_was_told_is_not_told(office: Office) -> None:
    office.book("web:1", office.slots("1号")[0])
    office.close()
    upkeep = Housekeeping(office.database)
    (notice,) = upkeep.due_notices(now=NOW)
    (closure,) = HallDesk(office.database).closures(since=NOW)
    HallDesk(office.database).reopen(closure.id, now=NOW)
    with office.database.write() as session:
        assert not upkeep.settle(session.connection(), notice, now=NOW)
        session.commit()
    assert office.told() == []


def test_a_visit_that_has_begun_is_not_called_off(office: Office) -> None:
    first, second, *_ = office.slots("1号")
    office.book("web:1", first)
    office.book("web:2", second)
    assert office.close("08:00", "11:30", now=first.start) == 1
    with office.database.read() as session:
        told = session.scalars(
            select(BookingRow.owner).join(NoticeRow).where(NoticeRow.kind == CLOSED)
        ).all()
    assert told == ["web:2"]


def test_reopening_leaves_closed_what_another_closure_covers(office: Office) -> None:
    office.close("09:00", "10:30")
    office.close("10:00", "11:30", window="1号")
    hall, window = HallDesk(office.database).closures(HALL, since=NOW)
    assert (hall.window, window.window, hall.reason, hall.by) == (None, "1号", "停电", "小李")
    assert (hall.start, hall.end, hall.announced_at) == (at("09:00"), at("10:30"), NOW)
    before = office.closed()
    opened = reopen(office.database, hall.id, now=NOW)
    covered = {
        slot.id
        for slot in office.slots("1号")
        if slot.start < at("11:30") and slot.end > at("10:00")
    }
    assert office.closed() == covered
    assert opened == len(before - covered) > 0
    assert reopen(office.database, hall.id, now=NOW) == 0
    assert reopen(office.database, window.id, now=NOW) == len(covered)
    assert office.closed() == set()
    assert HallDesk(office.database).closures(since=NOW) == ()


@pytest.mark.parametrize(
    ("start", "end", "now"),
    [
        ("11:30", "09:00", NOW),
        ("09:00", "09:00", NOW),
        ("09:00", "11:30", at("11:30")),
        ("09:00", "11:30", at("09:00", 30)),
    ],
)
def test_an_empty_or_past_closure_is_refused(
    office: Office, start: str, end: str, now: datetime
) -> None:
    with pytest.raises(BadClosure):
        office.close(start, end, now=now)
    assert office.closed() == set()
    assert HallDesk(office.database).closures(since=TODAY) == ()


def test_unknown_halls_and_windows_are_refused(office: Office) -> None:
    with pytest.raises(UnknownWindow):
        office.close(window="9号")
    with pytest.raises(UnknownHall):
        close(
            office.database,
            hall="没有的大厅",
            start=at("09:00"),
            end=at("11:30"),
            reason="停电",
            by="小李",
            now=NOW,
        )


def test_a_closure_may_touch_no_slot(office: Office) -> None:
    assert office.close("03:00", "04:00") == 0
    assert office.closed() == set()
    assert len(HallDesk(office.database).closures(HALL, since=NOW)) == 1


def test_a_day_opened_later_respects_the_closure(office: Office) -> None:
    monday = 5
    close(
        office.database,
        hall=HALL,
        start=at("00:00", monday),
        end=at("12:00", monday),
        reason="装修",
        by="小李",
        now=NOW,
    )
    open_days(office.database, now=NOW, days=monday)
    opened = [
        slot for slot in slots_of(office.database, office.hall_id) if slot.start > at("00:00", 3)
    ]
    assert {slot.closed for slot in opened} == {True, False}
    assert all(slot.closed is (slot.start < at("12:00", monday)) for slot in opened)
    (closure,) = HallDesk(office.database).closures(since=NOW)
    reopen(office.database, closure.id, now=NOW)
    assert office.closed() == set()


def test_when_the_whole_hall_is_closed(office: Office) -> None:
    office.close("09:00", "10:00")
    office.close("10:00", "11:00", window="1号")
    with office.database.read() as session:
        found = hall_closed(session.connection(), office.hall_id, at("00:00"))
    assert found == ((at("09:00"), at("10:00")),)


def test_closing_while_people_book_tells_every_one_of_them(office: Office) -> None:
    slots = [slot for slot in office.slots() if slot.start < at("11:30")]
    with office.database.read() as session:
        single = session.scalar(select(WindowRow.id).where(WindowRow.name == "3号"))
    ready = Barrier(5, timeout=60)
    url = office.database.url.render_as_string(hide_password=False)

    def books(number: int) -> None:
        windows = Appointments(own := Database(url))
        for turn, slot in enumerate(slots[number::4]):
            if turn == 1:
                ready.wait()
            business = "丙" if slot.window_id == single else "甲"
            try:
                windows.hold(
                    owner=f"web:{slot.id}",
                    slot_id=slot.id,
                    business=business,
                    request_key="1",
                    now=NOW,
                )
            except WindowError as error:
                assert isinstance(error, SlotClosed | SlotFull)  # noqa: PT017
        own.close()

    def closes() -> int:
        ready.wait()
        return office.close() + office.close("08:00", "11:00")

    with ThreadPoolExecutor(5) as pool:
        people = [pool.submit(books, number) for number in range(4)]
        affected = pool.submit(closes).result()
        for person in people:
            person.result()
    with office.database.read() as session:
        booked = sorted(
            session.scalars(select(BookingRow.id).join(SlotRow).where(SlotRow.closed.is_(True)))
        )
        told = sorted(session.scalars(select(NoticeRow.booking_id).where(NoticeRow.kind == CLOSED)))
    assert told == booked
    assert len(booked) >= 4
    assert affected == len(told)


@pytest.mark.parametrize("locked", [True, False])
def test_closing_while_a_day_is_opened(
    database: Database, monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    """The closure comes just when the opening has looked for closures and found none.

    With the hall locked it waits and then closes what was opened. Without, on a database
    that lets both go on, the new slots stay open though the hall is closed.
    """
    hall_id = add_hall(database)
    rival = Database(database.url.render_as_string(hide_password=False))
    announcing: list[Thread] = []

    def announce() -> None:
        close(
            rival,
            hall=HALL,
            start=at("00:00"),
            end=at("23:59"),
            reason="停电",
            by="小李",
            now=NOW,
        )

    def overtaken(connection: Connection, hall_id: int, start: datetime, end: datetime) -> Closed:
        found = closed_between(connection, hall_id, start, end)
        announcing.append(Thread(target=announce))
        announcing[-1].start()
        announcing[-1].join(timeout=1)
        return found

    monkeypatch.setattr(opening_days, "closed_between", overtaken)
    if not locked:
        for room in (opening_days, closures):
            monkeypatch.setattr(room, "lock_hall", lambda connection, hall_id: None)
    assert open_days(database, now=NOW + timedelta(days=1), days=0) > 0
    announcing[0].join()
    rival.close()
    safe = locked or database.is_sqlite
    assert {slot.closed for slot in slots_of(database, hall_id)} == {safe}
