"""Booking a visit: quiet slots as buttons, one tap books."""

from dataclasses import replace

from actions.server import sentences as say
from actions.server.bookings import already_booked, booking_dict, in_words
from actions.server.offers import offer
from actions.server.questions import BOOKING_FORM, TIME_FORM, ask_business, ask_time
from actions.server.replies import Button, button, reply
from actions.server.services import Services
from actions.server.turn import Outcome, Reply, Turn
from actions.server.visit import understood
from actions.windows.errors import AlreadyBooked, SlotFull, SlotPast, UnknownBusiness, UnknownSlot
from actions.windows.service import Booking

LOST_SLOT = {
    SlotFull: say.BOOK_FULL,
    SlotPast: say.BOOK_PAST,
    UnknownSlot: say.BOOK_UNKNOWN_SLOT,
}


def offer_slots(turn: Turn, services: Services) -> Outcome:
    """Offer slots for what is known, ask for the business where it is not, book a tap."""
    slot_id = turn.number("slot_id")
    if slot_id is not None:
        return _book(turn, services, slot_id)
    visit = understood(turn, services)
    if turn.value("ask") == "business":
        visit = replace(visit, business=None)
    slots = {**visit.as_slots(), "journey": "booking"}
    if visit.business is None:
        tried = "visit_business" in turn.slots and turn.intent != "book_window"
        sentence = say.BOOK_UNKNOWN_BUSINESS if tried else say.BOOK_ASK_BUSINESS
        return Outcome((ask_business(services, sentence),), slots, asks=BOOKING_FORM)
    if turn.value("ask") == "time":
        return Outcome((ask_time(turn),), slots, asks=TIME_FORM)
    try:
        return Outcome((offer(visit, turn, services),), slots, leaves_form=True)
    except UnknownBusiness:
        text = say.BOOK_NO_WINDOW.format(business=visit.business)
        return Outcome((reply(text, [_staff()]),), {"business": None}, leaves_form=True)


def _staff() -> Button:
    return button(say.B_STAFF, "talk_to_staff")


def _book(turn: Turn, services: Services, slot_id: int) -> Outcome:
    visit = understood(turn, services)
    slots = {**visit.as_slots(), "journey": "booking"}
    if visit.business is None:
        return Outcome((ask_business(services),), slots, asks=BOOKING_FORM)
    try:
        booking = services.windows.book(
            owner=turn.conversation,
            slot_id=slot_id,
            business=visit.business,
            request_key=turn.request_key,
            now=turn.now,
        )
    except AlreadyBooked as error:
        return already_booked(error.booking, turn)
    except (SlotFull, SlotPast, UnknownSlot) as error:
        sorry = LOST_SLOT[type(error)]
        return Outcome((offer(visit, turn, services, sorry),), slots, leaves_form=True)
    # What is booked is done: the next 「帮我预约」 is about something else.
    slots |= {"business": None, "visit_from": None, "visit_until": None}
    return Outcome((_booked(booking, turn),), slots, leaves_form=True)


def _booked(booking: Booking, turn: Turn) -> Reply:
    text = say.BOOK_DONE.format(booking=in_words(booking, turn.now), code=booking.code)
    if booking.bring:
        text += "\n" + say.BOOK_BRING.format(bring="、".join(booking.bring))
    buttons = [
        button(say.B_MY_BOOKINGS, "my_bookings"),
        button(say.B_CHANGE, "change_booking", code=booking.code),
        button(say.B_CANCEL, "cancel_booking", code=booking.code),
    ]
    return reply(text, buttons, booking_dict(booking))
