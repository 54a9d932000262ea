"""What the desk knows of a business and a hall, told from our own tables: 「要带什么」."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_cards import CONFIRMED, HELD, book_button, in_words, standing
from actions.appointments.chat.hall_status import hall_status
from actions.appointments.chat.my_bookings import my_bookings
from actions.appointments.chat.visits import names, spoken_of
from actions.appointments.offering.offers import alternatives
from actions.appointments.service import Appointments, Booking, Business, Hall
from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn


@dataclass(frozen=True)
class Desk:
    """What a question is about: what is named, else what is booked, else what was spoken of."""

    business: Business | None
    hall: Hall | None
    booking: Booking | None


def tell(turn: Turn, services: Services) -> Outcome | None:
    """Answer a topic of ours; None where it is none."""
    topic = turn.value("topic") or ""
    if topic in ELSEWHERE:
        return ELSEWHERE[topic](turn, services)
    answer = TOPICS.get(topic)
    if answer is None:
        return None
    desk = _desk(turn, services)
    text = answer(desk)
    if text is None:
        return _of_what(desk, topic, services)
    lines = [text]
    if desk.booking is not None:
        lines.append(say.DESK_BOOKED.format(booking=in_words(desk.booking, turn.now)))
    return Outcome((reply("\n".join(lines), _buttons(desk)),))


def _desk(turn: Turn, services: Services) -> Desk:
    appointments = services.of(Appointments)
    booked = standing(turn, services, HELD, CONFIRMED)
    business = turn.value("business") or turn.slots.get("business") or spoken_of(turn, services)
    hall = turn.value("hall") or turn.slots.get("hall")
    fits = [b for b in booked if business in (None, b.business)]
    booking = fits[0] if len(fits) == 1 and turn.value("hall") in (None, fits[0].hall) else None
    if booking is not None:
        business, hall = booking.business, booking.hall
    return Desk(
        next((each for each in appointments.businesses() if each.name == business), None),
        next((each for each in appointments.halls() if each.name == hall), None),
        booking,
    )


def _of_what(desk: Desk, topic: str, services: Services) -> Outcome:
    """Ask which business is meant; of halls all are told, with hours and address."""
    if desk.business is None and topic not in OF_HALLS:
        known = services.of(Appointments).businesses()[:SHOWN]
        buttons = [book_button(each.name) | {"title": each.name} for each in known]
        return Outcome((reply(say.DESK_WHICH_BUSINESS, buttons),))
    halls = services.of(Appointments).halls()
    lines = [say.DESK_HALL.format(**vars_of(hall)) for hall in halls[:SHOWN]]
    name = None if desk.business is None else desk.business.name
    return Outcome((reply("\n".join(lines), [book_button(name)]),))


SHOWN = 4
OF_HALLS = frozenset({"hours", "desk_hours", "lunch", "weekend", "address"})
"""Topics that need no business, only a hall."""


def _buttons(desk: Desk) -> list[Button]:
    name = None if desk.business is None else desk.business.name
    first = [] if desk.booking is not None else [book_button(name)]
    hall = [] if desk.hall is None else [button(say.B_WEEK, "hall_status", hall=desk.hall.name)]
    return [*first, *hall[:1], staff_button()]


# Topics ----------------------------------------------------------------------------------


def _bring(desk: Desk) -> str | None:
    if desk.business is None:
        return None
    if not desk.business.bring:
        return say.DESK_UNKNOWN.format(what=f"「{desk.business.name}」要带什么")
    return say.DESK_BRING.format(business=desk.business.name, things="、".join(desk.business.bring))


def _hours(desk: Desk) -> str | None:
    return None if desk.hall is None else say.DESK_HOURS.format(**vars_of(desk.hall))


def _lunch(desk: Desk) -> str | None:
    if desk.hall is None:
        return None
    breaks = zip(desk.hall.sessions, desk.hall.sessions[1:], strict=False)
    pause = next(((end, start) for (_, end), (start, _) in breaks), None)
    if pause is None:
        return say.DESK_NO_LUNCH.format(hall=desk.hall.name)
    return say.DESK_LUNCH.format(
        hall=desk.hall.name, start=f"{pause[0]:%H:%M}", end=f"{pause[1]:%H:%M}"
    )


def _weekend(desk: Desk) -> str | None:
    return None if desk.hall is None else say.DESK_WEEKEND.format(hall=desk.hall.name)


def _address(desk: Desk) -> str | None:
    return None if desk.hall is None else say.DESK_ADDRESS.format(**vars_of(desk.hall))


def _online(desk: Desk) -> str | None:
    if desk.business is None:
        return None
    ways = alternatives(desk.business)
    if not ways:
        return say.INSTEAD_NONE.format(business=desk.business.name)
    return "\n".join((say.INSTEAD.format(business=desk.business.name), *ways))


def _how(desk: Desk) -> str | None:
    """Say how a business is done: from home where it can be, and what to bring."""
    if desk.business is None:
        return None
    ways = alternatives(desk.business)
    lines = [*((say.INSTEAD.format(business=desk.business.name), *ways) if ways else ())]
    return "\n".join(each for each in (*lines, _bring(desk)) if each)


def _how_long(desk: Desk) -> str | None:
    if desk.business is None:
        return None
    return say.DESK_HOW_LONG.format(
        business=desk.business.name, minutes=round(desk.business.minutes)
    )


def _unknown(what: str) -> Callable[[Desk], str | None]:
    def told(desk: Desk) -> str | None:
        name = "" if desk.business is None else f"「{desk.business.name}」"
        return say.DESK_UNKNOWN.format(what=f"{name}{what}")

    return told


def _facilities(desk: Desk) -> str | None:
    """Say that no table of ours has it, and where the hall is, which may help."""
    unknown = say.DESK_UNKNOWN.format(what=say.DESK_FACILITIES)
    address = _address(desk)
    return unknown if address is None else f"{unknown}\n{address}"


def vars_of(hall: Hall) -> dict[str, str]:
    """Return a hall's particulars as sentences name them."""
    return {"hall": hall.name, "hours": hall.hours, "address": hall.address}


def _crowd(turn: Turn, services: Services) -> Outcome:
    """Say how full the hall is that is named now."""
    index = names(services)["hall"]
    found = [one.meaning for one in index.apart("".join(turn.text.split()))]
    return hall_status(replace(turn, values={"hall": found[-1]} if found else {}), services)


def _booked(turn: Turn, services: Services) -> Outcome:
    return my_bookings(replace(turn, values={}), services)


ELSEWHERE: dict[str, Callable[[Turn, Services], Outcome]] = {"crowd": _crowd, "booked": _booked}
"""Topics that a whole answer of another kind tells."""

TOPICS: dict[str, Callable[[Desk], str | None]] = {
    "bring": _bring,
    "hours": _hours,
    "desk_hours": _hours,
    "lunch": _lunch,
    "weekend": _weekend,
    "address": _address,
    "online": _online,
    "courier": _online,
    "how": _how,
    "how_long": _how_long,
    "facilities": _facilities,
    "proxy": _unknown("能不能由别人代办"),
    "fee": _unknown("收不收费"),
}
