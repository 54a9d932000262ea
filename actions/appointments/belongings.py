"""The visits a person has before them: told before a device forgets who used it."""

from collections.abc import Sequence
from datetime import datetime

from actions.appointments.chat.booking_cards import CHECKED_IN, STANDING, WAITLISTED
from actions.appointments.chat.sentences import BELONGING, MY_STATUS
from actions.appointments.service import Appointments, Booking
from actions.dialogue.personal.belongings import Belonging
from actions.dialogue.services import Services
from language.wording import day_and_time


def standing_bookings(conversation: str, services: Services, now: datetime) -> Sequence[Belonging]:
    """Return the conversation's visits to come and its places on the waiting list."""
    appointments = services.of(Appointments)
    booked = appointments.bookings_of(conversation, now=now)
    return [
        _belonging(booking, appointments, now)
        for booking in booked
        if booking.status in (*STANDING, CHECKED_IN)
    ]


def _belonging(booking: Booking, appointments: Appointments, now: datetime) -> Belonging:
    title = BELONGING.format(
        when=day_and_time(booking.start, now),
        hall=booking.hall,
        business=booking.business,
        status=MY_STATUS[booking.status],
    )
    # A place on the waiting list has no page of its own.
    link = None if booking.status == WAITLISTED else appointments.link(booking)
    return Belonging(title, booking.code, link)
