"""What a yes or a no with nothing asked, and moving what is not booked yet, mean for a visit."""

import re
from dataclasses import replace

from actions.appointments.called import BOOKING
from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking import confirm, confirm_held, offer_slots
from actions.appointments.chat.booking_cards import (
    CONFIRMED,
    confirmed_reply,
    head_of,
    standing,
)
from actions.appointments.chat.changes import change_booking as move_booking
from actions.appointments.chat.my_bookings import cancel_booking
from actions.appointments.chat.my_bookings import my_bookings as listed
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


def my_bookings(turn: Turn, services: Services) -> Outcome:
    """List bookings; where there is none yet but a visit is being booked, go on with that."""
    if (
        turn.text
        and "business" in turn.slots
        and not standing(turn, services)
        and "arrived" not in turn.values
    ):
        return offer_slots(turn, services)
    return listed(turn, services)


def affirmed(turn: Turn, services: Services) -> Outcome | None:
    """Confirm what a button names, else what is held."""
    if (code := turn.value("code")) is not None:
        return confirm(turn, services, code)
    if turn.asked is not None:
        return None
    if CANCELS.search(turn.text) and standing(turn, services):
        return cancel_booking(turn, services)
    return confirm_held(turn, services) or _stands(turn, services)


def _stands(turn: Turn, services: Services) -> Outcome | None:
    """Say again what was booked just now: 「嗯，确认」 after it was confirmed."""
    focus = turn.context.focus or ""
    booked = [b for b in standing(turn, services, CONFIRMED) if focus == f"{BOOKING}{b.code}"]
    if not booked:
        return None
    head = head_of(say.CHANGED_ALREADY, booked[0], turn.now)
    return Outcome((confirmed_reply(booked[0], head, turn.now, services),), focus=focus)


def denied(turn: Turn, services: Services) -> Outcome | None:
    """Take 「取消吧」, which reads as a no, for a word about the booking."""
    if not CANCELS.search(turn.text) or turn.asked is not None or turn.context.yes is not None:
        return None
    return cancel_booking(turn, services) if standing(turn, services) else None
