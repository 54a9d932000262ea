"""The waiting list 候补 by chat."""

from dataclasses import replace

from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_cards import booking_card, buttons_of, stretch
from actions.appointments.chat.booking_request import BookingRequest
from actions.appointments.service import Appointments
from actions.dialogue.replies import button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn


def wants_to_wait(turn: Turn) -> bool:
    """Whether the message, or the pressed button, asks for a place on the waiting list."""
    return turn.value("wait") is not None


def wait(visit: BookingRequest, turn: Turn, services: Services) -> Outcome:
    """Put the person on the waiting list; what lacks is filled as an offer would be.

    Raises what ``Appointments.wait_for`` and ``Appointments.offer`` raise.
    """
    if visit.hall is None or visit.start is None or visit.end is None:
        found = services.of(Appointments).offer(visit.as_wish(), now=turn.now, limit=1)
        visit = replace(visit, hall=found.hall, start=found.start, end=found.end)
    place = services.of(Appointments).wait_for(
        visit.as_wish(), owner=turn.conversation, request_key=turn.request_key, now=turn.now
    )
    text = say.WAITING.format(
        when=stretch(place, turn.now),
        hall=place.hall,
        business=place.business,
        code=place.code,
    )
    other = button(say.B_OTHER_TIME, "book_window", business=visit.business, ask="time")
    buttons = [button(say.B_MY_BOOKINGS, "my_bookings"), *buttons_of(place, turn.now), other]
    slots = visit.as_slots()
    return Outcome((reply(text, buttons, booking_card(place)),), slots)
