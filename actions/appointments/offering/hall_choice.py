"""Which hall to look in: the wished one, else the one with most free seats; and which next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from actions.appointments import sentences as say
from actions.appointments.errors import UnknownBusiness
from actions.appointments.halls import queries
from actions.appointments.halls.queries import NamedHall
from actions.appointments.offering import slots
from actions.appointments.offering.selection import nearness
from actions.appointments.records import Business, Hall, VisitWish
from actions.calendar import at_minute
from store.clock import to_shanghai

DAYS_COMPARED = 3
"""Halls are compared by the first day on which any has a seat, looked for so many days."""

HALLS_NAMED = 3
"""So many other halls are named; a city has dozens."""

ELSEWHERE_DAYS = timedelta(days=5)
"""Another hall is looked for in so much of a wish, from its beginning."""


@dataclass(frozen=True)
class Place:
    """A hall to look in for a business, its windows for it, other halls, and what to say."""

    business: Business
    hall: Hall
    windows: tuple[int, ...]
    others: tuple[NamedHall, ...]
    note: str


@dataclass(frozen=True)
class Seats:
    """Counting the seats that halls have left for a business."""

    connection: Connection
    business: str
    priority: bool

    def of_halls(self, start: datetime, end: datetime) -> dict[int, int]:
        """Return how many each hall has in ``[start, end)``; those without are left out."""
        return slots.seats_of_halls(
            self.connection, self.business, start, end, priority=self.priority
        )

    def of_first_day(self, start: datetime, end: datetime) -> dict[int, int]:
        """Return how many each hall has on the first day of ``[start, end)`` with any."""
        for _ in range(DAYS_COMPARED):
            first = slots.first_of_all(self.connection, start)
            if first is None or first >= end:
                break
            start = at_minute(to_shanghai(first).date() + timedelta(days=1), 0)
            if seats := self.of_halls(first, min(start, end)):
                return seats
        return {}


def choose(session: Session, wish: VisitWish, start: datetime, end: datetime) -> Place:
    """Return the wished hall if it does the business, or else the one with most seats then.

    Raises UnknownHall; UnknownBusiness, also where no hall does it.
    """
    known = queries.halls_for(session, wish.business)
    able = [hall for hall in known if hall.windows]
    if not able:
        raise UnknownBusiness
    able = [hall for hall in able if hall.name not in wish.not_halls] or able
    wished = None if wish.hall is None else queries.hall_named(known, wish.hall)
    if wished in able or len(able) == 1:
        best = wished if wished in able else able[0]
    else:
        seats = Seats(session.connection(), wish.business, wish.priority).of_first_day(start, end)
        best = max(able, key=lambda hall: (seats.get(hall.id, 0), -hall.id))
    others = tuple(hall for hall in able if hall != best)
    hall, business = queries.hall_and_business(session, best.id, wish.business)
    return Place(business, hall, best.windows, others, _note(best, wished, others))


def elsewhere(place: Place, seats: Seats, start: datetime, end: datetime) -> str | None:
    """Return the nearest other hall that has seats in a stretch."""
    left = seats.of_halls(start, min(end, start + ELSEWHERE_DAYS))
    free = [hall for hall in place.others if left.get(hall.id, 0)]
    free.sort(key=lambda hall: (-nearness(hall.place, place.hall.place), hall.id))
    return free[0].name if free else None


def _note(best: NamedHall, wished: NamedHall | None, others: tuple[NamedHall, ...]) -> str:
    if wished is not None:
        if wished == best:
            return ""
        return say.NOTE_HALL_NOT_DOING.format(wished=wished.name, hall=best.name)
    if not others:
        return ""
    sentence = say.NOTE_HALL_CHOSEN if len(others) <= HALLS_NAMED else say.NOTE_HALL_OF_MANY
    named = "、".join(hall.name for hall in others[:HALLS_NAMED])
    return sentence.format(hall=best.name, others=named)
