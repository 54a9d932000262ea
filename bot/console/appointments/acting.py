"""A member of staff at work in a hall."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import structlog

from actions.appointments.errors import WindowError, WindowsBusy
from bot.console.acting import ActingStaff, Done, Refusals
from bot.console.appointments import board_views, sentences
from bot.console.tables import Staff

log = structlog.get_logger(__name__)
T = TypeVar("T")


class HallStaff:
    """Does something with a code, a business or a hall, and writes it to the log."""

    def __init__(self, staff: Staff) -> None:
        self.name = staff.name
        self._acting = ActingStaff(staff)

    async def still_signed_in(self) -> bool:
        """Tell whether the account is still in use; if not, lead to the login."""
        return await self._acting.still_signed_in()

    async def do(self, what: str, code: str, work: Callable[[datetime], T]) -> Done[T]:
        """Do ``work`` at the present moment; ``what`` and ``code`` are for the log."""
        done = await self._acting.do(work, _refusals(code))
        if not done.refused:
            log.info("hall_work", staff=self.name, what=what, code=code)
        return done


def _refusals(code: str) -> Refusals:
    return {
        WindowsBusy: lambda error, _now: sentences.REFUSED[error.code],
        WindowError: lambda error, now: board_views.refusal(error, code, now),
    }
