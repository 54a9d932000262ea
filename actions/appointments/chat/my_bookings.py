"""What is booked already: shown, and given back."""

import re
from collections.abc import Sequence
from typing import Any

from actions.appointments.called import BOOKING
from actions.appointments.cards import BookingCard
from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_cards import (
    CHECKED_IN,
    CONFIRMED,
    HELD,
    STANDING,
    WAITLISTED,
    as_seen,
    book_button,
    booking_card,
    buttons_of,
    in_words,
    one_of,
    standing,
    ticket,
)
from actions.appointments.chat.booking_request import FORGOTTEN, BookingRequest, said
from actions.appointments.chat.check_in import check_in
from actions.appointments.chat.offers import Ask
from actions.appointments.chat.refusals import refused
from actions.appointments.errors import WindowError
from actions.appointments.service import Appointments, Booking
from actions.dialogue.context import Item, Shown
from actions.dialogue.replies import button, pressed, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from language.wording import clock


def my_bookings(turn: Turn, services: Services) -> Outcome:
    """List what the person has, each with its buttons; who has come is checked in."""
    token = turn.value("visit")
    if token is not None:
        return take_up(token, turn, services)
    if turn.value("calendar") is not None:
        return _calendar(turn, services)
    if turn.value("arrived") is not None:
        return check_in(turn, services)
    booked = standing(turn, services, *STANDING, CHECKED_IN)
    code = turn.value("code")
    if code is not None:
        booked = [booking for booking in booked if booking.code == code]
    if not booked:
        return _nothing()
    replies = [
        reply(
            (say.MY_BOOKINGS + "\n" if n == 0 else "") + _listed(booking, turn),
            buttons_of(booking, turn.now),
            linked_card(booking, services),
        )
        for n, booking in enumerate(booked)
    ]
    focus = f"{BOOKING}{booked[0].code}" if len(booked) == 1 else None
    return Outcome(tuple(replies), lists=(_shown(booked, turn),), focus=focus)


def cancel_booking(turn: Turn, services: Services) -> Outcome:
    """Ask about the booking that is meant, and cancel it once that was said yes to.

    What a button was shown for is let go at once, a seat that is only held among it: nobody
    was promised that. An old button never cancels what it was not shown for: a booking that has
    been confirmed or moved since, held or not.
    """
    booked = standing(turn, services)
    code = turn.value("code")
    if code is not None:
        tapped = next((booking for booking in booked if booking.code == code), None)
        if tapped is None or turn.value("seen") == as_seen(tapped):
            return give_back(turn, services, code)
        return ask_to_cancel(tapped, turn)
    business = said(turn).business
    booked = [b for b in booked if b.business == business] or booked
    if not booked:
        return _nothing()
    if len(booked) > 1:
        buttons = [one_of(b, "cancel_booking", turn.now) for b in booked]
        text = say.CANCEL_WHICH.format(n=len(booked))
        return Outcome((reply(text, buttons),))
    # The bare words of the button may answer a question that has passed.
    if CONFIRMS_TOO.search(turn.text) and turn.text.strip("。！! ") != say.B_YES_CANCEL:
        return give_back(turn, services, booked[0].code)
    return ask_to_cancel(booked[0], turn)


CONFIRMS_TOO = re.compile("(?:确定|确认|肯定|直接)(?:要)?(?:取消|退掉?)|不[用要必]再?问")
"""Who says so has answered the question that would be put."""


def ask_to_cancel(booking: Booking, turn: Turn) -> Outcome:
    """Ask whether a booking is to be given back."""
    text = say.CANCEL_ASK.format(booking=in_words(booking, turn.now))
    buttons = [
        button(say.B_YES_CANCEL, "cancel_booking", code=booking.code, seen=as_seen(booking)),
        button(say.B_KEEP, "deny"),
    ]
    return Outcome((reply(text, buttons),), yes=buttons[0], no=buttons[1])


def take_up(token: str, turn: Turn, services: Services) -> Outcome:
    """Take a booking up whose link was opened or sent here; from now on it is listed here, too."""
    appointments = services.of(Appointments)
    booking = appointments.by_link(token, now=turn.now)
    if booking is None:
        return Outcome((reply(say.LINK_ENDED, [book_button()]),))
    appointments.take_up(booking, turn.conversation)
    text = say.LINK_TAKEN_UP.format(
        booking=in_words(booking, turn.now), status=say.MY_STATUS[booking.status]
    )
    said = reply(text, buttons_of(booking, turn.now), linked_card(booking, services))
    return Outcome((said,))


def linked_card(booking: Booking, services: Services) -> BookingCard:
    """Return a booking as a card, with its link where it may be taken to another device."""
    if booking.status != CONFIRMED:
        return booking_card(booking)
    return booking_card(booking, link=services.of(Appointments).link(booking))


def shown(booking: Booking, turn: Turn) -> Outcome:
    """Show one booking with what can be done about it."""
    said = reply(_listed(booking, turn), buttons_of(booking, turn.now), booking_card(booking))
    return Outcome((said,))


def give_back(turn: Turn, services: Services, code: str) -> Outcome:
    """Cancel a booking, or leave the waiting list, without asking."""
    try:
        booking = services.of(Appointments).cancel(turn.conversation, code, now=turn.now)
    except WindowError as error:
        return refused(error, Ask(BookingRequest()), turn, services)
    waited = booking.code.startswith("HB")
    sentence = say.CANCEL_WAIT_DONE if waited else say.CANCEL_DONE
    text = sentence.format(booking=in_words(booking, turn.now))
    said = reply(text, [book_button(booking.business)], booking_card(booking))
    slots: dict[str, Any] = {**FORGOTTEN, "moving": None}
    if (turn.slots.get("held") or {}).get("code") == booking.code:
        slots["held"] = None
    return Outcome((said,), slots)


def _shown(booked: Sequence[Booking], turn: Turn) -> Shown:
    """Return the bookings as they may be chosen from."""
    items = tuple(
        Item(
            in_words(booking, turn.now),
            pressed("my_bookings", {"code": booking.code}),
            when=booking.start.isoformat(),
            place=booking.hall,
        )
        for booking in booked
    )
    return Shown("bookings", items, of=BOOKING)


def _listed(booking: Booking, turn: Turn) -> str:
    text = f"{in_words(booking, turn.now)}，{say.MY_STATUS[booking.status]}"
    if booking.status == HELD and booking.hold_until is not None:
        text += say.MY_HELD_UNTIL.format(until=clock(booking.hold_until))
    if booking.closed and booking.status != WAITLISTED:
        text += say.MY_CLOSED
    return text


def _calendar(turn: Turn, services: Services) -> Outcome:
    """Give the address of a booking's calendar entry."""
    booked = standing(turn, services)
    booking = next((b for b in booked if b.code == turn.value("code")), None)
    if booking is None:
        return _nothing()
    path = ticket(booking, services.settings.signing_key())
    url = f"{services.settings.web_url}{path}.ics"
    return Outcome((reply(say.TO_CALENDAR.format(url=url)),))


def _nothing() -> Outcome:
    return Outcome((reply(say.MY_BOOKINGS_NONE, [book_button()]),))
