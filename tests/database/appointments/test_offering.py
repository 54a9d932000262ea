"""What is offered for a wish, on both databases, over days opened as halls open them."""

from datetime import datetime, timedelta
from itertools import combinations, pairwise

import pytest
from sqlalchemy import select, update

from actions.appointments.booking.closures import close
from actions.appointments.errors import UnknownBusiness, UnknownHall
from actions.appointments.halls.opening_days import open_days
from actions.appointments.halls.tables import HallDayRow, SlotRow, WindowRow
from actions.appointments.records import SlotOffer
from actions.appointments.service import Appointments, VisitWish
from store.clock import SHANGHAI
from store.database import Database
from tests.database.appointments.halls_support import HALL, add_hall, slots_of
from tests.database.appointments.support import one_slot

NOW = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)  # a Wednesday
DAYS = 7
BUSINESS = "甲"
NEAR, NEXT, FAR = "近处大厅", "邻区大厅", "外省大厅"


def at(day: int, hour: int = 0, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def windows(database: Database) -> Appointments:
    add_hall(database)
    open_days(database, now=NOW, days=DAYS)
    return Appointments(database)


def wish(start: datetime | None = None, end: datetime | None = None, **more: bool) -> VisitWish:
    return VisitWish(BUSINESS, HALL, start, end, **more)


def fill(database: Database, start: datetime, end: datetime, hall: int | None = None) -> None:
    with database.write() as session:
        full = update(SlotRow).where(SlotRow.start >= start, SlotRow.start < end)
        if hall is not None:
            full = full.where(SlotRow.hall_id == hall)
        session.execute(full.values(taken=SlotRow.capacity))
        session.commit()


def add_times(database: Database, *, reserved_window: int | None = None) -> set[datetime]:
    """Open 9:00, 10:00 and 11:00 of the 12th at both windows that do the business."""
    hall = add_hall(database)
    with database.write() as session:
        windows = session.scalars(
            select(WindowRow.id).where(WindowRow.hall_id == hall).order_by(WindowRow.id).limit(2)
        ).all()
        starts = {at(12, hour) for hour in (9, 10, 11)}
        session.add_all(
            SlotRow(
                hall_id=hall,
                window_id=window,
                start=start,
                end=start + timedelta(minutes=10),
                capacity=1,
                taken=0,
                reserved=place == reserved_window,
                closed=False,
            )
            for start in starts
            for place, window in enumerate(windows)
        )
        session.commit()
    return starts


def does_it(slot: SlotRow) -> bool:
    """Whether an open slot of the fixture's hall is for the business."""
    return slot.window_id in (1, 2) and not slot.reserved


def whole(windows: Appointments, wanted: VisitWish, pages: int) -> list[SlotOffer]:
    return [windows.offer(wanted, now=NOW, offset=3 * page) for page in range(pages)]


def test_three_times_as_wished_well_apart_each_with_its_reason(windows: Appointments) -> None:
    offer = windows.offer(wish(at(12, 7), at(12, 12)), now=NOW)
    assert (offer.hall, offer.note, offer.full, offer.more) == (HALL, "", False, True)
    assert (offer.start, offer.end, offer.elsewhere) == (at(12, 7), at(12, 12), None)
    assert len(offer.slots) == 3
    for slot in offer.slots:
        assert at(12, 9) <= slot.start < slot.end <= at(12, 12)
        assert slot.reason == f"预计大厅 {slot.expected_people} 人，容量 40"
    for one, other in combinations(offer.slots, 2):
        assert abs(one.start - other.start) >= timedelta(minutes=45)


def test_the_people_expected_are_walk_ins_and_who_booked_shortly_before(
    database: Database,
) -> None:
    slot = one_slot(database, NOW, capacity=1, hour=10)
    one_slot(database, NOW, capacity=20, hour=9)
    with database.write() as session:
        hall = session.get_one(SlotRow, slot).hall_id
        row = HallDayRow(hall_id=hall, day=at(12).date(), planned_at=NOW, first=540, stay=61.0)
        row.walk_ins = [3.0] * 12 + [5.0] * 12  # from 9:00, and from 10:00
        session.add(row)
        session.commit()
    fill(database, at(12, 9), at(12, 10))
    asked = VisitWish("失业登记", None, at(12, 10), at(12, 11))
    # 5 without a booking and 0.92 of 20 who came within the 61 minutes before.
    assert Appointments(database).offer(asked, now=NOW).slots[0].expected_people == 23
    with database.write() as session:
        session.execute(update(HallDayRow).values(stay=60.0))
        session.commit()
    assert Appointments(database).offer(asked, now=NOW).slots[0].expected_people == 5


def test_pages_hold_every_time_once_and_say_when_they_end(
    windows: Appointments, database: Database
) -> None:
    fill(database, at(13), at(30, month=6))
    found: list[SlotOffer] = []
    while not found or found[-1].more:
        found.append(windows.offer(wish(at(11), at(13)), now=NOW, offset=3 * len(found)))
    starts = [slot.start for offer in found for slot in offer.slots]
    free = {
        slot.start.astimezone(SHANGHAI)
        for slot in slots_of(database, 1)
        if slot.taken < slot.capacity and does_it(slot)
    }
    assert len(starts) == len(set(starts))
    assert set(starts) == free
    assert windows.offer(wish(at(11), at(13)), now=NOW, offset=9_999).slots == ()


def test_a_point_gives_the_nearest_and_the_earliest_go_by_time(windows: Appointments) -> None:
    point = windows.offer(wish(at(12, 10), at(12, 11)), now=NOW)
    assert [at(12, 10) <= slot.start < at(12, 11) for slot in point.slots] == [True] * 3
    assert point.slots[0].start < at(12, 10, 30)
    first = whole(windows, wish(at(12), at(14), earliest=True), 3)
    starts = [slot.start for offer in first for slot in offer.slots]
    assert starts == sorted(starts)
    assert starts[0] < at(12, 9, 30)
    assert all(b - a >= timedelta(minutes=15) for a, b in pairwise(starts))


def test_without_a_time_come_different_days_soon(windows: Appointments) -> None:
    offer = windows.offer(wish(), now=NOW)
    assert {slot.start.day for slot in offer.slots} == {11, 12, 13}
    assert offer.note == ""
    assert all(slot.start > NOW + timedelta(minutes=10) for slot in offer.slots)


def test_reserved_seats_are_for_priority_only(windows: Appointments, database: Database) -> None:
    with database.write() as session:
        session.execute(update(SlotRow).values(reserved=True))
        session.commit()
    plain = windows.offer(wish(at(12), at(13)), now=NOW)
    assert (plain.slots, plain.full, plain.more) == ((), True, False)
    kept = windows.offer(wish(at(12), at(13), priority=True), now=NOW)
    assert (len(kept.slots), kept.full) == (3, False)


def test_priority_leaves_the_other_seats_to_others(database: Database) -> None:
    add_times(database, reserved_window=1)
    windows = Appointments(database)
    kept = windows.offer(wish(at(12), at(13), priority=True), now=NOW)
    plain = windows.offer(wish(at(12), at(13)), now=NOW)
    assert {slot.start for slot in kept.slots} == {slot.start for slot in plain.slots}
    with database.read() as session:
        for offer, reserved in ((kept, True), (plain, False)):
            rows = [session.get_one(SlotRow, slot.id) for slot in offer.slots]
            assert [row.reserved for row in rows] == [reserved] * 3


def test_a_full_wish_says_so_and_gives_the_nearest(
    windows: Appointments, database: Database
) -> None:
    fill(database, at(12), at(13))
    offer = windows.offer(wish(at(12, 13), at(12, 17)), now=NOW)
    assert offer.note == "您说的时间已经约满，换成最近的时段。"
    assert (offer.full, offer.start, offer.end) == (True, at(12, 13), at(12, 17))
    assert {slot.start.day for slot in offer.slots} == {11, 13}
    # The hours that were wished suit on another day, too.
    assert all(slot.start.hour >= 13 for slot in offer.slots[:2])


def test_elsewhere_is_the_nearest_hall_with_seats_then(
    windows: Appointments, database: Database
) -> None:
    add_hall(database, FAR, place="330106")
    next_door = add_hall(database, NEXT, place="310104")
    near = add_hall(database, NEAR)
    open_days(database, now=NOW, days=DAYS)
    wanted = wish(at(12, 9), at(12, 12))
    assert windows.offer(wanted, now=NOW).elsewhere is None
    fill(database, at(12), at(13), hall=1)
    assert windows.offer(wanted, now=NOW).elsewhere == NEAR
    fill(database, at(12, 9), at(12, 12), hall=near)
    assert windows.offer(wanted, now=NOW).elsewhere == NEXT
    fill(database, at(12), at(13), hall=next_door)
    assert windows.offer(wanted, now=NOW).elsewhere == FAR
    fill(database, at(12), at(13))
    assert windows.offer(wanted, now=NOW).elsewhere is None


def test_a_few_left_are_joined_by_the_nearest(windows: Appointments, database: Database) -> None:
    fill(database, at(12), at(13))
    with database.write() as session:
        one = next(slot for slot in slots_of(database, 1) if does_it(slot) and slot.start > at(12))
        session.execute(update(SlotRow).where(SlotRow.id == one.id).values(taken=0))
        session.commit()
    offer = windows.offer(wish(at(12, 9), at(12, 12)), now=NOW)
    assert offer.slots[0].id == one.id
    assert len(offer.slots) == 3
    assert (offer.note, offer.full) == ("您说的时间只剩这么几个时段，一起列出最近的。", False)
    after = windows.offer(wish(at(12, 9), at(12, 12)), now=NOW, offset=3)
    assert after.note == "您说的时间没有更多时段了，后面是最近的。"


@pytest.mark.parametrize(
    ("start", "end", "note"),
    [
        (at(10), at(11), "您说的时间已经过去，换成接下来的时段。"),
        (at(11, 7), at(11, 8), "您说的时间已经过去，换成接下来的时段。"),
        (
            at(12, 18),
            at(12, 22),
            "您说的时间大厅不办公（工作日 9:00–11:30、13:30–16:30），换成最近的时段。",
        ),
        (at(15), at(16), "3月15日周日大厅不办公，换成最近的日子。"),
        (at(14), at(16), "您说的几天大厅都不办公，换成最近的日子。"),
        (at(6, month=4), at(7, month=4), "4月6日周一是清明假期，大厅不办公，换成最近的日子。"),
        (
            at(13, month=5),
            at(14, month=5),
            "现在能约到 3月18日周三，您说的时间还没有开放，先看这几天。",
        ),
    ],
)
def test_the_note_says_why_not(
    windows: Appointments, start: datetime, end: datetime, note: str
) -> None:
    offer = windows.offer(wish(start, end), now=NOW)
    assert offer.note == note
    assert offer.slots
    assert (offer.full, offer.elsewhere) == (False, None)


def test_a_day_off_gives_the_working_days_around(windows: Appointments) -> None:
    offer = windows.offer(wish(at(15), at(16)), now=NOW)
    assert {slot.start.day for slot in offer.slots} == {13, 16}
    assert offer.slots[0].start.day == 16


def test_a_make_up_workday_is_open_and_said_to_be(database: Database) -> None:
    now = at(25, 8, month=2)
    add_hall(database)
    open_days(database, now=now, days=DAYS)
    offer = Appointments(database).offer(wish(at(28, month=2), at(1)), now=now)
    assert offer.note == "2月28日周六是调休上班日，大厅照常办公。"
    assert {slot.start.date() for slot in offer.slots} == {at(28, month=2).date()}


def test_a_late_closure_is_said_and_offered_around(
    windows: Appointments, database: Database
) -> None:
    near = add_hall(database, NEAR)
    open_days(database, now=NOW, days=DAYS)
    close(
        database,
        hall=HALL,
        start=at(12),
        end=at(13),
        reason="系统升级。",
        by="staff",
        now=NOW,
    )
    offer = windows.offer(wish(at(12), at(13)), now=NOW)
    assert offer.note == "您说的时间大厅因故不办公（系统升级），换成最近的时段。"
    assert {slot.start.day for slot in offer.slots} == {11, 13}
    assert (offer.full, offer.elsewhere) == (False, NEAR)
    fill(database, at(12), at(13), hall=near)
    assert windows.offer(wish(at(12), at(13)), now=NOW).elsewhere is None


def test_a_year_without_a_known_calendar_is_said_to_be_so(database: Database) -> None:
    now = datetime(2031, 3, 11, 8, tzinfo=SHANGHAI)
    add_hall(database)
    open_days(database, now=now, days=DAYS)
    note = Appointments(database).offer(wish(), now=now).note
    assert note == (
        "2031 年的放假通知还没有，先按星期和法定节假日算，调休上班日未定，以大厅通知为准。"
    )


def test_nothing_left_at_all_is_full_and_leads_to_the_waiting_list(
    windows: Appointments, database: Database
) -> None:
    fill(database, at(1), at(30, month=6))
    offer = windows.offer(wish(), now=NOW)
    assert (offer.slots, offer.more, offer.full) == ((), False, True)
    assert "都已约满" in offer.note
    assert offer.end > NOW + timedelta(days=30)


def test_without_a_hall_the_one_with_most_seats_is_taken_and_others_named(
    windows: Appointments, database: Database
) -> None:
    near = add_hall(database, NEAR, windows={f"{n}号": BUSINESS for n in range(5)})
    add_hall(database, FAR, windows={"1号": "丙"})
    open_days(database, now=NOW, days=DAYS)
    anywhere = VisitWish(BUSINESS, None, at(12), at(13))
    offer = windows.offer(anywhere, now=NOW)
    assert offer.hall == NEAR
    assert offer.note == f"没有说去哪个大厅，先按{NEAR}看；也可以去{HALL}，说一声就换。"
    fill(database, at(12), at(13), hall=near)
    assert windows.offer(anywhere, now=NOW).hall == HALL


def test_a_hall_that_does_not_do_it_is_exchanged(windows: Appointments, database: Database) -> None:
    add_hall(database, FAR, windows={"1号": "丙"})
    open_days(database, now=NOW, days=DAYS)
    offer = windows.offer(VisitWish(BUSINESS, FAR), now=NOW)
    assert (offer.hall, offer.note) == (HALL, f"{FAR}不办这项业务，换成{HALL}。")


def test_people_who_ask_at_once_are_sent_to_different_windows(database: Database) -> None:
    starts = add_times(database)
    asked = wish(at(12, 9), at(12, 12))
    offers = [
        Appointments(database).offer(asked, now=NOW + timedelta(seconds=second))
        for second in range(2)
    ]
    # Each time stands in each offer once, whatever the number of windows.
    assert [{slot.start for slot in offer.slots} for offer in offers] == [starts, starts]
    first, second = ({slot.id for slot in offer.slots} for offer in offers)
    assert not first & second


def test_unknown_names_are_errors(windows: Appointments) -> None:
    with pytest.raises(UnknownBusiness):
        windows.offer(VisitWish("打酱油"), now=NOW)
    with pytest.raises(UnknownHall):
        windows.offer(VisitWish(BUSINESS, "月球大厅"), now=NOW)


def test_a_hall_without_windows_for_it_is_an_error_not_a_dead_end(database: Database) -> None:
    add_hall(database, windows={"1号": "丙"})
    with pytest.raises(UnknownBusiness):
        Appointments(database).offer(VisitWish(BUSINESS), now=NOW)
