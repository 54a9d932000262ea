"""One person, one moment: nobody can be at two windows at once, nor in two halls without a way.

What a lock per person covers (``lock_person``) is looked at and written in one transaction, so
two taps at one moment are one after the other. Who books for somebody else says so; such a
booking stands beside one's own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from actions.appointments.booking import queries
from actions.appointments.booking.seats import SeatWish
from actions.appointments.booking.tables import BookingRow
from actions.appointments.records import Booking


@dataclass(frozen=True)
class Stay:
    """A stretch of time in a hall, half-open."""

    hall: str
    start: datetime
    end: datetime

    def clashes(self, booking: Booking, travel: timedelta) -> bool:
        """Whether one person cannot do both, with ``travel`` from one hall to another."""
        way = timedelta() if booking.hall == self.hall else travel
        return booking.start < self.end + way and self.start < booking.end + way


@dataclass(frozen=True)
class OwnTime:
    """One person's time, as a hall sees it: their ``bookings`` anywhere, ``travel`` away."""

    hall: str
    bookings: tuple[Booking, ...]
    travel: timedelta

    def allows(self, start: datetime, end: datetime) -> bool:
        """Whether the person can be in the hall in ``[start, end)``."""
        stay = Stay(self.hall, start, end)
        return not any(stay.clashes(booking, self.travel) for booking in self.bookings)


def lock_person(connection: Connection, owner: str) -> None:
    """Lock a person until the transaction ends; SQLite's transaction is that lock already."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(owner, 0))))


def in_the_way(
    connection: Connection, wish: SeatWish, stay: Stay, *, besides: int | None = None
) -> Booking | None:
    """Return a booking of the person's own that ``stay`` clashes with, the person locked.

    ``besides`` is the id of the booking that is being changed and so is no obstacle.
    """
    if wish.for_other:
        return None
    lock_person(connection, wish.owner)
    own = own_bookings(connection, wish.owner, besides=besides)
    return next((booking for booking in own if stay.clashes(booking, wish.travel)), None)


def own_bookings(
    connection: Connection, owner: str, *, besides: int | None = None
) -> tuple[Booking, ...]:
    """Return the visits that a person has before them and comes to, by time."""
    standing = queries.bookings(
        connection,
        BookingRow.owner == owner,
        BookingRow.active.is_(True),
        BookingRow.for_other.is_(False),
    )
    return tuple(each for each in standing if each.id != besides and not each.closed)
