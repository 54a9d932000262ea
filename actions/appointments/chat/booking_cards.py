"""One booking as a reply: in words, as data, with what can be done about it as buttons."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from actions.appointments.booking.links import link_path
from actions.appointments.booking.rules import check_in_times
from actions.appointments.booking.tickets import token
from actions.appointments.cards import BookingCard
from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_request import YES
from actions.appointments.service import Appointments, Booking
from actions.dialogue import sentences as shared
from actions.dialogue.replies import button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Reply, Turn
from language.wording import clock, day, day_and_time

HELD, CONFIRMED, WAITLISTED = "held", "confirmed", "waitlisted"
CANCELLED, CHECKED_IN, SERVED, NO_SHOW = "cancelled", "checked_in", "served", "no_show"
LATE = timedelta(minutes=30)
"""So long after a hold ran out a bare 「好的」 still is about it."""

STANDING = (HELD, CONFIRMED, WAITLISTED)


def standing(turn: Turn, services: Services, *statuses: str) -> list[Booking]:
    """Return the person's bookings of these statuses (or all to come), by time."""
    wanted = statuses or STANDING
    booked = services.of(Appointments).bookings_of(turn.conversation, now=turn.now)
    return [b for b in booked if b.status in wanted]


def held_slot(booking: Booking) -> dict[str, str] | None:
    """Return what is remembered of a held booking, so that a late 「确认」 finds it."""
    if booking.status != HELD or booking.hold_until is None:
        return None
    return {"code": booking.code, "until": booking.hold_until.isoformat()}


def lately_held(turn: Turn) -> str | None:
    """Return the code of what was held here and ran out not long ago."""
    held = turn.slots.get("held")
    if held is None or turn.now > datetime.fromisoformat(held["until"]) + LATE:
        return None
    return str(held["code"])


def booking_card(booking: Booking, **more: Any) -> BookingCard:
    """Return a booking as a card, with ``hold_until`` of a hold."""
    if booking.hold_until is not None:
        more = {"hold_until": booking.hold_until.isoformat(), **more}
    if booking.for_other:
        more = {"for_other": True, **more}
    if booking.closed:
        more = {"closed": True, **more}
    return BookingCard(
        code=booking.code,
        status=booking.status,
        hall=booking.hall,
        business=booking.business,
        window=booking.window,
        start=booking.start.isoformat(),
        end=booking.end.isoformat(),
        bring=booking.bring,
        **more,
    )


def in_words(booking: Booking, now: datetime) -> str:
    """Say a booking, or a place on the waiting list, in one line."""
    if booking.code.startswith("HB"):
        return say.WAIT_LINE.format(when=stretch(booking, now), **_names(booking))
    when = day_and_time(booking.start, now)
    return say.BOOKING_LINE.format(when=when, **_names(booking))


def stretch(booking: Booking, now: datetime) -> str:
    """Say from when to when: 明天 09:00–11:30."""
    start, end = day_and_time(booking.start, now), clock(booking.end)
    if day(booking.start, now) != day(booking.end, now):
        end = day_and_time(booking.end, now)
    return say.WHEN_TO.format(start=start, end=end)


def held_reply(booking: Booking, now: datetime, *, was: datetime | None = None) -> Reply:
    """Ask to confirm a held booking; ``was`` is the time it had before."""
    until = booking.hold_until or now
    text = say.HELD.format(
        when=day_and_time(booking.start, now),
        address=booking.address,
        bring=bring_line(booking),
        minutes=max(1, round((until - now).total_seconds() / 60)),
        until=clock(until),
        **_names(booking),
    )
    if was is not None and was != booking.start:
        moved = day_and_time(booking.start, now)
        text = say.CHANGED_HELD.format(when=moved, old=day_and_time(was, now)) + text
    buttons = [
        confirm_button(booking),
        button(say.B_OTHER_TIME, "change_booking", code=booking.code, ask="time"),
        not_now_button(booking),
    ]
    return reply(text, buttons, booking_card(booking))


