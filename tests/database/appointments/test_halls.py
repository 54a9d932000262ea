"""Opening a hall's days: planned once, written once, whoever does it and however often."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from itertools import groupby
from math import sqrt
from threading import Barrier

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from structlog.testing import capture_logs

from actions.appointments.booking.tables import BookingRow, WalkInRow
from actions.appointments.errors import CannotPlan, UnknownHall
from actions.appointments.halls import opening_days
from actions.appointments.halls.layout import PLANNED_LOAD, layout
from actions.appointments.halls.opening_days import open_days
from actions.appointments.halls.queries import halls
from actions.appointments.halls.tables import (
    BusinessRow,
    HallDayRow,
    HallRow,
    ServiceTimeRow,
    SlotRow,
    WindowRow,
)
from actions.appointments.staggering.day import HallDay, Plan
from actions.appointments.staggering.planner import plan_day
from actions.appointments.visits.lengths import learn
from actions.calendar import at_minute, minute_of
from store.clock import SHANGHAI, to_shanghai
from store.database import Database
from tests.database.appointments.halls_support import BUSINESSES, add_hall, slots_of
from tests.database.appointments.support import one_slot

NOW = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)  # a Wednesday
TODAY = NOW.date()


def days_of(database: Database) -> list[date]:
    return sorted({to_shanghai(slot.start).date() for slot in _all_slots(database)})


def _all_slots(database: Database) -> list[SlotRow]:
    with database.read() as session:
        return list(session.scalars(select(SlotRow)))


def test_windows_that_do_the_same_share_a_queue(database: Database) -> None:
    hall_id = add_hall(database)
    with database.read() as session:
        shape = layout(session, hall_id)
        names = dict(session.execute(select(WindowRow.id, WindowRow.name)).all())
    windows = [[names[window] for window in group] for group in shape.windows]
    assert windows == [["1号", "2号"], ["3号"]]
    pair, single = shape.day.groups
    assert pair.windows == 2
    assert pair.mean == pytest.approx(12.0)
    assert pair.spread == pytest.approx(sqrt((5**2 + 7**2) / 2 + 2**2))
    assert (single.windows, single.mean, single.spread) == (1, *BUSINESSES["丙"])
    # A quarter of those whom two windows, busy PLANNED_LOAD of 330 minutes, serve.
    assert pair.walk_ins == pytest.approx(0.25 * PLANNED_LOAD * 2 * 330 / 12)
    assert shape.day.sessions == ((540, 690), (810, 990))
    assert (shape.day.cap, shape.day.wait_target, shape.day.reserved) == (40, 4.0, 0.05)


def test_a_day_is_opened_as_planned(database: Database) -> None:
    hall_id = add_hall(database)
    opened = open_days(database, now=NOW, days=1)
    with database.read() as session:
        shape = layout(session, hall_id)
        days = list(session.scalars(select(HallDayRow).order_by(HallDayRow.day)))
    plan = plan_day(shape.day)
    assert [day.day for day in days] == [TODAY, TODAY + timedelta(days=1)]
    slots = slots_of(database, hall_id)
    assert opened == len(slots) == 2 * len(plan.seats)
    today = [slot for slot in slots if to_shanghai(slot.start).date() == TODAY]
    assert {
        (slot.window_id, minute_of(slot.start), slot.capacity, slot.reserved) for slot in today
    } == {
        (shape.windows[seat.group][seat.window], seat.minute, seat.seats, seat.reserved)
        for seat in plan.seats
    }
    pair = shape.windows[0]
    for slot in slots:
        length = 10 if slot.window_id in pair else 20  # 12 and 20 minutes, on the grid
        assert slot.end - slot.start == timedelta(minutes=length)
        assert (slot.taken, slot.closed) == (0, False)


def test_a_day_says_who_comes_without_booking_and_how_long_one_stays(database: Database) -> None:
    hall_id = add_hall(database)
    open_days(database, now=NOW, days=0)
    with database.read() as session:
        day = session.get_one(HallDayRow, (hall_id, TODAY))
        walk_ins = sum(group.walk_ins for group in layout(session, hall_id).day.groups)
    assert day.first == 9 * 60
    assert len(day.walk_ins) == (16.5 - 9) * 60 / 5
    rush, lunch = day.walk_ins[6:18], day.walk_ins[36:48]
    assert max(lunch) < min(rush) < walk_ins
    # Whoever comes is in the hall at least for the service.
    assert sum(day.walk_ins) * 5 > walk_ins * 10
    assert 10 < day.stay < 30


def test_opening_again_adds_only_new_days(database: Database) -> None:
    hall_id = add_hall(database)
    assert open_days(database, now=NOW, days=2) > 0
    first = [(slot.id, slot.start) for slot in slots_of(database, hall_id)]
    assert open_days(database, now=NOW + timedelta(hours=5), days=2) == 0
    assert open_days(database, now=NOW + timedelta(days=1), days=2) == 0  # a Saturday more
    assert [(slot.id, slot.start) for slot in slots_of(database, hall_id)] == first
    assert open_days(database, now=NOW + timedelta(days=3), days=2) > 0
    assert days_of(database)[-1] == date(2026, 3, 16)


def test_what_has_been_opened_stays_when_the_hall_changes(database: Database) -> None:
    hall_id = add_hall(database)
    open_days(database, now=NOW, days=1)
    before = [(slot.window_id, slot.start) for slot in slots_of(database, hall_id)]
    with database.write() as session:
        session.get_one(HallRow, hall_id).sessions = [["10:00", "15:00"]]
        session.commit()
    assert open_days(database, now=NOW, days=2) > 0
    after = [(slot.window_id, slot.start) for slot in slots_of(database, hall_id)]
    assert after[: len(before)] == before
    new = {to_shanghai(start).time().isoformat("minutes") for _, start in after[len(before) :]}
    assert min(new) >= "10:00"
    assert max(new) < "15:00"


@pytest.mark.parametrize(
    ("now", "opened"),
    [
        (datetime(2026, 9, 30, 8, 0, tzinfo=SHANGHAI), ["09-30", "10-08", "10-09", "10-10"]),
        # A year whose make-up days nobody knows yet: Monday to Friday, but for the law's own days.
        (datetime(2031, 9, 30, 8, 0, tzinfo=SHANGHAI), ["09-30", "10-06", "10-07", "10-08"]),
    ],
)
def test_feasts_and_make_up_days(database: Database, now: datetime, opened: list[str]) -> None:
    add_hall(database)
    open_days(database, now=now, days=10)
    assert [f"{day:%m-%d}" for day in days_of(database)][:4] == opened


def test_a_hall_that_cannot_be_planned_is_left_out(database: Database) -> None:
    """No window at all; windows that do nothing; opening hours that are no hours."""
    bad = [
        add_hall(database, "空大厅", {}),
        add_hall(database, "闲大厅", {"1号": "", "2号": ""}),
        add_hall(database, "怪大厅", sessions=[["13:00", "09:00"]]),
    ]
    good = add_hall(database)
    with capture_logs() as logs:
        assert open_days(database, now=NOW, days=0) > 0
    left_out = [entry for entry in logs if entry["event"] == "hall_cannot_be_planned"]
    assert [entry["hall_id"] for entry in left_out] == bad
    assert all(entry["reason"] for entry in left_out)
    assert {slot.hall_id for slot in _all_slots(database)} == {good}
    with database.read() as session:
        for hall_id in bad:
            with pytest.raises(CannotPlan):
                layout(session, hall_id)
        with pytest.raises(UnknownHall):
            layout(session, 999)


def test_windows_that_can_give_no_time_away_are_named(database: Database) -> None:
    """A service longer than the hall is open at a stretch cannot be begun in time."""
    hall_id = add_hall(database, windows={"1号": "甲", "2号": "甲", "3号": "丙"})
    with database.write() as session:
        session.execute(update(BusinessRow).where(BusinessRow.name == "丙").values(minutes=300))
        session.commit()
    with capture_logs() as logs:
        open_days(database, now=NOW, days=0)
    with database.read() as session:
        _, alone = layout(session, hall_id).windows
    (entry,) = (entry for entry in logs if alone == entry.get("window_ids"))
    assert (entry["event"], entry["hall_id"]) == ("windows_without_times", hall_id)
    assert alone[0] not in {slot.window_id for slot in slots_of(database, hall_id)}


def test_one_window_without_business_keeps_no_other_from_opening(database: Database) -> None:
    hall_id = add_hall(database, windows={"1号": "", "2号": "甲"})
    assert open_days(database, now=NOW, days=0) > 0
    assert len({slot.window_id for slot in slots_of(database, hall_id)}) == 1


@pytest.mark.parametrize(("minutes", "spread"), [(0.0, 5.0), (-3.0, 5.0), (10.0, -1.0)])
def test_a_business_takes_time(database: Database, minutes: float, spread: float) -> None:
    with database.write() as session:
        session.add(
            BusinessRow(
                name="空", aliases=[], bring=[], minutes=minutes, spread=spread, is_demo=False
            )
        )
        with pytest.raises(IntegrityError):
            session.commit()


def test_halls_alike_are_planned_once(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[HallDay] = []

    def counted(day: HallDay) -> Plan:
        planned.append(day)
        return plan_day(day)

    monkeypatch.setattr(opening_days, "plan_day", counted)
    for name in ("甲大厅", "乙大厅"):
        add_hall(sqlite_database, name)
    add_hall(sqlite_database, "小大厅", capacity=3)
    open_days(sqlite_database, now=NOW, days=5)
    assert [day.cap for day in planned] == [40, 3]
    assert len(days_of(sqlite_database)) == 4


def test_processes_that_open_at_once_open_each_day_once(database: Database) -> None:
    for name in ("甲大厅", "乙大厅"):
        add_hall(database, name)
    others = [Database(database.url.render_as_string(hide_password=False)) for _ in range(4)]
    ready = Barrier(len(others))

    def opens(other: Database) -> int:
        ready.wait()
        return open_days(other, now=NOW, days=7)

    with ThreadPoolExecutor(len(others)) as pool:
        opened = list(pool.map(opens, others))
    for other in others:
        other.close()
    assert sum(opened) == len(_all_slots(database))
    with database.read() as session:
        days = session.scalar(select(func.count()).select_from(HallDayRow))
    assert days == 2 * len(days_of(database)) == 12
    per_day = groupby(
        sorted((slot.hall_id, to_shanghai(slot.start).date()) for slot in _all_slots(database))
    )
    assert len({len(list(slots)) for _, slots in per_day}) == 1


def test_a_day_with_slots_from_elsewhere_is_left_to_them(database: Database) -> None:
    """What was open before days were planned may be booked: nothing is put over it."""
    old = one_slot(database, NOW, capacity=3)
    open_days(database, now=NOW, days=1)
    tomorrow = [slot for slot in _all_slots(database) if to_shanghai(slot.start).date() > TODAY]
    assert [slot.id for slot in tomorrow] == [old]
    assert open_days(database, now=NOW, days=1) == 0


def test_hours_are_read_from_the_hall(database: Database) -> None:
    add_hall(database, sessions=[["08:30", "12:00"]])
    with database.read() as session:
        (hall,) = halls(session)
    assert hall.hours == "工作日 8:30–12:00"


Served = Callable[[int, float], None]


@pytest.fixture
def served(database: Database) -> Served:
    """Write ``n`` visits of so many minutes to the hall's history, booked and walked in."""
    add_hall(database)
    desk = _History(database)
    return desk.serve


