"""The services of halls and windows, as the chat, the staff's pages and the upkeep see them.

Every method is one unit of work, blocking; errors are ``actions.windows.errors``; all times
taken and given are aware, those given out in Asia/Shanghai.
"""

from datetime import datetime

from sqlalchemy import Connection

from actions.windows.booking import changing, holding, lapsing, notices, reading, visits, waiting
from actions.windows.booking.notices import Notice
from actions.windows.booking.refusing import SeatWish
from actions.windows.booking.tables import BookingRow, WaitRow
from actions.windows.crowd import crowding
from actions.windows.errors import AlreadyBooked
from actions.windows.halls import names
from actions.windows.halls import reading as halls
from actions.windows.halls.tables import SlotRow
from actions.windows.offering import offering
from actions.windows.records import (
    Booking,
    Business,
    Crowd,
    Hall,
    QuietTime,
    Slot,
    SlotOffer,
    VisitWish,
)
from store.database import Database

__all__ = [
    "Booking",
    "Business",
    "Crowd",
    "Hall",
    "Notice",
    "QuietTime",
    "Slot",
    "SlotOffer",
    "Upkeep",
    "VisitWish",
    "Windows",
]


class Windows:
    """What a person can do: look for a calm time, hold it, confirm, change, cancel, wait."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def businesses(self) -> tuple[Business, ...]:
        """Return all businesses, the commonest first."""
        with self._database.read() as session:
            return halls.businesses(session)

    def find_business(self, text: str) -> Business | None:
        """Return the business named in ``text``, the longest name winning."""
        return names.find_named(text, self.businesses())

    def halls(self) -> tuple[Hall, ...]:
        """Return all halls."""
        with self._database.read() as session:
            return halls.halls(session)

    def find_hall(self, text: str) -> Hall | None:
        """Return the hall named in ``text``, by its name or the place it is in."""
        return names.find_named(text, self.halls())

    def offer(
        self, wish: VisitWish, *, now: datetime, limit: int = 3, offset: int = 0
    ) -> SlotOffer:
        """Return up to ``limit`` slots, best first; ``offset`` skips those shown already.

        Raises UnknownBusiness, UnknownHall.
        """
        with self._database.read() as session:
            return offering.offer(session, wish, now=now, limit=limit, offset=offset)

    def hold(
        self,
        *,
        owner: str,
        slot_id: int,
        business: str,
        request_key: str,
        now: datetime,
        priority: bool = False,
    ) -> Booking:
        """Hold a seat for five minutes; who holds another one for this business exchanges it.

        See ``holding.hold`` for what is raised.
        """
        wish = SeatWish(owner, slot_id, business, priority, now)
        try:
            return holding.hold(self._database, wish, request_key=request_key)
        except AlreadyBooked as error:
            if error.booking.status != reading.HELD:
                raise
            return self.change(owner, error.booking.code, slot_id, now=now, priority=priority)

    def confirm(self, owner: str, code: str, *, now: datetime) -> Booking:
        """Confirm a held seat; see ``holding.confirm``."""
        return holding.confirm(self._database, owner, code, now=now)

    def change(
        self, owner: str, code: str, slot_id: int, *, now: datetime, priority: bool = False
    ) -> Booking:
        """Exchange a booking's seat, atomically; see ``changing.move``."""
        return changing.move(self._database, owner, code, slot_id, now=now, priority=priority)

    def cancel(self, owner: str, code: str, *, now: datetime) -> Booking:
        """Give a seat or a place on the waiting list back; see ``changing.cancel``."""
        return changing.cancel(self._database, owner, code, now=now)

    def wait_for(self, wish: VisitWish, *, owner: str, request_key: str, now: datetime) -> Booking:
        """Join the waiting list for a wish that names hall, start and end.

        Raises ValueError where it does not; see ``waiting.join`` for the rest.
        """
        if wish.hall is None or wish.start is None or wish.end is None:
            raise ValueError("a place on the waiting list needs hall, start and end")
        return waiting.join(
            self._database,
            owner=owner,
            hall=wish.hall,
            business=wish.business,
            start=wish.start,
            end=wish.end,
            request_key=request_key,
            now=now,
            priority=wish.priority,
        )

    def check_in(self, owner: str, code: str, *, now: datetime) -> Booking:
        """Note that a person has come; see ``visits.check_in``."""
        return visits.check_in(self._database, code, owner=owner, now=now)

    def bookings_of(self, owner: str, *, now: datetime) -> tuple[Booking, ...]:
        """Return an owner's bookings whose visit is not over, cancelled ones too, by time.

        Places on the waiting list follow, as bookings of status ``waitlisted``.
        """
        with self._database.read() as session:
            connection = session.connection()
            own = reading.bookings(connection, BookingRow.owner == owner, SlotRow.end > now)
            waits = reading.waits(
                connection,
                WaitRow.owner == owner,
                WaitRow.status == waiting.WAITING,
                WaitRow.end > now,
            )
        return (*own, *waits)

    def booking(self, code: str) -> Booking | None:
        """Return the booking of a code as it was given out, whoever owns it."""
        with self._database.read() as session:
            return reading.booking(session.connection(), BookingRow.code == code)

    def crowd(self, hall: str, *, now: datetime) -> Crowd:
        """Return how full a hall is and when it is calmer; UnknownHall."""
        with self._database.read() as session:
            return crowding.crowd(session, hall, now=now)


class Upkeep:
    """What has to be done from time to time; every method is safe at any time and by many."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sweep(self, *, now: datetime) -> int:
        """Release holds that ran out and settle visits nobody came to; return how many."""
        return lapsing.release_lapsed(self._database, now=now) + lapsing.note_no_shows(
            self._database, now=now
        )

    def due_notices(self, *, now: datetime, limit: int = 100) -> tuple[Notice, ...]:
        """Return what is to be told people by ``now``."""
        return notices.due_notices(self._database, now=now, limit=limit)

    def settle(self, connection: Connection, notice: Notice, *, now: datetime) -> bool:
        """Mark a notice as told in the caller's transaction; see ``notices.settle``."""
        return notices.settle(connection, notice, now=now)
