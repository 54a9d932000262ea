"""A booking's link sent as a message: it brings the booking into this conversation."""

import re

from actions.appointments.booking.links import PATH
from actions.appointments.chat.my_bookings import take_up
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn

LINK = re.compile(rf"{PATH}([A-Z0-9-]+)")


def pasted_link(turn: Turn, services: Services) -> Outcome | None:
    """Take up the booking whose link stands in the message; None where there is none."""
    found = LINK.search(turn.text)
    return None if found is None else take_up(found[1], turn, services)
