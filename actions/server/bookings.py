"""What is booked already: shown, cancelled, changed."""

from datetime import datetime
from typing import Any

from actions.server import sentences as say
from actions.server.offers import offer
from actions.server.replies import Button, button, day_and_time, reply
from actions.server.services import Services
from actions.server.turn import Outcome, Turn
from actions.server.visit import Visit, remembered_times, understood
from actions.windows.errors import BookingPast, UnknownBooking
from actions.windows.service import Booking


def my_bookings(turn: Turn, services: Services) -> Outcome:
    """List the person's coming bookings, with their buttons."""
    booked = coming(turn, services)
    if not booked:
        return Outcome((reply(say.MY_BOOKINGS_NONE, [_book()]),))
    replies = [
        reply(
            (say.MY_BOOKINGS + "\n" if n == 0 else "") + in_words(booking, turn.now),
            _buttons_of(booking),
            booking_dict(booking),
        )
        for n, booking in enumerate(booked)
    ]
    return Outcome(tuple(replies), {"journey": "booking"})


def cancel_booking(turn: Turn, services: Services) -> Outcome:
    """Cancel the booking tapped; one meant in words is asked about first."""
    code = turn.value("code")
    if code is not None:
        return _cancel(turn, services, code)
    booked = coming(turn, services)
    if not booked:
        return Outcome((reply(say.MY_BOOKINGS_NONE, [_book()]),), leaves_form=True)
    if len(booked) > 1:
        buttons = [_one_of(b, "cancel_booking", turn.now) for b in booked]
        text = say.CANCEL_WHICH.format(n=len(booked))
        return Outcome((reply(text, buttons),), leaves_form=True)
    text = say.CANCEL_ASK.format(booking=in_words(booked[0], turn.now))
    buttons = [
        button(say.B_YES_CANCEL, "cancel_booking", code=booked[0].code),
        button(say.B_KEEP, "deny"),
    ]
    pending = {"cancel": booked[0].code}
    return Outcome((reply(text, buttons),), {"pending": pending}, leaves_form=True)


def change_booking(turn: Turn, services: Services) -> Outcome:
    """Say honestly how a change goes: the old one is cancelled, then a new one is chosen."""
    booked = coming(turn, services)
    code = turn.value("code")
    booked = [b for b in booked if code in (None, b.code)]
    if not booked:
        return Outcome((reply(say.MY_BOOKINGS_NONE, [_book()]),), leaves_form=True)
    if len(booked) > 1:
        buttons = [_one_of(b, "change_booking", turn.now) for b in booked]
        text = say.CHANGE_WHICH.format(n=len(booked))
        return Outcome((reply(text, buttons),), leaves_form=True)
    text = say.CHANGE_ASK.format(booking=in_words(booked[0], turn.now))
    buttons = [
        button(say.B_CHANGE_NOW, "cancel_booking", code=booked[0].code, rebook="yes"),
        button(say.B_CHANGE_KEEP, "deny"),
    ]
    # A new time named already is remembered for the offer that follows.
    visit = understood(turn, services)
    slots = {**visit.as_slots(), "pending": {"cancel": booked[0].code, "rebook": "yes"}}
    return Outcome((reply(text, buttons),), slots, leaves_form=True)


def already_booked(booking: Booking, turn: Turn) -> Outcome:
    """Say what is booked already for this business, with 改约 and 取消."""
    text = say.BOOK_ALREADY.format(booking=in_words(booking, turn.now))
    shown = reply(text, _buttons_of(booking), booking_dict(booking))
    return Outcome((shown,), leaves_form=True)


def in_words(booking: Booking, now: datetime) -> str:
    """Say a booking in one line."""
    return say.BOOKING_LINE.format(
        when=day_and_time(booking.start, now),
        hall=booking.hall,
        window=booking.window or "",
        business=booking.business,
        code=booking.code,
    )


def booking_dict(booking: Booking) -> dict[str, Any]:
    """Return a booking with the fields of DESIGN's ``booking``."""
    return {
        "kind": "booking",
        "code": booking.code,
        "status": booking.status,
        "hall": booking.hall,
        "business": booking.business,
        "window": booking.window,
        "start": booking.start.isoformat(),
        "end": booking.end.isoformat(),
        "bring": list(booking.bring),
    }


def coming(turn: Turn, services: Services) -> list[Booking]:
    """Return the person's bookings that stand, by time."""
    booked = services.windows.bookings_of(turn.conversation, now=turn.now)
    return [b for b in booked if b.status in ("held", "confirmed", "waitlisted")]


def _cancel(turn: Turn, services: Services, code: str) -> Outcome:
    try:
        booking = services.windows.cancel(
            turn.conversation, code, request_key=turn.request_key, now=turn.now
        )
    except (UnknownBooking, BookingPast) as error:
        gone = isinstance(error, UnknownBooking)
        text = say.CANCEL_UNKNOWN if gone else say.CANCEL_TOO_LATE
        buttons = [button(say.B_MY_BOOKINGS, "my_bookings"), button(say.B_STAFF, "talk_to_staff")]
        return Outcome((reply(text, buttons),), leaves_form=True)
    text = say.CANCEL_DONE.format(booking=in_words(booking, turn.now))
    again = turn.value("rebook") is not None
    buttons = [] if again else [_book(booking.business)]
    replies = [reply(text, buttons, booking_dict(booking))]
    slots: dict[str, Any] = {"journey": "booking"}
    if again:
        start, end = remembered_times(turn)
        visit = Visit(booking.business, booking.hall, start, end)
        replies.append(offer(visit, turn, services))
        slots |= visit.as_slots()
    return Outcome(tuple(replies), slots, leaves_form=True)


def _book(business: str | None = None) -> Button:
    return button(say.B_BOOK, "book_window", business=business)


def _buttons_of(booking: Booking) -> list[Button]:
    return [
        button(say.B_CHANGE, "change_booking", code=booking.code),
        button(say.B_CANCEL, "cancel_booking", code=booking.code),
    ]


def _one_of(booking: Booking, intent: str, now: datetime) -> Button:
    title = f"{day_and_time(booking.start, now)} {booking.business}"
    return button(title, intent, code=booking.code)