class _History:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.served = 0

    def serve(self, n: int, minutes: float) -> None:
        with self.database.write() as session:
            hall_id = session.scalars(select(HallRow.id)).one()
            window_id = session.scalars(select(WindowRow.id)).first()
            business_id = session.scalars(
                select(BusinessRow.id).where(BusinessRow.name == "甲")
            ).one()
            for _ in range(n):
                self.served += 1
                start = at_minute(TODAY - timedelta(days=1 + self.served // 60), 540)
                start += timedelta(minutes=5 * (self.served % 60))
                ended = start + timedelta(minutes=minutes)
                if self.served % 3:
                    slot = SlotRow(
                        hall_id=hall_id,
                        window_id=window_id,
                        start=start,
                        end=start + timedelta(minutes=10),
                        capacity=1,
                        taken=1,
                        reserved=False,
                        closed=False,
                    )
                    session.add(slot)
                    session.flush()
                    session.add(_served_booking(slot, self.served, business_id, ended))
                else:
                    session.add(
                        WalkInRow(
                            code=f"XC-{self.served}",
                            hall_id=hall_id,
                            business_id=business_id,
                            priority=False,
                            arrived_at=start,
                            called_at=start,
                            ended_at=ended,
                        )
                    )
            session.commit()


def _served_booking(slot: SlotRow, number: int, business_id: int, ended: datetime) -> BookingRow:
    return BookingRow(
        code=f"YY-{number}",
        owner=f"web:{number}",
        slot_id=slot.id,
        business_id=business_id,
        status="served",
        active=False,
        priority=False,
        request_key="1",
        created_at=slot.start,
        called_at=slot.start,
        ended_at=ended,
        ended_by="staff",
    )


def test_service_times_are_learned_from_visits(database: Database, served: Served) -> None:
    served(30, 12.0)
    served(30, 18.0)
    served(10, 600.0)  # forgotten over night
    assert learn(database, now=NOW) == 1
    with database.read() as session:
        row = session.scalars(select(ServiceTimeRow)).one()
        assert row.n == 60
        assert row.mean == pytest.approx(15.0)
        assert row.spread == pytest.approx(3.0)
        assert row.learned_at == NOW
        day = layout(session, row.hall_id).day
    # 甲 is believed to take (60 × 15 + 30 × 10) / 90 minutes now, and 90 of 120 visits are 甲's.
    assert day.groups[0].mean == pytest.approx((90 * 40 / 3 + 30 * 14) / 120)


def test_what_is_no_longer_borne_out_is_forgotten(database: Database, served: Served) -> None:
    served(40, 15.0)
    assert learn(database, now=NOW) == 1
    assert learn(database, now=NOW) == 1
    assert learn(database, now=NOW + timedelta(days=100)) == 0
    with database.read() as session:
        assert session.scalars(select(ServiceTimeRow)).all() == []


def test_too_few_visits_teach_nothing(database: Database, served: Served) -> None:
    served(29, 15.0)
    assert learn(database, now=NOW) == 0
