"""Answering a wish: which times, which hall, and where the answer departs from the wish."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, islice

from sqlalchemy.orm import Session

from actions.appointments import sentences as say
from actions.appointments.booking.persons import OwnTime, own_bookings
from actions.appointments.booking.rules import TRAVEL
from actions.appointments.halls.calendar import CALENDAR_DAYS
from actions.appointments.offering import hall_choice
from actions.appointments.offering.day_search import ONE_DAY, Search
from actions.appointments.offering.explanations import Found, days_of, made_up, uncertain, why_not
from actions.appointments.offering.hall_choice import Place, Seats
from actions.appointments.offering.selection import Choice, Wanted
from actions.appointments.offering.slots import HallSlots
from actions.appointments.offering.unwanted import suits
from actions.appointments.records import Booking, Business, Slot, SlotOffer, VisitWish
from actions.calendar import at_minute
from store.clock import to_shanghai

LEAD = timedelta(minutes=10)
"""A time is offered only so long before it: one has to confirm it, and to get there."""

AHEAD = timedelta(days=CALENDAR_DAYS + 1)
"""How far ahead times are looked for at all."""


def offer(
    session: Session,
    wish: VisitWish,
    *,
    now: datetime,
    limit: int,
    offset: int,
    travel: timedelta = TRAVEL,
) -> SlotOffer:
    """Return times for a wish, the best first: first those as wished, then the nearest.

    None at which the person is elsewhere, ``travel`` to another hall included. Pages of one
    ``limit`` do not overlap while nobody books in between. Raises UnknownBusiness, UnknownHall.
    """
    soonest = now.astimezone(UTC) + LEAD
    wanted = _wanted(wish, now)
    place = hall_choice.choose(session, wish, max(wanted.start, soonest), wanted.end)
    own = _own_time(session, wish, place, travel)
    found = HallSlots(session.connection(), place.hall.id, place.windows, wish.priority, own)
    until, fits = soonest + AHEAD, suits(wish.not_times)
    search = Search(found, wanted, place.hall.capacity, soonest, until, fits)
    as_wished = search.as_wished()
    first = next(as_wished, None)
    ranked = chain(() if first is None else (first,), as_wished, search.beside())
    page, more = _page(ranked, offset, limit)
    missing = None if first else _missing(found, wanted, soonest)
    elsewhere = None
    if missing is not None and (missing.full or missing.closure):
        seats = Seats(session.connection(), place.business.name, wish.priority)
        elsewhere = hall_choice.elsewhere(place, seats, max(wanted.start, soonest), wanted.end)
    return SlotOffer(
        hall=place.hall.name,
        business=place.business.name,
        alternatives=alternatives(place.business),
        slots=_slots(found, page, place, now),
        note=place.note + _note(place, wish, wanted, page, missing, soonest),
        more=more,
        full=missing is not None and missing.full,
        start=to_shanghai(wanted.start),
        end=to_shanghai(wanted.end),
        elsewhere=elsewhere,
    )


def _page(ranked: Iterable[Choice], offset: int, limit: int) -> tuple[list[Choice], bool]:
    """Return a page of the times, and whether there are more."""
    page = list(islice(ranked, offset, offset + limit + 1))
    return page[:limit], len(page) > limit


def alternatives(business: Business) -> tuple[str, ...]:
    """Say how a business is done without coming."""
    ways = []
    if business.online and business.online_url:
        ways.append(say.ONLINE_WITH_URL.format(how=business.online, url=business.online_url))
    elif business.online:
        ways.append(say.ONLINE.format(how=business.online))
    if business.courier:
        ways.append(say.COURIER.format(how=business.courier))
    return tuple(ways)


def _wanted(wish: VisitWish, now: datetime) -> Wanted:
    """Return the wished stretch, in UTC as the slots are: one zone compares much faster."""
    start, end = wish.start or now, wish.end
    if wish.start is None:
        end = now + AHEAD
    elif end is None or end <= start:
        # 「三点以后」 without an end means that day.
        end = at_minute(to_shanghai(start).date() + ONE_DAY, 0)
    return Wanted(start.astimezone(UTC), end.astimezone(UTC), wish.earliest)


def _own_time(session: Session, wish: VisitWish, place: Place, travel: timedelta) -> OwnTime:
    bookings: tuple[Booking, ...] = ()
    if wish.owner is not None:
        bookings = own_bookings(session.connection(), wish.owner, besides=wish.besides)
    return OwnTime(place.hall.name, bookings, travel)


def _missing(found: HallSlots, wanted: Wanted, soonest: datetime) -> Found:
    start = max(wanted.start, soonest)
    if start < wanted.end and found.first_free(start, wanted.end) is not None:
        return Found(full=False, closure=None, last=None, elsewhere=True)
    opened = found.opened(start, wanted.end)
    closure = None if opened else found.closure(start, wanted.end)
    return Found(opened, closure, None if opened else found.last())


def _note(
    place: Place,
    wish: VisitWish,
    wanted: Wanted,
    page: Sequence[Choice],
    missing: Found | None,
    soonest: datetime,
) -> str:
    days = [choice.day for choice in page]
    if missing is not None:
        if not page:
            why = say.NOTE_NOTHING
        elif wish.start is None:
            why = ""
        else:
            why = why_not(place.hall, wanted, missing, soonest=soonest)
        return why + uncertain([*days, to_shanghai(wanted.start).date()])
    as_wished = sum(wanted.covers(choice.start) for choice in page)
    if as_wished < len(page):
        return (say.NOTE_FEW if as_wished else say.NOTE_NO_MORE) + uncertain(days)
    single = days_of(wanted.start, wanted.end) if wish.start is not None else []
    return (made_up(single) if len(single) == 1 else "") + uncertain(days)


def _slots(
    found: HallSlots, page: Sequence[Choice], place: Place, now: datetime
) -> tuple[Slot, ...]:
    seats = found.seats([choice.start for choice in page])
    # People who ask at the same minute are sent to different windows, not all to the first.
    turn = int(now.timestamp())
    slots = []
    for choice in page:
        windows = seats.get(choice.start)
        if windows is None:
            continue  # somebody was quicker
        seat = windows[turn % len(windows)]
        slots.append(
            Slot(
                id=seat.slot_id,
                start=to_shanghai(choice.start),
                end=to_shanghai(seat.end),
                expected_people=choice.people,
                capacity=place.hall.capacity,
                reason=say.REASON.format(people=choice.people, capacity=place.hall.capacity),
            )
        )
    return tuple(slots)
