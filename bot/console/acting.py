"""A member of staff at work: doing something, and why it could not be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from nicegui import ui

from bot.console import sentences
from bot.console.guard import whose
from bot.console.services import services
from bot.console.tables import Staff
from store.clock import utc_now

T = TypeVar("T")

Refusals = Mapping[type[Exception], Callable[[Any, datetime], str]]
"""By kind of error the sentence that tells it, made of the error and the moment.

The first kind that fits counts. An error of no such kind is a fault of ours and goes up.
"""


@dataclass(frozen=True)
class Done(Generic[T]):
    """What came of it: ``value``, or the sentence that tells why it was ``refused``."""

    value: T | None = None
    refused: str = ""


class ActingStaff:
    """Does blocking work in a worker thread, in the name of somebody still signed in.

    Made while a page is drawn: it acts in the session in which that page was asked for.
    """

    def __init__(self, staff: Staff) -> None:
        self.name = staff.name
        self._id = staff.id
        self._client = ui.context.client

    async def still_signed_in(self, *, afresh: bool = False) -> bool:
        """Tell whether the page's session goes on; if not, lead to the login.

        ``afresh`` asks the database, believing nothing that was read before.
        """
        staff = await whose(self._client, afresh=afresh)
        return staff is not None and staff.id == self._id

    async def do(self, work: Callable[[datetime], T], refusals: Refusals) -> Done[T]:
        """Do ``work`` at the present moment, or tell why not."""
        if not await self.still_signed_in(afresh=True):
            return Done(refused=sentences.SIGNED_OUT)
        now = utc_now()
        try:
            return Done(await services().database.run(work, now))
        except tuple(refusals) as error:
            return Done(refused=_sentence(refusals, error, now))

    async def do_and_tell(
        self, work: Callable[[datetime], object], done: str, refusals: Refusals
    ) -> bool:
        """Do ``work`` and show ``done``, or why not; return whether it was done."""
        came = await self.do(work, refusals)
        if came.refused:
            ui.notify(came.refused, type="negative")
        else:
            ui.notify(done)
        return not came.refused


def _sentence(refusals: Refusals, error: Exception, now: datetime) -> str:
    return next(tell(error, now) for kind, tell in refusals.items() if isinstance(error, kind))
