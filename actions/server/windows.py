"""Booking a visit: quiet slots as buttons, one tap books."""

from typing import Any

from actions.server import sentences as say
from actions.server.bookings import already_booked, booking_dict, in_words
from actions.server.questions import BOOKING_FORM, TIME_FORM, ask_business, ask_time
from actions.server.replies import Button, button, day_and_time, reply
from actions.server.services import Services
from actions.server.turn import Outcome, Reply, Turn
from actions.server.visit import Visit, understood
from actions.windows.errors import AlreadyBooked, SlotFull, SlotPast, UnknownBusiness, UnknownSlot
from actions.windows.service import Booking, Slot, SlotOffer

OFFERED = 3
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


def offer(visit: Visit, turn: Turn, services: Services, apology: str | None = None) -> Reply:
    """Return quiet slots for a visit whose business is known; ``apology`` goes first."""
    found = services.windows.offer(visit.as_wish(), now=turn.now, limit=OFFERED)
    buttons = [
        button(
            day_and_time(slot.start, turn.now),
            "book_window",
            slot_id=slot.id,
            business=found.business,
        )
        for slot in found.slots
    ]
    other = button(
        say.B_OTHER_TIME, "book_window", business=visit.business, hall=visit.hall, ask="time"
    )
    text = _offer_text(found, turn, apology)
    return reply(text, [*buttons, other, _staff()], offer_dict(found))


def offer_dict(found: SlotOffer) -> dict[str, Any]:
    """Return an offer with the fields of DESIGN's ``slot_list``."""
    return {
        "kind": "slot_list",
        "hall": found.hall,
        "business": found.business,
        "alternatives": list(found.alternatives),
        "slots": [_slot_dict(slot) for slot in found.slots],
    }


def _slot_dict(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "start": slot.start.isoformat(),
        "end": slot.end.isoformat(),
        "expected_people": slot.expected_people,
        "capacity": slot.capacity,
        "reason": slot.reason,
    }


def _offer_text(found: SlotOffer, turn: Turn, apology: str | None) -> str:
    if not found.slots:
        lines = [apology or say.BOOK_NONE.format(business=found.business)]
    else:
        lines = [apology or say.BOOK_OFFER.format(hall=found.hall, business=found.business)]
        lines += [_slot_line(slot, turn) for slot in found.slots]
    if found.note:
        lines.append(found.note)
    if found.alternatives:
        lines.append(say.BOOK_ALTERNATIVE.format(ways="；".join(found.alternatives)))
    return "\n".join(lines)


def _slot_line(slot: Slot, turn: Turn) -> str:
    return say.BOOK_SLOT_LINE.format(
        when=day_and_time(slot.start, turn.now),
        reason=slot.reason,
    )


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
    slots |= {"visit_from": None, "visit_until": None}
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
