"""A member of staff at work in a hall: doing something, and why it could not be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import structlog
from nicegui import ui

from actions.appointments.errors import WindowError, WindowsBusy
from bot.console import sentences
from bot.console.accounts import account
from bot.console.appointments import board_views
from bot.console.services import desk
from bot.console.tables import Staff
from store.clock import utc_now

log = structlog.get_logger(__name__)
T = TypeVar("T")


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What came of it: ``value``, or the sentence that tells why it was ``refused``."""

    value: T | None = None
    refused: str = ""


class Clerk:
    """Does blocking work in a worker thread, in the name of somebody still signed in."""

    def __init__(self, staff: Staff) -> None:
        self.name = staff.name
        self._id = staff.id

    async def still_here(self) -> bool:
        """Tell whether the account is still in use; if not, lead to the login."""
        database = desk().database
        if await database.run(account, database, self._id) is not None:
            return True
        ui.navigate.to("/")  # the middleware sends them on to the login
        return False

    async def do(self, what: str, code: str, work: Callable[[datetime], T]) -> Outcome[T]:
        """Do ``work`` at the present moment; ``what`` and ``code`` are for the log."""
        if not await self.still_here():
            return Outcome(refused=sentences.SIGNED_OUT)
        now = utc_now()
        try:
            value = await desk().database.run(work, now)
        except WindowsBusy as busy:
            return Outcome(refused=sentences.REFUSED[busy.code])
        except WindowError as error:
            return Outcome(refused=board_views.refusal(error, code, now))
        log.info("hall_work", staff=self.name, what=what, code=code)
        return Outcome(value)
