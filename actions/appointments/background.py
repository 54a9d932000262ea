"""What the halls do while nobody asks: holds lapse, seats are offered, days open, people told."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import Connection

from actions.appointments.booking.notices import REMINDERS
from actions.appointments.chat.notices import notice_reply
from actions.appointments.service import Notice, Upkeep, Windows
from actions.dialogue.background import Counts, Metric, ScheduledJob, Services
from actions.dialogue.turn import Reply

log = structlog.get_logger(__name__)

LAPSED = Metric("zhida_bookings_lapsed", "Holds and visits that lapsed")
OFFERED = Metric("zhida_seats_offered", "Free seats offered to the waiting list")
SWEPT = Metric("zhida_swept_timestamp_seconds", "Last look for lapses")


def sweep(services: Services, now: datetime) -> Counts:
    """Release holds that ran out, settle visits nobody came to, offer what seats are free."""
    upkeep = services.of(Upkeep)
    lapsed = upkeep.sweep(now=now)
    return {LAPSED.name: lapsed, OFFERED.name: upkeep.offer_free_seats(now=now)}


def open_days(services: Services, now: datetime) -> Counts:
    """Learn from the visits how long a business takes, then open the coming days."""
    upkeep = services.of(Upkeep)
    learned = upkeep.learn(now=now)
    log.info("days opened", slots=upkeep.open_days(now=now), service_times=learned)
    return {}


SWEEP = ScheduledJob(
    "sweep", sweep, every=timedelta(seconds=5), counts=(LAPSED, OFFERED), last_run=SWEPT
)
OPEN_DAYS = ScheduledJob(
    "open days", open_days, every=timedelta(minutes=1), nightly=timedelta(hours=2)
)
JOBS = (SWEEP, OPEN_DAYS)


class BookingNotices:
    """Reminders, freed seats, closures and their end, visits missed: a ``NoticeSource``.

    ``key`` is the settings' signing key: a reminder brings the ticket along.
    """

    paced: Collection[str] = REMINDERS

    def __init__(self, upkeep: Upkeep, windows: Windows, *, key: str) -> None:
        self._upkeep = upkeep
        self._words = partial(notice_reply, windows=windows, key=key)

    def due(self, *, now: datetime, limit: int) -> Sequence[Notice]:
        """Return what is to be told people by ``now``, the longest due first."""
        return self._upkeep.due_notices(now=now, limit=limit)

    def reply(self, notice: Notice, *, now: datetime) -> Reply:
        """Return the words of the chat; KeyError on a kind without words."""
        return self._words(notice, now=now)

    def settle(self, connection: Connection, *notices: Notice, now: datetime) -> set[int]:
        """Mark notices as told, or void; see ``booking.notices.settle``."""
        return self._upkeep.settle(connection, *notices, now=now)
