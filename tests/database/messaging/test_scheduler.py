"""Features' jobs run on their clocks, and their notices reach whoever they are for."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import SQLAlchemyError
from structlog.testing import capture_logs

from actions.appointments.booking.notices import notify
from actions.appointments.booking.tables import BookingRow, NoticeRow
from actions.dialogue.background import Counts, ScheduledJob
from bot.messaging.messages import Delivery
from bot.messaging.outbox import OutboxWorker
from bot.messaging.scheduler import Scheduler
from store.clock import SHANGHAI, utc_now
from store.database import Database
from tests.database.appointments.support import one_slot
from tests.database.messaging.noticing import (
    EVE,
    NOW,
    confirmed,
    last_day,
    nightly,
    person,
    scheduler_of,
)
from tests.support.messaging import PULLED, services_of, vault


def job(name: str, work: Callable[[datetime], Counts], **more: Any) -> ScheduledJob:
    """A job that needs no services."""
    return ScheduledJob(name, lambda _, now: work(now), every=timedelta(seconds=0.01), **more)


def running(database: Database, *jobs: ScheduledJob) -> Scheduler:
    return Scheduler(services_of(database), list(jobs), [], told=lambda _: None, pulled=PULLED)


async def test_what_jobs_did_is_added_up(sqlite_database: Database) -> None:
    one, two = job("one", lambda _: {"a": 2, "b": 1}), job("two", lambda _: {"b": 3})
    scheduler = running(sqlite_database, one, two)
    for now in (NOW, EVE):
        await scheduler.run(one, now)
    await scheduler.run(two, NOW)
    assert scheduler.counts == {"a": 4, "b": 5}
    assert scheduler.last_run == {"one": EVE, "two": NOW}


async def test_each_nightly_job_has_its_own_nights(sqlite_database: Database) -> None:
    ran: list[tuple[str, datetime]] = []

    def note(name: str) -> Callable[[datetime], Counts]:
        def work(now: datetime) -> Counts:
            ran.append((name, now))
            return {}

        return work

    early = job("early", note("early"), nightly=timedelta(hours=1))
    late = job("late", note("late"), nightly=timedelta(hours=3))
    scheduler = running(sqlite_database, early, late)
    night = datetime(2026, 3, 4, 1, 0, tzinfo=SHANGHAI)
    for now in (NOW, EVE, night, night + timedelta(hours=2)):
        for each in (early, late):
            await scheduler.run(each, now)
    assert ran == [
        ("early", NOW),
        ("late", NOW),
        ("early", night),
        ("late", night + timedelta(hours=2)),
    ]


async def test_a_job_that_fails_stops_no_other(sqlite_database: Database) -> None:
    came, failed = asyncio.Event(), Event()

    def fail(now: datetime) -> Counts:
        failed.set()
        raise ValueError("broken")

    def work(now: datetime) -> Counts:
        assert failed.wait(5)
        loop.call_soon_threadsafe(came.set)
        return {"done": 1}

    loop = asyncio.get_running_loop()
    scheduler = running(sqlite_database, job("broken", fail), job("well", work))
    with capture_logs():
        await scheduler.start()
        async with asyncio.timeout(20):
            await came.wait()
        await scheduler.stop()
    assert "broken" not in scheduler.last_run


def test_two_jobs_of_one_name_are_refused(sqlite_database: Database) -> None:
    twin = job("twin", lambda _: {})
    with pytest.raises(ValueError, match="two jobs of one name"):
        running(sqlite_database, twin, twin)


class Messenger:
    """A push channel in memory."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.came = asyncio.Event()

    async def send(self, delivery: Delivery) -> int:
        self.sent += [row.reply["text"] for row in delivery.rows]
        self.came.set()
        return 0


async def test_the_loops_bring_it_to_a_push_channel(database: Database) -> None:
    """From the notice to the messenger, by the clock: the visit is two hours and a bit away."""
    somebody = person(database, "a", "telegram")
    booking = confirmed(database, somebody)
    with database.engine.begin() as connection:
        connection.execute(update(NoticeRow).values(status="void"))
        notify(connection, booking.id, "freed", utc_now())
        connection.execute(
            update(BookingRow).values(status="held", hold_until=utc_now() + timedelta(hours=1))
        )
    messenger = Messenger()
    outbox = OutboxWorker(database, "telegram", messenger, vault(database))
    scheduler = scheduler_of(database, told=lambda _: outbox.wake())
    await outbox.start()
    await scheduler.start()
    try:
        async with asyncio.timeout(20):
            await messenger.came.wait()
    finally:
        await scheduler.stop()
        await outbox.stop()
    assert messenger.sent == [f"freed {booking.code}"]


async def test_a_night_that_failed_is_made_up_for(database: Database) -> None:
    one_slot(database, NOW, capacity=1)
    scheduler = scheduler_of(database)
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE hall_days RENAME TO elsewhere"))
    with pytest.raises(SQLAlchemyError):
        await nightly(scheduler, NOW)
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO hall_days"))
    await nightly(scheduler, NOW + timedelta(minutes=1))
    assert last_day(database) == date(2026, 4, 2)
