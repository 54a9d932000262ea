"""What every page of the console works on: the services of this process."""

from actions.dialogue.services import Services
from store.database import Database
from store.settings import Settings

_opened: list[Services] = []


def open_services(database: Database, settings: Settings) -> None:
    """Make these the console's; NiceGUI's pages, being global, find them by ``services``."""
    _opened[:] = [Services(database, settings)]


def services() -> Services:
    """Return what the process's console works on."""
    return _opened[0]
