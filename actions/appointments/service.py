"""The services of halls and windows, as the chat, the staff's pages and the housekeeping see them.

Every method is one unit of work, blocking; errors are ``actions.appointments.errors``; all times
taken and given are aware, those given out in Asia/Shanghai.
"""

from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import Self

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from actions.appointments.booking import (
    changes,
    closures,
    expiry,
    holds,
    links,
    notices,
    queries,
    waitlist,
    waitlist_offers,
)
from actions.appointments.booking.notices import Notice
from actions.appointments.booking.rules import TRAVEL
from actions.appointments.booking.seats import SeatWish
from actions.appointments.booking.tables import BookingRow, WaitRow
from actions.appointments.crowd import status
from actions.appointments.crowd import week as weeks
from actions.appointments.errors import AlreadyBooked, BookingEnded, OtherHall
from actions.appointments.halls import closures as hall_closures
from actions.appointments.halls import opening_days
from actions.appointments.halls import queries as hall_queries
from actions.appointments.halls.tables import SlotRow
from actions.appointments.offering import offers
from actions.appointments.records import (
    Booking,
    Business,
    Closure,
    Crowd,
    Hall,
    QuietTime,
    Slot,
    SlotOffer,
    VisitWish,
    Week,
)
from actions.appointments.visits import board, lengths, steps, undo
from actions.appointments.visits.board import Board
from actions.appointments.visits.call_order import Step
from actions.ids import read_id
from language import names
from store.clock import to_shanghai
from store.database import Database
from store.service import Service
from store.settings import Settings

__all__ = [
    "Appointments",
    "Board",
    "Booking",
    "Business",
    "Closure",
    "Crowd",
    "Hall",
    "HallDesk",
    "Housekeeping",
    "Notice",
    "QuietTime",
    "Slot",
    "SlotOffer",
    "VisitWish",
    "Week",
]


