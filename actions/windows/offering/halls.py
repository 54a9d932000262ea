"""Which hall to look in: the wished one, else the one with most free seats; and which next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from actions.windows import sentences as say
from actions.windows.errors import UnknownBusiness
from actions.windows.halls import reading
from actions.windows.halls.calendar import at_minute
from actions.windows.offering import slots
from actions.windows.offering.choosing import nearness
from actions.windows.records import Business, Hall, VisitWish
from store.clock import to_shanghai

DAYS_COMPARED = 3
"""Halls are compared by the first day on which any has a seat, looked for so many days."""

ELSEWHERE_DAYS = timedelta(days=5)
"""Another hall is looked for in so much of a wish, from its beginning."""


@dataclass(frozen=True)
class Place:
    """A hall to look in, its windows for the business, the other halls, and what to say."""

    hall: Hall
    windows: tuple[int, ...]
    others: tuple[tuple[Hall, tuple[int, ...]], ...]
    note: str


def choose(
    session: Session, wish: VisitWish, business: Business, start: datetime, end: datetime
) -> Place:
    """Return the wished hall if it does the business, or else the one with most seats then.

    Raises UnknownHall; UnknownBusiness where no hall does it.
    """
    known = reading.halls(session)
    connection = session.connection()
    doing = slots.windows_doing(connection, business.id)
    wished = None if wish.hall is None else reading.hall_named(known, wish.hall)
    able = [hall for hall in known if hall.id in doing]
    if not able:
        raise UnknownBusiness
    best = wished if wished in able else _emptiest(connection, able, doing, start, end, wish)
    others = tuple((hall, doing[hall.id]) for hall in able if hall != best)
    return Place(best, doing[best.id], others, _note(best, wished, others))


def elsewhere(
    connection: Connection, place: Place, start: datetime, end: datetime, *, priority: bool
) -> str | None:
    """Return the nearest other hall that has seats in a stretch."""
    end = min(end, start + ELSEWHERE_DAYS)
    windows = tuple(window for _, own in place.others for window in own)
    seats = slots.seats_of_halls(connection, windows, start, end, priority=priority)
    free = [hall for hall, _ in place.others if seats.get(hall.id, 0)]
    free.sort(key=lambda hall: (-nearness(hall.place, place.hall.place), hall.id))
    return free[0].name if free else None


def _emptiest(
    connection: Connection,
    able: list[Hall],
    doing: dict[int, tuple[int, ...]],
    start: datetime,
    end: datetime,
    wish: VisitWish,
) -> Hall:
    if len(able) == 1:
        return able[0]
    windows = tuple(window for own in doing.values() for window in own)
    seats: dict[int, int] = {}
    for _ in range(DAYS_COMPARED):
        first = slots.first_of_all(connection, start)
        if seats or first is None or first >= end:
            break
        start = at_minute(to_shanghai(first).date() + timedelta(days=1), 0)
        seats = slots.seats_of_halls(
            connection, windows, first, min(start, end), priority=wish.priority
        )
    return max(able, key=lambda hall: (seats.get(hall.id, 0), -hall.id))


def _note(best: Hall, wished: Hall | None, others: tuple[tuple[Hall, tuple[int, ...]], ...]) -> str:
    if wished is not None:
        if wished == best:
            return ""
        return say.NOTE_HALL_NOT_DOING.format(wished=wished.name, hall=best.name)
    if not others:
        return ""
    named = "、".join(hall.name for hall, _ in others[: say.HALLS_NAMED])
    return (
        say.NOTE_HALL_CHOSEN if len(others) <= say.HALLS_NAMED else say.NOTE_HALL_OF_MANY
    ).format(hall=best.name, others=named)
