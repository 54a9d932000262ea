"""Visits, people who have written before, and who tells them what is due."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from sqlalchemy import func, select

from actions.appointments.background import BookingNotices
from actions.appointments.booking.tables import NoticeRow
from actions.appointments.feature import APPOINTMENTS
from actions.appointments.halls.tables import HallDayRow
from actions.appointments.records import Booking
from actions.appointments.service import Appointments, Housekeeping, Notice
from actions.dialogue.background import NoticeSource
from actions.dialogue.turn import Reply
from bot.messaging.messages import Incoming
from bot.messaging.notices import NoticeTeller
from bot.messaging.scheduler import Scheduler
from bot.messaging.transcripts import TranscriptLine, replies_after
from store.clock import SHANGHAI
from store.database import Database
from tests.database.appointments.support import BUSINESS, one_slot
from tests.support.messaging import PULLED, plain, services_of, take_in, vault

JOBS = APPOINTMENTS.jobs
SWEEP, OPEN_DAYS = JOBS
NOW = datetime(2026, 3, 3, 10, 0, tzinfo=SHANGHAI)
EVE = datetime(2026, 3, 3, 18, 0, tzinfo=SHANGHAI)


def words(notice: Notice, windows: Appointments, *, now: datetime) -> Reply:
    """Say little, of the booking as the halls' service knows it."""
    booking = windows.booking(notice.booking.code)
    assert booking is not None
    return plain(f"{notice.kind} {booking.code}")


class Worded(BookingNotices):
    """The halls' notices in words of the test's own."""

    def __init__(self, database: Database, say: Callable[..., Reply]) -> None:
        super().__init__(Housekeeping(database), Appointments(database), key="a-key")
        self._say = partial(say, windows=Appointments(database))

    def reply(self, notice: Notice, *, now: datetime) -> Reply:
        return self._say(notice, now=now)


def in_the_chats_words(database: Database) -> BookingNotices:
    """Return the halls' notices as the server says them."""
    return BookingNotices(Housekeeping(database), Appointments(database), key="a-key")


def teller_of(
    database: Database,
    say: Callable[..., Reply] = words,
    told: Callable[[str], None] = lambda _: None,
) -> NoticeTeller:
    """Return who tells the halls' notices."""
    return NoticeTeller(database, Worded(database, say), told=told, pulled=PULLED)


def scheduler_of(
    database: Database,
    source: NoticeSource | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Scheduler:
    """Return what runs the halls' jobs and tells their notices."""
    sources = [source or Worded(database, words)]
    return Scheduler(services_of(database), JOBS, sources, told=told, pulled=PULLED)


async def sweep(scheduler: Scheduler, now: datetime) -> None:
    """Look for lapses and free seats now."""
    await scheduler.run(SWEEP, now)


async def nightly(scheduler: Scheduler, now: datetime) -> None:
    """Look now whether it is time to open days."""
    await scheduler.run(OPEN_DAYS, now)


async def tell(scheduler: Scheduler, now: datetime) -> None:
    """Tell everything that is due."""
    for teller in scheduler.tellers:
        await teller.tell(now)


def person(database: Database, name: str, channel: str = "web") -> str:
    """Somebody who has written before."""
    take_in(database, Incoming(channel, name, name, "你好", NOW))
    return f"{channel}:{name}"


def confirmed(database: Database, owner: str, hour: int = 9) -> Booking:
    """Tomorrow's visit."""
    slot = one_slot(database, NOW, capacity=1, hour=hour)
    windows = Appointments(database)
    held = windows.hold(
        owner=owner, slot_id=slot, business=BUSINESS, request_key=owner + str(hour), now=NOW
    )
    return windows.confirm(owner, held.code, now=NOW)


def said(database: Database, conversation: str) -> list[TranscriptLine]:
    """What a conversation was told, oldest first."""
    return replies_after(database, vault(database), conversation, 0)


def states(database: Database) -> list[str]:
    """The state of every notice, by when it is due."""
    with database.read() as session:
        return list(session.scalars(select(NoticeRow.status).order_by(NoticeRow.due_at)))


def last_day(database: Database) -> date | None:
    """The last day that is open for booking."""
    with database.read() as session:
        return session.scalar(select(func.max(HallDayRow.day)))
