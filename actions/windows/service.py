"""The service of halls and windows: what can be booked, booking it, how full it is."""

from datetime import datetime

from actions.windows import booking, crowding, names, offering, reading
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
    "QuietTime",
    "Slot",
    "SlotOffer",
    "VisitWish",
    "Windows",
]


class Windows:
    """Halls and windows over one database; every method is one unit of work, blocking.

    Errors are ``actions.windows.errors``; all times given out are Asia/Shanghai.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def businesses(self) -> tuple[Business, ...]:
        """Return all businesses, the commonest first."""
        with self._database.read() as session:
            return reading.businesses(session)

    def find_business(self, text: str) -> Business | None:
        """Return the business named in ``text``, the longest name winning."""
        return names.find_named(text, self.businesses())

    def halls(self) -> tuple[Hall, ...]:
        """Return all halls."""
        with self._database.read() as session:
            return reading.halls(session)

    def find_hall(self, text: str) -> Hall | None:
        """Return the hall named in ``text``, by its name or the place it is in."""
        return names.find_named(text, self.halls())

    def offer(
        self, wish: VisitWish, *, now: datetime, limit: int = 3, offset: int = 0
    ) -> SlotOffer:
        """Return up to ``limit`` quiet slots; ``offset`` skips those shown already.

        Raises UnknownBusiness, UnknownHall.
        """
        with self._database.read() as session:
            return offering.offer(session, wish, now=now, limit=limit, offset=offset)

    def book(
        self, *, owner: str, slot_id: int, business: str, request_key: str, now: datetime
    ) -> Booking:
        """Take a seat; see ``actions.windows.booking.book``."""
        return booking.book(
            self._database,
            owner=owner,
            slot_id=slot_id,
            business=business,
            request_key=request_key,
            now=now,
        )

    def bookings_of(self, owner: str, *, now: datetime) -> tuple[Booking, ...]:
        """Return an owner's bookings whose visit is not over, cancelled ones too."""
        return booking.bookings_of(self._database, owner, now=now)

    def cancel(self, owner: str, code: str, *, request_key: str, now: datetime) -> Booking:
        """Give a seat back, exactly once; see ``actions.windows.booking.cancel``."""
        return booking.cancel(self._database, owner, code, request_key=request_key, now=now)

    def crowd(self, hall: str, *, now: datetime) -> Crowd:
        """Return how full a hall is and when it is calmer; UnknownHall."""
        with self._database.read() as session:
            return crowding.crowd(session, hall, now=now)
