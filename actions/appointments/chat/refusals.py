"""What went wrong with a booking, put into words by the error's code, and what to do next."""

from dataclasses import replace

from actions.appointments.booking.rules import NO_SHOW_REACH, NO_SHOWS
from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_cards import (
    book_button,
    booking_card,
    buttons_of,
    in_words,
)
from actions.appointments.chat.booking_request import YES
from actions.appointments.chat.offers import Ask, offer
from actions.appointments.errors import (
    AlreadyBooked,
    AlreadyWaiting,
    HoldLapsed,
    Overlaps,
    SlotClosed,
    SlotFull,
    SlotPast,
    SlotReserved,
    TooFarAhead,
    TooManyBookings,
    UnknownBusiness,
    UnknownHall,
    UnknownSlot,
    WindowError,
)
from actions.appointments.service import Booking
from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from language.wording import day_and_time

ANEW = (SlotFull, SlotPast, SlotClosed, SlotReserved, UnknownSlot, HoldLapsed)
"""The seat is not to be had: other times are offered at once."""


def refused(error: WindowError, ask: Ask, turn: Turn, services: Services) -> Outcome:
    """Say why nothing was booked or changed; KeyError on an error without a sentence."""
    if isinstance(error, UnknownBusiness | UnknownHall):
        text = say.NO_WINDOW.format(business=ask.visit.business)
        return Outcome((reply(text, [staff_button()]),), {"business": None})
    if isinstance(error, AlreadyBooked):
        return already(error.booking, say.ALREADY, turn)
    if isinstance(error, AlreadyWaiting):
        return already(error.wait, say.WAITING_ALREADY, turn)
    if isinstance(error, Overlaps):
        return _overlapping(error.booking, ask, turn, services)
    if isinstance(error, TooManyBookings):
        text = say.TOO_MANY.format(limit=error.limit)
        return _plain(text, [button(say.B_MY_BOOKINGS, "my_bookings"), staff_button()])
    if isinstance(error, TooFarAhead):
        return _nearer(error, ask, turn, services)
    sentence = say.REFUSED[error.code]
    if isinstance(error, ANEW) and ask.visit.business is not None:
        return _anew(replace(ask, lines=(sentence, *ask.lines)), turn, services)
    return _plain(sentence, [button(say.B_MY_BOOKINGS, "my_bookings"), book_button()])


def already(booking: Booking, sentence: str, turn: Turn) -> Outcome:
    """Say what the person has for this business, with what can be done about it."""
    text = sentence.format(booking=in_words(booking, turn.now))
    shown = reply(text, buttons_of(booking, turn.now), booking_card(booking))
    return Outcome((shown,))


def _overlapping(booking: Booking, ask: Ask, turn: Turn, services: Services) -> Outcome:
    """Name the booking that is in the way: it may stay, be moved, or another time be chosen."""
    minutes = services.settings.travel_minutes
    text = say.OVERLAPS.format(booking=in_words(booking, turn.now), minutes=minutes)
    visit = ask.visit
    buttons = [
        button(say.B_KEEP_OLD, "deny"),
        button(say.B_MOVE_OLD, "change_booking", code=booking.code),
    ]
    if ask.code is not None:
        buttons.append(button(say.B_OTHER_TIME, "change_booking", code=ask.code, ask="time"))
    elif visit.business is not None:
        values = {"business": visit.business, "hall": visit.hall}
        buttons.append(button(say.B_OTHER_TIME, "book_window", **values, ask="time"))
        slot_id = turn.number("slot_id")
        if slot_id is not None:
            other = {**values, "slot_id": slot_id, "for_other": YES}
            buttons.append(button(say.B_FOR_OTHER, "book_window", **other))
    shown = reply("\n".join([*ask.lines, text]), buttons, booking_card(booking))
    return Outcome((shown,), visit.as_slots(), no=buttons[0])


def _nearer(error: TooFarAhead, ask: Ask, turn: Turn, services: Services) -> Outcome:
    sentence = say.TOO_FAR.format(
        times=NO_SHOWS, until=day_and_time(error.until, turn.now), days=NO_SHOW_REACH.days
    )
    near = replace(ask.visit, start=turn.now, end=turn.now + NO_SHOW_REACH)
    return _anew(replace(ask, visit=near, lines=(sentence, *ask.lines)), turn, services)


def _anew(ask: Ask, turn: Turn, services: Services) -> Outcome:
    ask = replace(ask, visit=replace(ask.visit, come=True), page=0)
    slots = ask.visit.as_slots()
    try:
        return replace(offer(ask, turn, services), slots=slots)
    except (UnknownBusiness, UnknownHall):
        return _plain("\n".join(ask.lines), [staff_button()])


def _plain(text: str, buttons: list[Button]) -> Outcome:
    return Outcome((reply(text, buttons),))
