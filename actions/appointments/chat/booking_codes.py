"""A booking's number typed into a message: it says which booking is meant, anywhere."""

import re
from collections.abc import Callable
from dataclasses import replace

from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking import confirm
from actions.appointments.chat.booking_cards import HELD, book_button
from actions.appointments.chat.changes import change_booking
from actions.appointments.chat.check_in import check_in
from actions.appointments.chat.my_bookings import ask_to_cancel, shown
from actions.appointments.chat.visits import says_arrived, times
from actions.appointments.service import Appointments, Booking
from actions.dialogue.replies import button, reply
from actions.dialogue.services import Services
from actions.dialogue.tasks import Words
from actions.dialogue.turn import Outcome, Turn
from actions.ids import read_id

TYPED = re.compile(r"(?<![A-Za-z0-9#])(YY|HB)\s*[-—－]?\s*([A-Za-z0-9]{5,9})(?![A-Za-z0-9])", re.I)
CANCEL = re.compile(r"取消|退[了掉号]|不[去来办约要]|去不了|来不了|作废|撤")
CHANGE = re.compile(r"改|换|推迟|提前|延")
CONFIRM = re.compile(r"确认|确定")

OTHER_MATTERS = frozenset({"complain", "talk_to_staff", "distress", "privacy_request"})
"""Who complains about a booking names its number, too."""


def typed_code(turn: Turn, services: Services) -> Outcome | None:
    """Do what a message with a booking's number asks for; None where there is none.

    A number that cannot be one, that is nobody's and that is somebody else's are answered
    with the same words.
    """
    found = TYPED.search(turn.text)
    if found is None or turn.intent in OTHER_MATTERS:
        return None
    code = read_id(found[1].upper(), found[2])
    booking = None if code is None else _own(code, turn, services)
    if booking is None:
        buttons = [button(say.B_MY_BOOKINGS, "my_bookings"), book_button()]
        return Outcome((reply(say.CODE_UNKNOWN, buttons),))
    return _meant(turn)(booking, turn, services)


def _own(code: str, turn: Turn, services: Services) -> Booking | None:
    known = services.of(Appointments).bookings_of(turn.conversation, now=turn.now)
    own = next((booking for booking in known if booking.code == code), None)
    if own is not None:
        return own
    any_booking = services.of(Appointments).booking(code)
    mine = any_booking is not None and any_booking.owner == turn.conversation
    return any_booking if mine else None


_Do = Callable[[Booking, Turn, Services], Outcome]


def _meant(turn: Turn) -> _Do:
    if says_arrived(turn.text):
        return lambda booking, turn, services: check_in(turn, services, booking.code)
    if CANCEL.search(turn.text):
        return lambda booking, turn, services: ask_to_cancel(booking, turn)
    if CHANGE.search(turn.text):
        return _change
    if CONFIRM.search(turn.text):
        return _confirm
    return lambda booking, turn, services: shown(booking, turn)


def _change(booking: Booking, turn: Turn, services: Services) -> Outcome:
    """Offer times; the number's characters are no part of the wished time."""
    words = Words(TYPED.sub(" ", turn.text), turn.now)
    wished = {name: value for each in times(words) for name, value in each.values.items()}
    return change_booking(replace(turn, values={**wished, "code": booking.code}), services)


def _confirm(booking: Booking, turn: Turn, services: Services) -> Outcome:
    if booking.status != HELD and not booking.lapsed:
        return shown(booking, turn)
    return confirm(turn, services, booking.code)
