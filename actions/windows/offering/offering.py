"""Answering a wish: which slots, which hall, and where the answer departs from the wish."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from actions.windows import reading
from actions.windows import sentences as say
from actions.windows.halls.calendar import CALENDAR_DAYS, SESSIONS, at, day_kind
from actions.windows.offering.choosing import Choice, choices, nearest_days, pick
from actions.windows.errors import UnknownBusiness
from actions.windows.records import Business, Hall, Slot, SlotOffer, VisitWish
from store.clock import to_shanghai

SOON = timedelta(days=3)
"""Where no time was wished, quiet slots of these coming days are looked at first."""

MIDNIGHT = timedelta(days=1)


def offer(
    session: Session, wish: VisitWish, *, now: datetime, limit: int, offset: int
) -> SlotOffer:
    """Return quiet slots for a wish; UnknownBusiness, UnknownHall."""
    business = reading.business_named(session, wish.business)
    start, end = _stretch(wish, now)
    hall, notes = _hall(session, wish, business, start, end, now)
    horizon = _horizon(now)
    loads = reading.loads(session, hall.id, business.id, start, end)
    found = choices(loads, start, end, now)
    if not found:
        loads = reading.loads(session, hall.id, business.id, now, horizon)
        around = choices(loads, now, horizon, now)
        if wish.start is not None or not around:
            last = reading.last_slot_start(session, hall.id)
            notes.append(_why_not(hall, start, end, now, around, last))
        found = nearest_days(around, start, end, enough=offset + limit)
        if found:
            start, end = found[0].start, found[-1].start + timedelta(minutes=1)
    slots = tuple(_slot(c, hall) for c in pick(found, start, end, limit=limit, offset=offset))
    notes += _uncertain(slots, start)
    return SlotOffer(
        hall=hall.name,
        business=business.name,
        alternatives=alternatives(business),
        slots=slots,
        note="".join(notes),
    )


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


def _stretch(wish: VisitWish, now: datetime) -> tuple[datetime, datetime]:
    if wish.start is None:
        return now, now + SOON
    end = wish.end
    if end is None or end <= wish.start:
        # 「三点以后」without an end means that day.
        local = to_shanghai(wish.start)
        end = local.replace(hour=0, minute=0, second=0, microsecond=0) + MIDNIGHT
    return wish.start, end


def _horizon(now: datetime) -> datetime:
    return now + timedelta(days=CALENDAR_DAYS + 1)


def _hall(
    session: Session,
    wish: VisitWish,
    business: Business,
    start: datetime,
    end: datetime,
    now: datetime,
) -> tuple[Hall, list[str]]:
    """Return the wished hall, or else the one with most seats left in the wished time."""
    known = reading.halls(session)
    doing = reading.halls_doing(session, business.id)
    wished = None if wish.hall is None else reading.hall_named(known, wish.hall)
    if wished is not None and wished.id in doing:
        return wished, []
    able = [hall for hall in known if hall.id in doing]
    if not able:
        raise UnknownBusiness
    seats = reading.free_seats(session, business.id, max(start, now), max(end, now))
    best = max(able, key=lambda hall: (seats.get(hall.id, 0), -hall.id))
    if wished is not None:
        return best, [say.NOTE_HALL_NOT_DOING.format(wished=wished.name, hall=best.name)]
    others = "、".join(hall.name for hall in able if hall != best)
    if not others:
        return best, []
    return best, [say.NOTE_HALL_CHOSEN.format(hall=best.name, others=others)]


def _why_not(
    hall: Hall,
    start: datetime,
    end: datetime,
    now: datetime,
    around: list[Choice],
    last: datetime | None,
) -> str:
    if not around:
        return say.NOTE_NOTHING
    if end <= now:
        return say.NOTE_PAST
    if last is not None and start > last:
        return say.NOTE_TOO_FAR.format(last=_day_words(to_shanghai(last).date()))
    days = _days(start, end)
    if not any(day_kind(day).working for day in days):
        if len(days) == 1:
            return say.NOTE_CLOSED_DAY.format(day=_day_words(days[0]))
        return say.NOTE_CLOSED_DAYS
    if not any(_meets_session(day, max(start, now), end) for day in days):
        return say.NOTE_CLOSED_HOURS.format(hours=hall.hours)
    return say.NOTE_FULL


def _meets_session(day: date, start: datetime, end: datetime) -> bool:
    if not day_kind(day).working:
        return False
    return any(start < at(day, closes) and at(day, opens) < end for opens, closes in SESSIONS)


def _days(start: datetime, end: datetime) -> list[date]:
    first = to_shanghai(start).date()
    last = to_shanghai(end - timedelta(microseconds=1)).date()
    span = min((last - first).days, CALENDAR_DAYS)
    return [first + timedelta(days=ahead) for ahead in range(span + 1)]


def _uncertain(slots: tuple[Slot, ...], start: datetime) -> list[str]:
    days = [to_shanghai(start).date(), *(slot.start.date() for slot in slots)]
    years = sorted({day.year for day in days if not day_kind(day).certain})
    return [say.NOTE_UNCERTAIN.format(year=year) for year in years]


def _day_words(day: date) -> str:
    return say.DAY.format(month=day.month, day=day.day, weekday=say.WEEKDAYS[day.weekday()])


def _slot(choice: Choice, hall: Hall) -> Slot:
    return Slot(
        id=choice.load.id,
        start=to_shanghai(choice.load.start),
        end=to_shanghai(choice.load.end),
        expected_people=choice.people,
        capacity=hall.capacity,
        reason=say.REASON.format(people=choice.people, capacity=hall.capacity),
    )
