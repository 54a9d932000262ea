"""What is asked of a visit: what for, and when."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_request import YES, BookingRequest
from actions.appointments.offering.selection import nearness
from actions.appointments.service import Appointments, Hall
from actions.dialogue.context import Item, Shown
from actions.dialogue.replies import button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Reply, Turn
from language.places import find_places, region_name
from store.clock import to_shanghai

BUSINESS, HALL, TIME = "business", "hall", "time"

BUSINESS_BUTTONS = 6
MORNING, NOON, EVENING = 8, 12, 18


def business_question(turn: Turn, services: Services) -> Reply:
    """Ask what business a person comes for."""
    del turn
    return ask_business(services)


def time_question(turn: Turn, services: Services) -> Reply:
    """Ask when a person wants to come."""
    del services
    return ask_time(turn)


def hall_question(turn: Turn, services: Services) -> Reply:
    """Ask in which hall."""
    business = str(turn.slots.get("business") or "")
    return _ask_hall(services.of(Appointments).halls_doing(business), business, say.BOOK_ASK_HALL)


def which_hall(
    visit: BookingRequest, turn: Turn, services: Services, lines: Sequence[str] = ()
) -> Outcome:
    """Ask in which hall; that there are none where the person said is said first."""
    business = str(visit.business)
    refused = (visit.not_hall or "").split("、")
    able = services.of(Appointments).halls_doing(business)
    wanted = [hall for hall in able if hall.name not in refused] or list(able)
    unknown = turn.asked == HALL and turn.text and not turn.values
    sentence = say.BOOK_UNKNOWN_HALL if unknown else say.BOOK_ASK_HALL
    said = _ask_hall(wanted, business, "\n".join((*lines, sentence)))
    items = tuple(
        Item(each["title"], each["payload"], place=hall.name)
        for each, hall in zip(said["buttons"], wanted, strict=False)
    )
    slots = visit.as_slots()
    return Outcome((said,), slots, asks=HALL, lists=(Shown("halls", items),))


def hall_of(visit: BookingRequest, turn: Turn, services: Services) -> str | None:
    """Return the hall to look in: the one named, the only one, the one where the person is."""
    if visit.hall is not None or visit.business is None:
        return visit.hall
    refused = (visit.not_hall or "").split("、")
    able = [
        hall
        for hall in services.of(Appointments).halls_doing(visit.business)
        if hall.name not in refused
    ]
    place = turn.slots.get("place")
    near = [hall for hall in able if place and nearness(hall.place, str(place)) >= SAME_CITY]
    best = near if len(able) > 1 else able
    return best[0].name if len(best) == 1 else None


SAME_CITY = 2


def nowhere_near(visit: BookingRequest, turn: Turn, services: Services) -> Iterator[str]:
    """Yield that no hall is in the place that a message names, where it names no hall."""
    places = [] if visit.hall is not None else find_places(turn.text, likeliest=True)
    able = services.of(Appointments).halls_doing(str(visit.business))
    for place in places:
        if not any(nearness(hall.place, place.code) >= SAME_CITY for hall in able):
            yield say.BOOK_NOT_THERE.format(place=region_name(place.code))


def _ask_hall(able: Sequence[Hall], business: str, text: str) -> Reply:
    buttons = [
        button(hall.name, "book_window", business=business, hall=hall.name, come=YES)
        for hall in able[:HALL_BUTTONS]
    ]
    return reply(text.format(business=business), buttons)


HALL_BUTTONS = 4


def ask_business(services: Services, text: str = say.BOOK_ASK_BUSINESS) -> Reply:
    """Ask what business a person comes for, the known ones as buttons."""
    known = services.of(Appointments).businesses()[:BUSINESS_BUTTONS]
    return reply(text, [button(b.name, "book_window", business=b.name) for b in known])


def ask_time(turn: Turn, text: str = say.BOOK_ASK_TIME) -> Reply:
    """Ask when a person wants to come."""
    return reply(text, time_buttons(turn))


def time_buttons(turn: Turn) -> list[Button]:
    """Offer the next days by halves, and any time at all."""
    today = to_shanghai(turn.now).replace(minute=0, second=0, microsecond=0)
    business = turn.value("business") or turn.slots.get("business")
    hall = turn.value("hall") or turn.slots.get("hall")

    def half(title: str, ahead: int, start: int, end: int) -> Button:
        day = today + timedelta(days=ahead)
        return button(
            title,
            "book_window",
            business=business,
            hall=hall,
            visit_from=_iso(day.replace(hour=start)),
            visit_until=_iso(day.replace(hour=end)),
        )

    return [
        half("明天上午", 1, MORNING, NOON),
        half("明天下午", 1, NOON, EVENING),
        half("后天上午", 2, MORNING, NOON),
        half("后天下午", 2, NOON, EVENING),
        button(say.BOOK_ANY_TIME, "book_window", business=business, hall=hall, ask="any"),
    ]


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
