"""The services of halls and bookings that the pages of the console work with."""

from actions.appointments.service import Desk, Windows
from bot.console.services import services


def windows() -> Windows:
    """Return the service of halls and their bookings."""
    return Windows(services().database)


def hall_desk() -> Desk:
    """Return the service of what staff do in halls."""
    return Desk(services().database)
