"""Keeps the windows' affairs in order while nobody asks.

Holds lapse and missed visits are settled; people are told what is due (a reminder, a freed
place, a closure); the coming days are opened every night. Any number of processes may do so
at once: what is told is told by one of them.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

import structlog
from sqlalchemy import Connection, insert, select

from actions.windows.service import Notice, Upkeep, Windows
from bot.pipeline.dispatcher import forever
from bot.pipeline.inbox import outbox_values
from bot.pipeline.messages import Reply
from bot.pipeline.tables import Conversation, OutboxMessage
from store.clock import to_shanghai, utc_now
from store.database import Database

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 5.0
TELL_SECONDS = 2.0
DAILY_SECONDS = 60.0
BATCH = 100
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
"""Until a notice that could not be told is tried again: doubling from the first."""
NIGHT = timedelta(hours=2)
"""A day's nightly work begins so long after midnight, Asia/Shanghai."""


class Words(Protocol):
    """What says a notice: ``actions.server.notices.notice_reply``. It writes nothing."""

    def __call__(self, notice: Notice, windows: Windows, *, now: datetime) -> Reply:
        """Return the reply that tells ``notice``."""


@dataclass(frozen=True)
class Later:
    """When a notice that failed is tried again, and how long that is after the failure."""

    at: datetime
    wait: timedelta


class UpkeepWorker:
    """The loops; ``told`` is called with each conversation in which something was said.

    ``lapsed`` counts holds and visits settled, ``notices`` what became of notices, by kind
    and outcome: told, dropped (overtaken, told elsewhere, or nobody to tell) or failed.
    """

    def __init__(self, database: Database, words: Words, told: Callable[[str], None]) -> None:
        self._database = database
        self._upkeep = Upkeep(database)
        self._windows = Windows(database)
        self._words = words
        self._told = told
        self._later: dict[int, Later] = {}
        self._night: date | None = None
        self._loops: list[asyncio.Task[None]] = []
        self.swept_at: datetime | None = None
        self.lapsed = 0
        self.notices: Counter[tuple[str, str]] = Counter()

    async def start(self) -> None:
        """Begin."""
        self._loops = [
            asyncio.create_task(forever(lambda: self.sweep(utc_now()), SWEEP_SECONDS)),
            asyncio.create_task(forever(lambda: self.tell(utc_now()), TELL_SECONDS)),
            asyncio.create_task(forever(lambda: self.nightly(utc_now()), DAILY_SECONDS)),
        ]

    async def stop(self) -> None:
        """Stop; what is not done is done by the next process."""
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)

    async def sweep(self, now: datetime) -> None:
        """Release holds that ran out, settle visits nobody came to."""
        self.lapsed += await self._database.run(lambda: self._upkeep.sweep(now=now))
        self.swept_at = now

    async def tell(self, now: datetime) -> None:
        """Tell everything that is due."""
        while len(due := await self._database.run(self._due, now)) > 0:
            for notice in due:
                outcome = await self._tell(notice, now)
                self.notices[notice.kind, outcome] += 1

    async def nightly(self, now: datetime) -> None:
        """Once a night, and at the first call: learn from the visits, open the coming days."""
        night = (to_shanghai(now) - NIGHT).date()
        if night == self._night:
            return
        learned = await self._database.run(lambda: self._upkeep.learn(now=now))
        opened = await self._database.run(lambda: self._upkeep.open_days(now=now))
        self._night = night
        log.info("days opened", slots=opened, service_times=learned)

    def _due(self, now: datetime) -> list[Notice]:
        # Those that failed are still due: they must not stand in the others' way.
        due = self._upkeep.due_notices(now=now, limit=BATCH + len(self._later))
        failed = {n.id: self._later[n.id] for n in due if n.id in self._later}
        self._later = failed  # what others have told since is forgotten
        return [n for n in due if n.id not in failed or failed[n.id].at <= now]

    async def _tell(self, notice: Notice, now: datetime) -> str:
        try:
            told = await self._database.run(self._hand_over, notice, now)
        except Exception:
            # Whatever is wrong with one must not keep others from being told.
            log.exception("notice not told", notice_id=notice.id, kind=notice.kind)
            before = self._later.get(notice.id)
            wait = min(2 * before.wait, LONGEST_WAIT) if before else FIRST_WAIT
            self._later[notice.id] = Later(now + wait, wait)
            return "failed"
        self._later.pop(notice.id, None)
        if told:
            self._told(notice.booking.owner)
        return "told" if told else "dropped"

    def _hand_over(self, notice: Notice, now: datetime) -> bool:
        # The words are found first: the transaction is short, and void where they are stale.
        known = _is_known(self._database, notice.booking.owner)
        reply = self._words(notice, self._windows, now=now) if known else None

        def settle(connection: Connection) -> bool:
            holds = self._upkeep.settle(connection, notice, now=now)
            return holds and reply is not None and _say(connection, notice, reply, now)

        return self._database.transact(settle)


def _is_known(database: Database, conversation_id: str) -> bool:
    """Tell whether there is such a conversation: people of the demo data have none."""
    with database.read() as session:
        return session.get(Conversation, conversation_id) is not None


def _say(connection: Connection, notice: Notice, reply: Reply, now: datetime) -> bool:
    # The row's lock orders what is written into one conversation, as in ``handover``. That
    # it was active is not noted: an evening's reminders would hide from staff who wrote.
    conversation_id = notice.booking.owner
    channel = connection.scalar(
        select(Conversation.channel).where(Conversation.id == conversation_id).with_for_update()
    )
    if channel is None:
        return False
    connection.execute(
        insert(OutboxMessage).values(
            **outbox_values(conversation_id, channel, reply, now), author="bot"
        )
    )
    return True
