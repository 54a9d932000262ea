"""What every page of the console works on: the services of this process."""

from actions.dialogue.services import Services
from bot.messaging.handover import Handover

_opened: list[tuple[Services, Handover]] = []


def open_services(opened: Services, handover: Handover) -> None:
    """Make these the console's; NiceGUI's pages, being global, find them here."""
    _opened[:] = [(opened, handover)]


def services() -> Services:
    """Return what the process's console works on."""
    return _opened[0][0]


def handover() -> Handover:
    """Return what staff do in conversations."""
    return _opened[0][1]
