"""What people are told unasked: reminders, a freed seat, a closure, a visit missed."""

from datetime import datetime, timedelta

from actions.server import windows_sentences as say
from actions.server.booked import (
    book_button,
    booking_dict,
    bring_line,
    change_or_cancel,
    confirm_button,
    head_of,
    staff_button,
    with_ticket,
)
from actions.server.offers import OFFERED, slot_button
from actions.server.replies import Button, button, clock, day_and_time, reply
from actions.server.turn import Reply
from actions.windows.booking.rules import (
    NO_SHOW_MEMORY,
    NO_SHOW_REACH,
    NO_SHOWS,
    check_in_times,
)
from actions.windows.errors import WindowError
from actions.windows.service import Booking, Notice, SlotOffer, VisitWish, Windows

AROUND = timedelta(days=3)
"""A closed visit is best made up for within so many days."""


def notice_reply(notice: Notice, windows: Windows, *, key: str, now: datetime) -> Reply:
    """Return the reply that tells a notice; KeyError on a kind without words.

    ``windows`` is asked for times where a closure takes one away; nothing is written.
    ``key`` is the settings' signing key: a reminder brings the ticket along.
    """
    if notice.kind == "closed":
        return _closed(notice, windows, now)
    remind = {"reminder_day": _reminder_day, "reminder_hours": _reminder_hours}.get(notice.kind)
    if remind is not None:
        text = remind(notice.booking, now)
        return with_ticket(text, _ways_out(notice.booking), notice.booking, key)
    text, buttons = {"freed": _freed, "no_show": _no_show}[notice.kind](notice.booking, now)
    return reply(text, buttons, booking_dict(notice.booking))


def _reminder_day(booking: Booking, now: datetime) -> str:
    return _reminder(say.NOTICE_DAY, booking, now) + say.NOTICE_DAY_END


def _reminder_hours(booking: Booking, now: datetime) -> str:
    return _reminder(say.NOTICE_HOURS, booking, now)


def _reminder(sentence: str, booking: Booking, now: datetime) -> str:
    opens, _ = check_in_times(booking.start)
    return head_of(
        sentence,
        booking,
        now,
        address=booking.address,
        bring=bring_line(booking),
        opens=clock(opens),
        clock=clock(booking.start),
    )


def _freed(booking: Booking, now: datetime) -> tuple[str, list[Button]]:
    text = head_of(say.NOTICE_FREED, booking, now, until=clock(booking.hold_until or now))
    refuse = button(say.B_NOT_WANTED, "cancel_booking", code=booking.code)
    return text, [confirm_button(booking), refuse]


def _no_show(booking: Booking, now: datetime) -> tuple[str, list[Button]]:
    text = head_of(
        say.NOTICE_NO_SHOW,
        booking,
        now,
        memory=str(NO_SHOW_MEMORY.days),
        times=str(NO_SHOWS),
        days=str(NO_SHOW_REACH.days),
    )
    return text, [book_button(booking.business), staff_button()]


def _closed(notice: Notice, windows: Windows, now: datetime) -> Reply:
    booking = notice.booking
    reason = notice.data.get("reason") or say.NOTICE_CLOSED_NO_REASON
    lines = [head_of(say.NOTICE_CLOSED, booking, now, reason=str(reason))]
    found = _instead_of(booking, windows, now)
    slots = () if found is None else found.slots
    buttons = [slot_button(slot, booking.business, now, booking.code) for slot in slots]
    if slots:
        lines.append(say.NOTICE_CLOSED_TIMES)
        lines += [
            say.TIMES_LINE.format(when=day_and_time(slot.start, now), reason=slot.reason)
            for slot in slots
        ]
    else:
        lines.append(say.NOTICE_CLOSED_NO_TIMES)
    change = button(say.B_OTHER_TIME, "change_booking", code=booking.code, ask="time")
    cancel = button(say.B_CANCEL, "cancel_booking", code=booking.code)
    return reply("\n".join(lines), [*buttons, change, cancel], booking_dict(booking))


def _instead_of(booking: Booking, windows: Windows, now: datetime) -> SlotOffer | None:
    """Return times near the closed one; None where the hall does the business no more."""
    wish = VisitWish(
        business=booking.business,
        hall=booking.hall,
        start=max(booking.start, now),
        end=max(booking.start, now) + AROUND,
        priority=booking.priority,
    )
    try:
        return windows.offer(wish, now=now, limit=OFFERED)
    except WindowError:
        return None


def _ways_out(booking: Booking) -> list[Button]:
    return [*change_or_cancel(booking), button(say.B_MY_BOOKINGS, "my_bookings")]
