"""A member of staff at work: doing something, and why it could not be done."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

from nicegui import ui

from bot.console import sentences
from bot.console.deeds import account, do_recorded, record
from bot.console.guard import whose
from bot.console.permissions import Deed, may
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
        self.id = staff.id
        self._role = staff.role
        self._client = ui.context.client

    def may(self, *deeds: Deed) -> bool:
        """Tell whether to show what does these: what a role may not do is not on its pages."""
        return all(may(self._role, deed.permission) for deed in deeds)

    async def still_signed_in(self, *, afresh: bool = False) -> bool:
        """Tell whether the page's session goes on; if not, lead to the login.

        ``afresh`` asks the database, believing nothing that was read before.
        """
        staff = await whose(self._client, afresh=afresh)
        return staff is not None and staff.id == self.id

    async def do(
        self,
        deed: Deed,
        subject: str,
        work: Callable[[datetime], T],
        refusals: Refusals,
        *,
        reason: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> Done[T]:
        """Do ``work`` at the present moment, or tell why not; ``subject`` is the id of what.

        It is recorded; see ``do_recorded``.
        """
        if not await self.still_signed_in(afresh=True):
            return Done(refused=sentences.SIGNED_OUT)
        database, actor = services().database, account(self.id)
        if not self.may(deed):
            await database.run(record, database, actor, f"{deed.action}.not_permitted", subject)
            return Done(refused=sentences.NOT_PERMITTED)
        work_recorded = partial(
            do_recorded,
            *(database, actor, deed, subject, work),
            reason=reason,
            details=details,
        )
        try:
            return Done(await database.run(work_recorded))
        except tuple(refusals) as error:
            return Done(refused=_sentence(refusals, error, utc_now()))

    async def do_and_tell(
        self,
        deed: Deed,
        subject: str,
        work: Callable[[datetime], object],
        done: str,
        refusals: Refusals,
        *,
        details: Mapping[str, Any] | None = None,
    ) -> bool:
        """Do ``work`` and show ``done``, or why not; return whether it was done."""
        came = await self.do(deed, subject, work, refusals, details=details)
        if came.refused:
            ui.notify(came.refused, type="negative")
        else:
            ui.notify(done)
        return not came.refused


def conversation_subject(conversation_id: str) -> str:
    """Return what a conversation is called in the record: its id would be the person's key."""
    key = services().settings.key_for("audit subjects").encode()
    return "conversation:" + hmac.new(key, conversation_id.encode(), "sha256").hexdigest()[:24]


def _sentence(refusals: Refusals, error: Exception, now: datetime) -> str:
    return next(tell(error, now) for kind, tell in refusals.items() if isinstance(error, kind))
