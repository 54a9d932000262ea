"""What goes on in this process unasked, put together of what the features declare."""

from collections.abc import Callable
from typing import Any, TypeVar

from actions.appointments import background as appointments
from actions.appointments.service import Upkeep, Windows
from bot.messaging.outbox_rows import Pulled
from bot.messaging.scheduler import Scheduler
from store.database import Database
from store.settings import Settings

T = TypeVar("T")


class Made:
    """Services by their class."""

    def __init__(self, *services: object) -> None:
        self._services: dict[type, Any] = {type(service): service for service in services}

    def of(self, kind: type[T]) -> T:
        """Return the service of this class; KeyError where none was made."""
        service: T = self._services[kind]
        return service


def make_scheduler(
    database: Database, settings: Settings, *, told: Callable[[str], None], pulled: Pulled
) -> Scheduler:
    """Return what runs the jobs of all features and tells their notices; see ``Scheduler``."""
    upkeep = Upkeep(database)
    notices = appointments.BookingNotices(upkeep, Windows(database), key=settings.signing_key())
    return Scheduler(database, Made(upkeep), appointments.JOBS, [notices], told=told, pulled=pulled)
