"""A member of staff at work in a hall."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from actions.appointments.errors import WindowError, WindowsBusy
from bot.console.acting import ActingStaff, Done, Refusals
from bot.console.appointments import board_views, sentences
from bot.console.permissions import Deed
from bot.console.tables import Staff

T = TypeVar("T")

ABOUT = {
    Deed.CHECK_IN: "visit",
    Deed.CALL: "visit",
    Deed.FINISH: "visit",
    Deed.UNDO: "visit",
    Deed.WALK_IN: "business",
    Deed.CLOSE_HALL: "hall",
    Deed.REOPEN_HALL: "closure",
}
"""What is done to which kind of thing."""
CODE = re.compile(r"[A-Za-z]{1,2}\s*[-—－]?\s*[A-Za-z0-9]{4,8}")
"""What the number of a booking or a walk-in looks like."""


class HallStaff:
    """Does something with a code, a business or a hall."""

    def __init__(self, staff: Staff) -> None:
        self.name = staff.name
        self._acting = ActingStaff(staff)

    async def still_signed_in(self) -> bool:
        """Tell whether the account is still in use; if not, lead to the login."""
        return await self._acting.still_signed_in()

    def may(self, deed: Deed) -> bool:
        """Tell whether to show what does this."""
        return self._acting.may(deed)

    async def do(
        self, deed: Deed, code: str, work: Callable[[datetime], T], *, reason: str | None = None
    ) -> Done[T]:
        """Do ``work`` at the present moment; ``code`` says with what."""
        subject = f"{ABOUT[deed]}:{code}"
        if ABOUT[deed] == "visit" and not CODE.fullmatch(code):
            subject = "visit:"  # whatever was typed there, it may be somebody's number
        return await self._acting.do(deed, subject, work, _refusals(code), reason=reason)


def _refusals(code: str) -> Refusals:
    return {
        WindowsBusy: lambda error, _now: sentences.REFUSED[error.code],
        WindowError: lambda error, now: board_views.refusal(error, code, now),
    }
