"""A bare piece of information, a yes, a no: what they mean for a visit."""

import re
from dataclasses import replace
from typing import Any

from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking import confirm, confirm_held, offer_slots
from actions.appointments.chat.booking_cards import CHECKED_IN, CONFIRMED, HELD, standing
from actions.appointments.chat.booking_request import (
    YES,
    says_priority,
    says_something,
    understood,
)
from actions.appointments.chat.changes import change_booking as move_booking
from actions.appointments.chat.check_in import check_in, says_arrived
from actions.appointments.chat.my_bookings import cancel_booking, give_back
from actions.dialogue.feature import ALONE, CERTAIN, ONGOING, Claim
from actions.dialogue.replies import menu, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn

CANCELS = re.compile(r"(?<![不别])取消")


def continues(turn: Turn, services: Services) -> Claim | None:
    """Take a business, a hall or a time as a visit; who stands in the hall is checked in."""
    if says_arrived(turn) and standing(turn, services, HELD, CONFIRMED, CHECKED_IN):
        return Claim(CERTAIN, check_in)
    if not (says_something(turn, services) or says_priority(turn)):
        return None
    ongoing = turn.slots.get("journey") == "booking"
    return Claim(ONGOING if ongoing else ALONE, offer_slots)


def change_booking(turn: Turn, services: Services) -> Outcome:
    """Change a booking, unless it is a visit that is still to be booked."""
    offered = turn.slots.get("journey") == "booking" and "business" in turn.slots
    if offered and not turn.values and not standing(turn, services, CONFIRMED):
        again = turn if says_something(turn, services) else replace(turn, values={"ask": "time"})
        return offer_slots(again, services)
    return move_booking(turn, services)


def affirmed(turn: Turn, services: Services) -> Outcome | None:
    """Do what was just asked about a visit; else confirm what is held."""
    if (code := turn.value("code")) is not None:
        return confirm(turn, services, code)
    pending = turn.slots.get("pending") or {}
    if "cancel" in pending:
        return give_back(turn, services, pending["cancel"])
    if pending.get("come") == YES:
        return Outcome((reply(say.INSTEAD_TAKEN, menu(services)),), {"journey": None})
    # Another room's question is answered there, whatever is held here.
    return confirm_held(turn, services) if turn.form is None and not pending else None


def denied(turn: Turn, services: Services) -> Outcome | None:
    """Cancel where the no is a yes.

    「取消吧」 reads as a no: asked whether to cancel, it is a yes, and with nothing asked it
    means the booking.
    """
    if not CANCELS.search(turn.text) or turn.form is not None:
        return None
    pending = turn.slots.get("pending") or {}
    if "cancel" in pending:
        return give_back(turn, services, pending["cancel"])
    if not pending and standing(turn, services):
        return cancel_booking(turn, services)
    return None


def carried(turn: Turn, services: Services) -> dict[str, Any]:
    """Return what a tap takes over of a sentence: the visit in it."""
    return understood(turn, services).as_slots()


def carried_hall(turn: Turn, services: Services) -> dict[str, Any]:
    """Return what a tap takes over of a sentence: the hall in it."""
    return {"hall": carried(turn, services)["hall"]}