def ticket(booking: Booking, key: str) -> str:
    """Return the path of a booking's ticket, without the ending that says which form of it.

    ``key`` is the settings' signing key.
    """
    return f"/bookings/{token(booking.code, key)}"


def as_seen(booking: Booking) -> str:
    """Return what a button was shown for: the booking in this state, with this seat."""
    return f"{booking.status} {booking.slot_id} {booking.start.isoformat(timespec='minutes')}"


def with_ticket(text: str, buttons: Iterable[Button], booking: Booking, key: str) -> Reply:
    """Return a reply about a booking with its QR code, its calendar entry and its link."""
    path = ticket(booking, key)
    card = booking_card(booking, calendar=f"{path}.ics", link=link_path(booking, key))
    return reply(text, buttons, card, image=f"{path}.png")


def confirmed_reply(booking: Booking, head: str, now: datetime, services: Services) -> Reply:
    """Say what is booked after ``head``: where, until when to come, QR code and calendar."""
    opens, _ = check_in_times(booking.start)
    visit = say.VISIT.format(
        address=booking.address,
        code=booking.code,
        bring=bring_line(booking),
        opens=clock(opens),
        clock=clock(booking.start),
    )
    buttons = [
        button(say.B_MY_BOOKINGS, "my_bookings"),
        *change_or_cancel(booking),
        button(say.B_CALENDAR, "my_bookings", code=booking.code, calendar=YES),
    ]
    return with_ticket(head + visit, buttons, booking, services.settings.signing_key())


def head_of(sentence: str, booking: Booking, now: datetime, **more: str) -> str:
    """Fill a sentence that says when, where and what for."""
    return sentence.format(when=day_and_time(booking.start, now), **_names(booking), **more)


def buttons_of(booking: Booking, now: datetime) -> list[Button]:
    """Return what can be done about a booking as it is."""
    if booking.status == HELD:
        return [confirm_button(booking), not_now_button(booking)]
    if booking.status == WAITLISTED:
        return [button(say.B_CANCEL_WAIT, "cancel_booking", code=booking.code)]
    if booking.status != CONFIRMED:
        return []
    opens, closes = check_in_times(booking.start)
    here = [arrived_button(booking)] if opens <= now < closes else []
    return [*here, *change_or_cancel(booking)]


def not_now_button(booking: Booking, title: str = say.B_NOT_NOW) -> Button:
    """Return 〔不约了〕, or another title that lets this held seat go at once, and no other."""
    return button(title, "cancel_booking", code=booking.code, seen=as_seen(booking))


def confirm_button(booking: Booking) -> Button:
    """Return 〔确认预约〕 for a held booking."""
    return button(say.B_CONFIRM, "affirm", code=booking.code)


def arrived_button(booking: Booking, title: str = say.B_ARRIVED) -> Button:
    """Return 〔我到了〕, or another title that checks this booking in."""
    return button(title, "my_bookings", code=booking.code, arrived=YES)


def book_button(business: str | None = None) -> Button:
    """Return 〔约窗口〕."""
    return button(shared.B_BOOK, "book_window", business=business)


def one_of(booking: Booking, intent: str, now: datetime, **values: Any) -> Button:
    """Return a button that names a booking among several."""
    title = f"{day_and_time(booking.start, now)} {booking.business}"
    return button(title, intent, code=booking.code, **values)


def bring_line(booking: Booking) -> str:
    """Say what to bring, a whole line, or nothing."""
    return say.BRING.format(things="、".join(booking.bring)) if booking.bring else ""


def change_or_cancel(booking: Booking) -> list[Button]:
    """Return 〔改约〕 and 〔取消预约〕."""
    return [
        button(say.B_CHANGE, "change_booking", code=booking.code),
        button(say.B_CANCEL, "cancel_booking", code=booking.code),
    ]


def _names(booking: Booking) -> dict[str, str]:
    return {
        "hall": booking.hall,
        "window": booking.window,
        "business": booking.business,
        "code": booking.code,
    }
