"""What a yes or a no with nothing asked, and moving what is not booked yet, mean for a visit."""

import re
from dataclasses import replace

from actions.appointments.chat.booking import confirm, confirm_held, offer_slots
from actions.appointments.chat.booking_cards import CONFIRMED, standing
from actions.appointments.chat.changes import change_booking as move_booking
from actions.appointments.chat.my_bookings import cancel_booking
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn

CANCELS = re.compile(r"(?<![不别])取消")
SAYS_WHAT = ("business", "hall", "visit_from", "code")


def change_booking(turn: Turn, services: Services) -> Outcome:
    """Change a booking, unless it is a visit that is still to be booked."""
    offered = turn.context.task == "booking" and "business" in turn.slots
    if offered and turn.value("code") is None and not standing(turn, services, CONFIRMED):
        said = any(turn.value(name) is not None for name in SAYS_WHAT)
        slots = {**turn.slots, **turn.values}
        again = replace(turn, slots=slots) if said else replace(turn, values={"ask": "time"})
        return offer_slots(again, services)
    return move_booking(turn, services)


def affirmed(turn: Turn, services: Services) -> Outcome | None:
    """Confirm what a button names, else what is held."""
    if (code := turn.value("code")) is not None:
        return confirm(turn, services, code)
    return confirm_held(turn, services) if turn.asked is None else None


def denied(turn: Turn, services: Services) -> Outcome | None:
    """Take 「取消吧」, which reads as a no, for a word about the booking."""
    if not CANCELS.search(turn.text) or turn.asked is not None or turn.context.yes is not None:
        return None
    return cancel_booking(turn, services) if standing(turn, services) else None
