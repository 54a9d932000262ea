"""What the halls do unasked: holds lapse, days open, and people are told in the chat's words."""

from datetime import date, datetime, timedelta

from actions.appointments.background import LAPSED, OFFERED
from actions.appointments.booking.closures import close
from actions.appointments.booking.rules import OFFERS_FROM, REOPENED_AFTER
from actions.appointments.halls.tables import SlotRow
from actions.appointments.service import Appointments, HallDesk, VisitWish
from store.clock import SHANGHAI
from store.database import Database
from tests.database.appointments.support import BUSINESS, HALL, one_slot
from tests.database.messaging.noticing import (
    EVE,
    NOW,
    SWEEP,
    confirmed,
    in_the_chats_words,
    last_day,
    nightly,
    person,
    said,
    scheduler_of,
    sweep,
    tell,
)


async def test_in_the_words_of_the_chat(database: Database) -> None:
    """A closure, which looks for other times, and a reminder: as the server says them."""
    somebody = person(database, "a")
    booking = confirmed(database, somebody)
    one_slot(database, NOW, capacity=1, hour=14)
    scheduler = scheduler_of(database, in_the_chats_words(database))
    await tell(scheduler, EVE)
    with database.read() as session:
        ends = session.get_one(SlotRow, booking.slot_id).end
    close(database, hall=HALL, start=NOW, end=ends, reason="停电", by="小李", now=EVE)
    await tell(scheduler, EVE)
    reminder, closed = said(database, somebody)
    for line in (reminder, closed):
        assert line.data is not None
        assert line.data["code"] == booking.code
        assert line.buttons
    assert booking.address in reminder.text
    assert "停电" in closed.text
    assert scheduler.notices == {("reminder_day", "told"): 1, ("closed", "told"): 1}


async def test_a_hold_that_ran_out_is_released(database: Database) -> None:
    somebody = person(database, "a")
    slot = one_slot(database, NOW, capacity=1)
    windows = Appointments(database)
    held = windows.hold(owner=somebody, slot_id=slot, business=BUSINESS, request_key="k", now=NOW)
    scheduler = scheduler_of(database)
    await sweep(scheduler, NOW)
    assert scheduler.counts[LAPSED] == 0
    later = NOW + timedelta(minutes=6)
    await sweep(scheduler, later)
    await sweep(scheduler, later)
    assert (scheduler.counts[LAPSED], scheduler.last_run[SWEEP.name]) == (1, later)
    booking = windows.booking(held.code)
    assert booking is not None
    assert booking.lapsed


async def test_the_coming_days_open_every_night(database: Database) -> None:
    one_slot(database, NOW, capacity=1)
    scheduler = scheduler_of(database)
    night = datetime(2026, 3, 4, 2, 0, tzinfo=SHANGHAI)
    assert last_day(database) is None
    await nightly(scheduler, NOW)
    assert last_day(database) == date(2026, 4, 2)
    await nightly(scheduler, night - timedelta(seconds=1))
    assert last_day(database) == date(2026, 4, 2)
    await nightly(scheduler, night)
    assert last_day(database) == date(2026, 4, 3)


async def test_a_reopening_is_told_in_the_words_of_the_chat(database: Database) -> None:
    """Who kept the booking may come, who gave it up is offered times, who waits gets a seat."""
    keeps, gave_up, waits = (person(database, name) for name in ("keeps", "gave_up", "waits"))
    kept, given = confirmed(database, keeps, 9), confirmed(database, gave_up, 10)
    windows = Appointments(database)
    scheduler = scheduler_of(database, in_the_chats_words(database))
    with database.read() as session:
        ends = session.get_one(SlotRow, given.slot_id).end
    close(database, hall=HALL, start=NOW, end=ends, reason="停电", by="小李", now=NOW)
    await tell(scheduler, NOW)
    windows.cancel(gave_up, given.code, now=NOW)
    wish = VisitWish(BUSINESS, HALL, NOW, ends)
    windows.wait_for(wish, owner=waits, request_key="wait", now=NOW)
    await sweep(scheduler, NOW)
    assert scheduler.counts[OFFERED] == 0
    (closure,) = HallDesk(database).closures(HALL, since=NOW)
    HallDesk(database).reopen(closure.id, now=NOW)
    one_slot(database, NOW, capacity=1, hour=14)
    later = NOW + REOPENED_AFTER
    for _ in range(2):
        await sweep(scheduler, later)
        await tell(scheduler, later)
    assert scheduler.counts[OFFERED] == 1
    assert scheduler.notices == {
        ("closed", "told"): 2,
        ("reopened", "told"): 2,
        ("freed", "told"): 1,
    }
    _, stands = said(database, keeps)
    assert kept.code in stands.text
    assert stands.data is not None
    assert (stands.data["code"], stands.data["status"]) == (kept.code, "confirmed")
    _, again = said(database, gave_up)
    assert "可以重新约" in again.text
    assert again.data is not None
    assert len(again.data["slots"]) == 1
    assert len(again.buttons) == 2
    (offer,) = said(database, waits)
    assert offer.data is not None
    assert offer.data["start"] == given.start.isoformat()


async def test_a_day_opened_at_night_is_offered_in_the_morning(database: Database) -> None:
    """Somebody waits for a day that is not open for booking yet."""
    one_slot(database, NOW, capacity=1)
    waits = person(database, "waits")
    wish = VisitWish(BUSINESS, HALL, NOW + timedelta(days=5), NOW + timedelta(days=6))
    Appointments(database).wait_for(wish, owner=waits, request_key="wait", now=NOW)
    scheduler = scheduler_of(database, in_the_chats_words(database))
    await sweep(scheduler, NOW)
    night = datetime(2026, 3, 4, 2, 0, tzinfo=SHANGHAI)
    await nightly(scheduler, night)
    await sweep(scheduler, night)
    await tell(scheduler, night)
    assert (scheduler.counts[OFFERED], said(database, waits)) == (1, [])
    await tell(scheduler, night.replace(hour=OFFERS_FROM.hour))
    (offer,) = said(database, waits)
    assert offer.data is not None
    assert offer.data["status"] == "held"
