"""What is asked of a visit: what for, and when."""

from datetime import datetime, timedelta

from actions.appointments.chat import sentences as say
from actions.appointments.service import Appointments
from actions.dialogue.replies import button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Reply, Turn
from store.clock import to_shanghai

BOOKING_FORM = "booking_form"
TIME_FORM = "visit_time_form"

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
