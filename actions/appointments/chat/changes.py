"""Moving a booking 改约: other times for the same business, a tap exchanges the seat."""

from dataclasses import replace

from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_cards import (
    CONFIRMED,
    HELD,
    as_seen,
    book_button,
    confirmed_reply,
    head_of,
    held_reply,
    held_slot,
    in_words,
    one_of,
    standing,
)
from actions.appointments.chat.booking_request import FORGOTTEN, BookingRequest, said
from actions.appointments.chat.offers import Ask, offer
from actions.appointments.chat.questions import TIME, ask_time
from actions.appointments.chat.refusals import refused
from actions.appointments.errors import BookingEnded, BookingPast, UnknownBooking, WindowError
from actions.appointments.service import Appointments, Booking
from actions.dialogue.replies import button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Reply, Turn
from language.wording import day_and_time


def change_booking(turn: Turn, services: Services) -> Outcome:
    """Exchange for a tapped time; else offer times for the booking that is meant."""
    code, slot_id = turn.value("code"), turn.number("slot_id")
    if code is not None and slot_id is not None:
        return _exchange(turn, services, code, slot_id)
    booked = standing(turn, services, HELD, CONFIRMED)
    wish = said(turn)
    if code is not None:
        booked = [booking for booking in booked if booking.code == code]
    elif wish.business is not None:
        meant = [booking for booking in booked if booking.business == wish.business]
        if not meant and len(booked) == 1:
            return _other_business(wish.business, booked[0], turn)
        booked = meant or booked
    if not booked:
        text = say.CODE_UNKNOWN if code is not None else say.MY_BOOKINGS_NONE
        return Outcome((reply(text, [book_button()]),))
    if len(booked) > 1:
        buttons = [one_of(booking, "change_booking", turn.now) for booking in booked]
        text = say.CHANGE_WHICH.format(n=len(booked))
        return Outcome((reply(text, buttons),))
    if turn.value("ask") == "time":
        slots = {**_visit_of(booked[0], BookingRequest()).as_slots(), "moving": booked[0].code}
        return Outcome((ask_time(turn),), slots, asks=TIME)
    try:
        return offer_move(booked[0], wish, turn, services)
    except WindowError as error:
        return refused(error, Ask(wish), turn, services)


def moving(visit: BookingRequest, turn: Turn, services: Services) -> Booking | None:
    """Return the booking that is being moved, if this message still is about it."""
    code = turn.slots.get("moving")
    if code is None or turn.value("wait") is not None:
        return None
    return next(
        (
            booking
            for booking in standing(turn, services, HELD, CONFIRMED)
            if booking.code == code and booking.business == visit.business
        ),
        None,
    )


def offer_move(
    booking: Booking,
    wish: BookingRequest,
    turn: Turn,
    services: Services,
    lines: tuple[str, ...] = (),
) -> Outcome:
    """Offer times around the wish for what is booked; UnknownBusiness, UnknownHall."""
    visit = _visit_of(booking, wish)
    old = say.CHANGE_OLD.format(booking=in_words(booking, turn.now))
    page = max(0, turn.number("page") or 0)
    ask = Ask(visit, booking, page, () if page else (*lines, old))
    slots = {**visit.as_slots(), "moving": booking.code}
    return replace(offer(ask, turn, services), slots=slots)


def _visit_of(booking: Booking, wish: BookingRequest) -> BookingRequest:
    return replace(
        wish,
        business=booking.business,
        hall=wish.hall or booking.hall,
        priority=wish.priority or booking.priority,
        come=True,
    )


def _exchange(turn: Turn, services: Services, code: str, slot_id: int) -> Outcome:
    before = services.of(Appointments).booking(code)
    if before is not None and _is_stale(before, turn, slot_id):
        lines = (say.CHANGED_SINCE,)
        return offer_move(before, BookingRequest(), turn, services, lines)
    try:
        after = services.of(Appointments).change(turn.conversation, code, slot_id, now=turn.now)
    except (UnknownBooking, BookingPast, BookingEnded) as error:
        return refused(error, Ask(BookingRequest()), turn, services)
    except WindowError as error:
        return _kept(error, before, turn, services)
    return Outcome(
        (_moved(before, after, turn, services),),
        {**FORGOTTEN, "moving": None, "held": held_slot(after)},
        focus=f"booking:{code}" if after.status == CONFIRMED else None,
    )


def _is_stale(booking: Booking, turn: Turn, slot_id: int) -> bool:
    """Whether a time was tapped that was offered for the booking as it no longer is.

    A second tap of what the first one did is none of these, nor is a booking that has ended.
    """
    seen = turn.value("seen")
    stands = booking.status in (HELD, CONFIRMED) and booking.slot_id != slot_id
    return seen is not None and stands and seen != as_seen(booking)


def _moved(before: Booking | None, after: Booking, turn: Turn, services: Services) -> Reply:
    old = after.start if before is None else before.start
    if after.status == HELD:
        return held_reply(after, turn.now, was=old)
    if old == after.start:
        head = head_of(say.CHANGED_ALREADY, after, turn.now)
    else:
        head = head_of(say.CHANGED, after, turn.now, old=day_and_time(old, turn.now))
    return confirmed_reply(after, head, turn.now, services)


def _kept(error: WindowError, before: Booking | None, turn: Turn, services: Services) -> Outcome:
    """Say that the new time is gone and the old one stands; offer others to move to."""
    if before is None:
        return refused(error, Ask(BookingRequest()), turn, services)
    kept = say.CHANGE_KEPT.format(booking=in_words(before, turn.now))
    ask = Ask(_visit_of(before, BookingRequest()), before, lines=(kept,))
    outcome = refused(error, ask, turn, services)
    return replace(outcome, slots={**outcome.slots, "moving": before.code})


def _other_business(business: str, booking: Booking, turn: Turn) -> Outcome:
    text = say.CHANGE_BUSINESS.format(business=business, booking=in_words(booking, turn.now))
    buttons = [
        button(say.B_CROWD_BOOK.format(when=business), "book_window", business=business),
        button(say.B_CANCEL, "cancel_booking", code=booking.code),
    ]
    return Outcome((reply(text, buttons),))