class Appointments(Service):
    """What a person can do: look for a calm time, hold it, confirm, change, cancel, wait.

    ``travel`` is the way between two halls, ``key`` signs the links of bookings. Who acts on a
    booking, as ``owner``, is the conversation that made it or took it up by its link.
    """

    def __init__(self, database: Database, *, travel: timedelta = TRAVEL, key: str = "") -> None:
        super().__init__(database)
        self._travel = travel
        self._key = key

    @classmethod
    def over(cls, database: Database, settings: Settings) -> Self:
        """Make the service with the settings' way between halls and their key."""
        travel = timedelta(minutes=settings.travel_minutes)
        return cls(database, travel=travel, key=settings.signing_key())

    def businesses(self) -> tuple[Business, ...]:
        """Return all businesses, the commonest first."""
        with self._database.read() as session:
            return hall_queries.businesses(session)

    def find_business(self, text: str) -> Business | None:
        """Return the business named in ``text``, the longest name winning."""
        return names.find_named(text, self.businesses())

    def halls(self) -> tuple[Hall, ...]:
        """Return all halls."""
        with self._database.read() as session:
            return hall_queries.halls(session)

    def halls_doing(self, business: str) -> tuple[Hall, ...]:
        """Return the halls that have a window for a business; none where it is unknown."""
        with self._database.read() as session:
            able = hall_queries.halls_for(session, business)
            names = {hall.name for hall in able if hall.windows}
            return tuple(hall for hall in hall_queries.halls(session) if hall.name in names)

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
            return offers.offer(
                session, wish, now=now, limit=limit, offset=offset, travel=self._travel
            )

    def hold(
        self,
        *,
        owner: str,
        slot_id: int,
        business: str,
        request_key: str,
        now: datetime,
        priority: bool = False,
        for_other: bool = False,
    ) -> Booking:
        """Hold a seat for five minutes; who holds another one for this business exchanges it.

        See ``holds.hold`` for what is raised.
        """
        wish = SeatWish(owner, slot_id, business, priority, now, for_other, self._travel)
        try:
            return holds.hold(self._database, wish, request_key=request_key)
        except AlreadyBooked as error:
            if error.booking.status != queries.HELD:
                raise
            with suppress(BookingEnded):  # It lapsed just now, and bars nothing any more.
                return self.change(owner, error.booking.code, slot_id, now=now, priority=priority)
        return holds.hold(self._database, wish, request_key=request_key)

    def confirm(self, owner: str, code: str, *, now: datetime) -> Booking:
        """Confirm a held seat; see ``holds.confirm``."""
        owner = self._owner(owner, code)
        return holds.confirm(self._database, owner, code, now=now, travel=self._travel)

    def change(
        self, owner: str, code: str, slot_id: int, *, now: datetime, priority: bool = False
    ) -> Booking:
        """Exchange a booking's seat, atomically; see ``changes.move``."""
        owner = self._owner(owner, code)
        return changes.move(
            *(self._database, owner, code, slot_id),
            now=now,
            priority=priority,
            travel=self._travel,
        )

    def cancel(self, owner: str, code: str, *, now: datetime) -> Booking:
        """Give a seat or a place on the waiting list back; see ``changes.cancel``."""
        return changes.cancel(self._database, self._owner(owner, code), code, now=now)

    def link(self, booking: Booking) -> str:
        """Return the path of the page that opens a booking on any device."""
        return links.link_path(booking, self._key)

    def by_link(self, token: str, *, now: datetime) -> Booking | None:
        """Return the booking that the end of a link opens; see ``links.by_link``."""
        with self._database.read() as session:
            return links.by_link(session.connection(), token, self._key, now=now)

    def renew_link(self, booking: Booking) -> Booking:
        """End every link of a booking; the one returned has a new one."""
        return self._database.transact(partial(links.renew, booking=booking))

    def take_up(self, booking: Booking, conversation: str) -> None:
        """Let a booking be seen and changed from a conversation that has its link."""
        with suppress(IntegrityError):  # Done at this very moment by another delivery.
            work = partial(links.take_up, booking=booking, conversation=conversation)
            self._database.transact(work)

    def _owner(self, conversation: str, code: str) -> str:
        known = read_id(queries.BOOKING_PREFIX, code)
        with self._database.read() as session:
            return links.owner_for(session.connection(), conversation, known or code)

    def wait_for(self, wish: VisitWish, *, owner: str, request_key: str, now: datetime) -> Booking:
        """Join the waiting list for a wish that names hall, start and end.

        Raises ValueError where it does not; see ``waitlist.join`` for the rest.
        """
        if wish.hall is None or wish.start is None or wish.end is None:
            raise ValueError("a place on the waiting list needs hall, start and end")
        return waitlist.join(
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
        """Note that a person has come; see ``steps.check_in``."""
        return steps.check_in(self._database, code, owner=self._owner(owner, code), now=now)

    def bookings_of(self, owner: str, *, now: datetime) -> tuple[Booking, ...]:
        """Return an owner's bookings whose visit is not over, cancelled ones too, by time.

        Places on the waiting list follow, as bookings of status ``waitlisted``.
        """
        with self._database.read() as session:
            connection = session.connection()
            own = queries.bookings(connection, links.held_by(owner), SlotRow.end > now)
            waits = queries.waits(
                connection,
                WaitRow.owner == owner,
                WaitRow.status == waitlist.WAITING,
                WaitRow.end > now,
            )
        return (*own, *waits)

    def visits_today(self, owner: str, *, now: datetime) -> tuple[Booking, ...]:
        """Return an owner's bookings of this day, over or not, but no cancelled ones, by time."""
        midnight = to_shanghai(now).replace(hour=0, minute=0, second=0, microsecond=0)
        with self._database.read() as session:
            return queries.bookings(
                session.connection(),
                links.held_by(owner),
                BookingRow.status != queries.CANCELLED,
                SlotRow.start >= midnight,
                SlotRow.start < midnight + timedelta(days=1),
            )

    def booking(self, code: str) -> Booking | None:
        """Return the booking of a code as it was given out, whoever owns it."""
        with self._database.read() as session:
            return queries.booking(session.connection(), BookingRow.code == code)

    def crowd(self, hall: str, *, now: datetime) -> Crowd:
        """Return how full a hall is and when it is calmer; UnknownHall."""
        with self._database.read() as session:
            return status.crowd(session, hall, now=now)

    def week(self, hall: str, *, now: datetime) -> Week:
        """Return whom a hall expects in the coming working days; UnknownHall."""
        with self._database.read() as session:
            return weeks.week(session, hall, now=now)


class HallDesk(Service):
    """What staff do in a hall: see the day, check people in, call them, note who just came."""

    def board(self, hall: str, day: date, *, now: datetime) -> Board:
        """Return a hall's day; UnknownHall."""
        with self._database.read() as session:
            return board.board(session, hall, day, now=now)

    def check_in(self, code: str, *, now: datetime, hall: str | None = None) -> Booking:
        """Note that somebody has come to ``hall``, or wherever it is booked for.

        Raises OtherHall and what ``steps.check_in`` raises.
        """
        known = read_id(queries.BOOKING_PREFIX, code)
        if hall is not None and known is not None:
            with self._database.read() as session:
                booking = queries.booking(session.connection(), BookingRow.code == known)
            if booking is not None and booking.hall != hall:
                raise OtherHall(booking)
        return steps.check_in(self._database, code, now=now)

    def call(self, code: str, *, now: datetime, window: str | None = None) -> None:
        """Note that a window has begun with somebody; see ``steps.call``."""
        steps.call(self._database, code, now=now, window=window)

    def finish(self, code: str, *, now: datetime) -> None:
        """Note that somebody has been served; see ``steps.finish``."""
        steps.finish(self._database, code, now=now)

    def undo(self, code: str, step: Step, *, by: str, now: datetime) -> None:
        """Take back the last step of a visit, noted by mistake; see ``undo.undo``."""
        undo.undo(self._database, code, step, by=by, now=now)

    def walk_in(self, hall: str, business: str, *, now: datetime, priority: bool = False) -> str:
        """Note somebody who came without a booking; see ``steps.walk_in``."""
        return steps.walk_in(
            self._database, hall=hall, business=business, priority=priority, now=now
        )

    def affected(
        self,
        hall: str,
        start: datetime,
        end: datetime,
        *,
        now: datetime,
        window: str | None = None,
    ) -> int:
        """Count the bookings that a closure of the hall or one window would affect."""
        with self._database.read() as session:
            return closures.affected(session, hall, start, end, now=now, window=window)

    def close(
        self,
        hall: str,
        start: datetime,
        end: datetime,
        *,
        reason: str,
        by: str,
        now: datetime,
        window: str | None = None,
    ) -> int:
        """Announce a closure and return how many people are told; see ``closures.close``."""
        return closures.close(
            self._database,
            hall=hall,
            start=start,
            end=end,
            reason=reason,
            by=by,
            now=now,
            window=window,
        )

    def reopen(self, closure_id: int, *, now: datetime) -> int:
        """Take a closure back; see ``closures.reopen``."""
        return closures.reopen(self._database, closure_id, now=now)

    def closures(self, hall: str | None = None, *, since: datetime) -> tuple[Closure, ...]:
        """Return the closures of one hall or all that end after ``since``, by time."""
        with self._database.read() as session:
            return hall_closures.list_closures(session, hall, since=since)


class Housekeeping(Service):
    """What has to be done from time to time; every method is safe at any time and by many."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._rounds = waitlist_offers.Rounds(database)

    def sweep(self, *, now: datetime) -> int:
        """Release holds that ran out, settle visits that are over; return how many.

        WindowsBusy where a lock cannot be had in time: the next sweep does the rest.
        """
        released = expiry.release_lapsed(self._database, now=now)
        missed = expiry.note_no_shows(self._database, now=now)
        return released + missed + expiry.end_forgotten(self._database, now=now)

    def offer_free_seats(self, *, now: datetime) -> int:
        """Offer seats nobody gave up to who waits for them; see ``waitlist_offers.Rounds``."""
        return self._rounds.go_on(now=now)

    def due_notices(self, *, now: datetime, limit: int = 100) -> tuple[Notice, ...]:
        """Return what is to be told people by ``now``."""
        return notices.due_notices(self._database, now=now, limit=limit)

    def settle(self, connection: Connection, *told: Notice, now: datetime) -> set[int]:
        """Mark notices as told in the caller's transaction; see ``notices.settle``."""
        return notices.settle(connection, *told, now=now)

    def open_days(self, *, now: datetime) -> int:
        """Open the coming days of all halls; see ``opening_days.open_days``."""
        return opening_days.open_days(self._database, now=now)

    def learn(self, *, now: datetime) -> int:
        """Learn how long businesses take in each hall; see ``lengths.learn``."""
        return lengths.learn(self._database, now=now)
