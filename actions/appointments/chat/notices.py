"""What people are told unasked: reminders, a freed seat, a closure and its end, a visit missed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from actions.appointments.booking.notices import stands
from actions.appointments.booking.rules import (
    NO_SHOW_MEMORY,
    NO_SHOW_REACH,
    NO_SHOWS,
    check_in_times,
)
from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_cards import (
    book_button,
    booking_card,
    bring_line,
    buttons_of,
    change_or_cancel,
    confirm_button,
    head_of,
    not_now_button,
    with_ticket,
)
from actions.appointments.chat.offers import OFFERED, offer_card, slot_button
from actions.appointments.errors import WindowError
from actions.appointments.service import Appointments, Booking, Notice, Slot, SlotOffer, VisitWish
from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.turn import Button, Reply
from language.wording import clock, day_and_time

AROUND = timedelta(days=3)
"""A closed visit is best made up for within so many days."""


def notice_reply(notice: Notice, appointments: Appointments, *, key: str, now: datetime) -> Reply:
    """Return the reply that tells a notice; KeyError on a kind without words.

    ``appointments`` is asked for times where a closure took one away; nothing is written.
    ``key`` is the settings' signing key: a reminder brings the ticket along.
    """
    if notice.kind == "closed":
        return _closed(notice, appointments, now)
    if notice.kind == "reopened":
        return _reopened(notice.booking, appointments, key, now)
    remind = {"reminder_day": _reminder_day, "reminder_hours": _reminder_hours}.get(notice.kind)
    if remind is not None:
        text = remind(notice.booking, now)
        return with_ticket(text, _ways_out(notice.booking), notice.booking, key)
    text, buttons = {"freed": _freed, "no_show": _no_show}[notice.kind](notice.booking, now)
    return reply(text, buttons, booking_card(notice.booking))


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
    refuse = not_now_button(booking, say.B_NOT_WANTED)
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


def _closed(notice: Notice, appointments: Appointments, now: datetime) -> Reply:
    booking = notice.booking
    reason = notice.data.get("reason") or say.NOTICE_CLOSED_NO_REASON
    lines = [head_of(say.NOTICE_CLOSED, booking, now, reason=str(reason))]
    found = _instead_of(booking, appointments, now)
    slots = () if found is None else found.slots
    buttons = [slot_button(slot, booking.business, now, booking) for slot in slots]
    lines += _times(slots, say.NOTICE_CLOSED_TIMES, now)
    change = button(say.B_OTHER_TIME, "change_booking", code=booking.code, ask="time")
    cancel = button(say.B_CANCEL, "cancel_booking", code=booking.code)
    return reply("\n".join(lines), [*buttons, change, cancel], booking_card(booking))


def _reopened(booking: Booking, appointments: Appointments, key: str, now: datetime) -> Reply:
    head = head_of(say.NOTICE_REOPENED, booking, now)
    if not stands(booking, now):
        return _book_again(head, booking, appointments, now)
    if booking.hold_until is None:
        text = head + head_of(say.NOTICE_REOPENED_STANDS, booking, now)
        return with_ticket(text, _ways_out(booking), booking, key)
    until = clock(booking.hold_until)
    text = head + head_of(say.NOTICE_REOPENED_HELD, booking, now, until=until)
    return reply(text, buttons_of(booking, now), booking_card(booking))


def _book_again(head: str, booking: Booking, appointments: Appointments, now: datetime) -> Reply:
    found = _instead_of(booking, appointments, now)
    slots = () if found is None else found.slots
    lines = [head + say.NOTICE_REOPENED_AGAIN, *_times(slots, say.NOTICE_REOPENED_TIMES, now)]
    buttons = [slot_button(slot, booking.business, now) for slot in slots]
    other = button(say.B_OTHER_TIME, "book_window", business=booking.business, ask="time")
    data = None if found is None else offer_card(found)
    return reply("\n".join(lines), [*buttons, other], data)


def _times(slots: Sequence[Slot], sentence: str, now: datetime) -> list[str]:
    """Say the times that ``sentence`` introduces, or that there are none."""
    if not slots:
        return [say.NOTICE_CLOSED_NO_TIMES]
    times = [
        say.TIMES_LINE.format(when=day_and_time(slot.start, now), reason=slot.reason)
        for slot in slots
    ]
    return [sentence, *times]


def _instead_of(booking: Booking, appointments: Appointments, now: datetime) -> SlotOffer | None:
    """Return times near the closed one; None where the hall does the business no more."""
    wish = VisitWish(
        business=booking.business,
        hall=booking.hall,
        start=max(booking.start, now),
        end=max(booking.start, now) + AROUND,
        priority=booking.priority,
    )
    try:
        return appointments.offer(wish.moving(booking), now=now, limit=OFFERED)
    except WindowError:
        return None


def _ways_out(booking: Booking) -> list[Button]:
    return [*change_or_cancel(booking), button(say.B_MY_BOOKINGS, "my_bookings")]
