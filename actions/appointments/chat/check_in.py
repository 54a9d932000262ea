"""Checking in: 「我到了」."""

from actions.appointments.booking.rules import check_in_times
from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_cards import (
    CHECKED_IN,
    CONFIRMED,
    HELD,
    NO_SHOW,
    SERVED,
    arrived_button,
    book_button,
    booking_card,
    buttons_of,
    in_words,
    standing,
)
from actions.appointments.chat.booking_request import BookingRequest
from actions.appointments.chat.offers import Ask
from actions.appointments.chat.refusals import refused
from actions.appointments.errors import TooEarly, TooLate, WindowError
from actions.appointments.service import Appointments, Booking
from actions.dialogue.replies import reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from language.wording import day_and_time


def check_in(turn: Turn, services: Services, code: str | None = None) -> Outcome:
    """Check in the visit that is meant; where several may be, ask which."""
    code = code or turn.value("code")
    if code is None:
        visits = _meant(turn, services)
        if not visits:
            return _none()
        if len(visits) > 1:
            return _which(visits, turn)
        code = visits[0].code
    try:
        booking = services.of(Appointments).check_in(turn.conversation, code, now=turn.now)
    except TooEarly as error:
        return _early(error, turn)
    except TooLate as error:
        return _late(error, turn)
    except WindowError as error:
        return refused(error, Ask(BookingRequest()), turn, services)
    return _done(booking, turn)


def _meant(turn: Turn, services: Services) -> list[Booking]:
    """Return today's visits that can be checked in now; else the one next in time."""
    today = services.of(Appointments).visits_today(turn.conversation, now=turn.now)
    here = [visit for visit in today if visit.status in (HELD, CONFIRMED) and _open(visit, turn)]
    if here:
        return here
    known = [v for v in today if v.status in (HELD, CONFIRMED, CHECKED_IN, NO_SHOW)]
    coming = [visit for visit in known if visit.start > turn.now]
    return coming[:1] or known[-1:] or standing(turn, services, HELD, CONFIRMED)[:1]


def _open(visit: Booking, turn: Turn) -> bool:
    opens, closes = check_in_times(visit.start)
    return opens <= turn.now < closes


def _which(visits: list[Booking], turn: Turn) -> Outcome:
    def title(visit: Booking) -> str:
        return f"{day_and_time(visit.start, turn.now)} {visit.business}"

    buttons = [arrived_button(visit, title(visit)) for visit in visits]
    return Outcome((reply(say.ARRIVED_WHICH.format(n=len(visits)), buttons),))


def _done(booking: Booking, turn: Turn) -> Outcome:
    if booking.status == SERVED:
        text = say.SERVED.format(booking=in_words(booking, turn.now))
    else:
        text = say.ARRIVED.format(
            business=booking.business,
            code=booking.code,
            hall=booking.hall,
            window=booking.window,
            when=day_and_time(booking.start, turn.now),
        )
    said = reply(text, (), booking_card(booking))
    return Outcome((said,), {"held": None})


def _early(error: TooEarly, turn: Turn) -> Outcome:
    text = say.ARRIVED_EARLY.format(
        when=day_and_time(error.booking.start, turn.now),
        opens=day_and_time(error.opens, turn.now),
    )
    said = reply(text, buttons_of(error.booking, turn.now), booking_card(error.booking))
    return Outcome((said,))


def _late(error: TooLate, turn: Turn) -> Outcome:
    text = say.ARRIVED_LATE.format(when=day_and_time(error.booking.start, turn.now))
    buttons = [book_button(error.booking.business), staff_button()]
    return Outcome((reply(text, buttons, booking_card(error.booking)),))


def _none() -> Outcome:
    return Outcome((reply(say.ARRIVED_NONE, [book_button(), staff_button()]),))
