"""A visit from the wish to the confirmed booking: offered, held by a tap, confirmed."""

from dataclasses import replace

from actions.appointments.called import BOOKING
from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_cards import (
    confirmed_reply,
    head_of,
    held_reply,
    held_slot,
    lately_held,
    one_of,
    standing,
)
from actions.appointments.chat.booking_request import (
    FORGOTTEN,
    YES,
    BookingRequest,
    comes_in_group,
    remembered,
)
from actions.appointments.chat.changes import moving, offer_move
from actions.appointments.chat.offers import Ask, first_answer
from actions.appointments.chat.questions import (
    BUSINESS,
    TIME,
    ask_business,
    ask_time,
    hall_of,
    nowhere_near,
)
from actions.appointments.chat.refusals import ANEW, refused
from actions.appointments.chat.visits import other_business, spoken_of
from actions.appointments.chat.waitlist import wait, wants_to_wait
from actions.appointments.errors import WindowError
from actions.appointments.service import Appointments, Booking
from actions.dialogue.replies import button, menu, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn


def offer_slots(turn: Turn, services: Services) -> Outcome:
    """Answer a wish: ask what lacks, say what needs no visit, offer times, hold a tapped one."""
    slot_id = turn.number("slot_id")
    if slot_id is not None:
        return _hold(turn, services, slot_id)
    asked = turn.value("ask")
    if asked == "taken":
        return Outcome((reply(say.INSTEAD_TAKEN, menu(services)),), FORGOTTEN)
    visit = remembered(turn)
    if comes_in_group(turn):
        return _group(visit)
    if asked == "business":
        visit = replace(visit, business=None, come=False)
    if asked == "any":
        visit = replace(visit, start=None, end=None)
    if visit.business is None and asked != "business" and turn.text:
        had = {booking.business for booking in standing(turn, services)}
        business = spoken_of(turn, services)
        visit = replace(visit, business=None if business in had else business)
    if visit.business is None:
        return _which_business(visit, turn, services)
    visit = replace(visit, hall=hall_of(visit, turn, services))
    move = moving(visit, turn, services)
    if asked == "time":
        return Outcome((ask_time(turn),), visit.as_slots(), asks=TIME)
    try:
        if move is not None:
            return offer_move(move, visit, turn, services)
        if wants_to_wait(turn) and visit.hall is not None:
            return wait(visit, turn, services)
        return first_answer(_ask(visit, turn, services), turn, services)
    except WindowError as error:
        return refused(error, Ask(visit), turn, services)


def confirm(turn: Turn, services: Services, code: str) -> Outcome:
    """Confirm a held booking; where its seat is gone, offer others."""
    try:
        booking = services.of(Appointments).confirm(turn.conversation, code, now=turn.now)
    except WindowError as error:
        gone = services.of(Appointments).booking(code) if isinstance(error, ANEW) else None
        visit = BookingRequest() if gone is None else _like(gone)
        outcome = refused(error, Ask(visit), turn, services)
        # A hold is taken up again once: after that 「好的」 is no word about it any more.
        return replace(outcome, slots={**outcome.slots, "held": None})
    head = head_of(say.CONFIRMED, booking, turn.now)
    said = confirmed_reply(booking, head, turn.now, services)
    forgotten = {**FORGOTTEN, "moving": None, "held": None}
    return Outcome((said,), forgotten, focus=f"{BOOKING}{code}")


def confirm_held(turn: Turn, services: Services) -> Outcome | None:
    """Confirm what the person holds, whenever it was held; None when there is nothing."""
    held = standing(turn, services, "held")
    if len(held) > 1:
        buttons = [one_of(booking, "affirm", turn.now) for booking in held]
        text = say.CONFIRM_WHICH.format(n=len(held))
        return Outcome((reply(text, buttons),))
    code = held[0].code if held else lately_held(turn)
    return None if code is None else confirm(turn, services, code)


def _ask(visit: BookingRequest, turn: Turn, services: Services) -> Ask:
    """Make the question for times out of what is known and what this message adds."""
    lines = list(nowhere_near(visit, turn, services))
    if visit.priority and turn.text and turn.value("priority") == YES:
        lines.append(say.BOOK_PRIORITY)
    if turn.value("ask") == "online":
        visit = replace(visit, come=False)
    elif visit.priority:
        # Who cannot go on line is not sent there.
        visit = replace(visit, come=True)
    return Ask(visit, page=max(0, turn.number("page") or 0), lines=tuple(lines))


def _which_business(visit: BookingRequest, turn: Turn, services: Services) -> Outcome:
    tried = turn.asked == BUSINESS and bool(turn.text) and not turn.values
    sentence = say.BOOK_UNKNOWN_BUSINESS if tried else say.BOOK_ASK_BUSINESS
    other = other_business(turn, services)
    if other is not None:
        sentence = say.BOOK_NOT_OURS.format(what=other)
    slots = {**visit.as_slots(), "moving": None}
    return Outcome((ask_business(services, sentence),), slots, asks=BUSINESS)


def _group(visit: BookingRequest) -> Outcome:
    """Explain that a booking is one person's; what is known of the visit is kept."""
    mine = button(say.B_BOOK_MINE, "book_window", **visit.as_slots())
    text = reply(say.BOOK_GROUP, [mine, staff_button()])
    return Outcome((text,), visit.as_slots())


def _hold(turn: Turn, services: Services, slot_id: int) -> Outcome:
    visit = replace(remembered(turn), come=True)
    if visit.business is None:
        return _which_business(visit, turn, services)
    was = _held_now(visit, turn, services)
    try:
        booking = services.of(Appointments).hold(
            owner=turn.conversation,
            slot_id=slot_id,
            business=visit.business,
            request_key=turn.request_key,
            now=turn.now,
            priority=visit.priority,
            for_other=visit.for_other,
        )
    except WindowError as error:
        return refused(error, Ask(visit), turn, services)
    slots = {**visit.as_slots(), "moving": None, "held": held_slot(booking)}
    said = held_reply(booking, turn.now, was=was.start if was else None)
    confirms, *_, leaves = said["buttons"]
    focus = f"{BOOKING}{booking.code}"
    return Outcome((said,), slots, yes=confirms, no=leaves, focus=focus)


def _held_now(visit: BookingRequest, turn: Turn, services: Services) -> Booking | None:
    held = standing(turn, services, "held")
    return next(
        (b for b in held if (b.business, b.for_other) == (visit.business, visit.for_other)), None
    )


def _like(booking: Booking) -> BookingRequest:
    return BookingRequest(
        booking.business,
        booking.hall,
        booking.start,
        booking.end,
        priority=booking.priority,
        come=True,
        for_other=booking.for_other,
    )
