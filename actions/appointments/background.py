"""What the halls do while nobody asks: holds lapse, seats are offered, days open, people told."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy import Connection

from actions.appointments.booking.notices import REMINDERS
from actions.appointments.chat.notices import notice_reply
from actions.appointments.service import Appointments, Housekeeping, Notice
from actions.dialogue.background import Counts
from actions.dialogue.services import Services
from actions.dialogue.turn import Reply

log = structlog.get_logger(__name__)

LAPSED, OFFERED = "zhida_bookings_lapsed", "zhida_seats_offered"
"""What a sweep counts."""


def sweep(services: Services, now: datetime) -> Counts:
    """Release holds that ran out, settle visits nobody came to, offer what seats are free."""
    housekeeping = services.of(Housekeeping)
    lapsed = housekeeping.sweep(now=now)
    return {LAPSED: lapsed, OFFERED: housekeeping.offer_free_seats(now=now)}


def open_days(services: Services, now: datetime) -> Counts:
    """Learn from the visits how long a business takes, then open the coming days."""
    housekeeping = services.of(Housekeeping)
    learned = housekeeping.learn(now=now)
    log.info("days opened", slots=housekeeping.open_days(now=now), service_times=learned)
    return {}


class BookingNotices:
    """Reminders, freed seats, closures and their end, visits missed: a ``NoticeSource``.

    ``key`` is the settings' signing key: a reminder brings the ticket along.
    """

    paced: Collection[str] = REMINDERS

    def __init__(self, housekeeping: Housekeeping, appointments: Appointments, *, key: str) -> None:
        self._housekeeping = housekeeping
        self._words = partial(notice_reply, appointments=appointments, key=key)

    def due(self, *, now: datetime, limit: int) -> Sequence[Notice]:
        """Return what is to be told people by ``now``, the longest due first."""
        return self._housekeeping.due_notices(now=now, limit=limit)

    def reply(self, notice: Notice, *, now: datetime) -> Reply:
        """Return the words of the chat; KeyError on a kind without words."""
        return self._words(notice, now=now)

    def settle(self, connection: Connection, *notices: Notice, now: datetime) -> set[int]:
        """Mark notices as told, or void; see ``booking.notices.settle``."""
        return self._housekeeping.settle(connection, *notices, now=now)


def booking_notices(services: Services) -> BookingNotices:
    """Return the notices of this process."""
    return BookingNotices(
        services.of(Housekeeping),
        services.of(Appointments),
        key=services.settings.signing_key(),
    )
