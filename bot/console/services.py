"""What every page of the console works on."""

from dataclasses import dataclass

from store.database import Database
from store.settings import Settings


@dataclass(frozen=True)
class ConsoleServices:
    """The database and the settings of this process's console."""

    database: Database
    settings: Settings


_opened: list[ConsoleServices] = []


def open_services(database: Database, settings: Settings) -> None:
    """Make these the console's; NiceGUI's pages, being global, find them by ``services``."""
    _opened[:] = [ConsoleServices(database, settings)]


def services() -> ConsoleServices:
    """Return what the process's console works on."""
    return _opened[0]
