"""Keeps the windows' affairs in order while nobody asks.

Holds lapse and missed visits are settled; free seats are offered to who waits for them; people
are told what is due (a reminder, a freed place, a closure); the coming days are opened every
night. Any number of processes may do so at once: what is told is told by one of them.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

import structlog
from sqlalchemy import Connection, Select, insert, select

from actions.appointments.booking.notices import REMINDERS
from actions.appointments.service import Notice, Upkeep, Windows
from actions.dialogue.turn import Reply
from bot.messaging.dispatcher import forever
from bot.messaging.intake import PULLED, outbox_values
from bot.messaging.tables import Conversation, OutboxMessage
from store.clock import to_shanghai, utc_now
from store.database import Database

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 5.0
TELL_SECONDS = 2.0
DAILY_SECONDS = 60.0
BATCH = 100
TOGETHER = 20
"""Notices told in one transaction: a commit each would take minutes for an evening's reminders,
many at once would keep everybody else's writing waiting."""
APART = timedelta(seconds=0.1)
"""Pushed reminders go out so far apart: thousands are due in one minute, each is two messages with
its picture, and Telegram takes some 30 a second from us, the answers to who is writing among
them."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
"""Until a notice that could not be told is tried again: doubling from the first."""
NIGHT = timedelta(hours=2)
"""A day's nightly work begins so long after midnight, Asia/Shanghai."""


class Words(Protocol):
    """What says a notice: ``actions.appointments.chat.notices.notice_reply``. It writes nothing."""

    def __call__(self, notice: Notice, windows: Windows, *, now: datetime) -> Reply:
        """Return the reply that tells ``notice``."""


@dataclass(frozen=True)
class Later:
    """When a notice that failed is tried again, and how long that is after the failure."""

    at: datetime
    wait: timedelta


class UpkeepWorker:
    """The loops; ``told`` is called with each conversation in which something was said.

    ``lapsed`` counts holds and visits settled, ``offered`` seats offered to the waiting list that
    nobody had given up, ``notices`` what became of notices, by kind and outcome: told, dropped
    (overtaken, told elsewhere, or nobody to tell) or failed.
    """

    def __init__(self, database: Database, words: Words, told: Callable[[str], None]) -> None:
        self._database = database
        self._upkeep = Upkeep(database)
        self._windows = Windows(database)
        self._words = words
        self._told = told
        self._later: dict[int, Later] = {}
        self._next_reminder = datetime.min.replace(tzinfo=UTC)
        self._night: date | None = None
        self._loops: list[asyncio.Task[None]] = []
        self.swept_at: datetime | None = None
        self.lapsed = 0
        self.offered = 0
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
        """Release holds that ran out, settle visits nobody came to, offer what seats are free."""
        self.lapsed += await self._database.run(lambda: self._upkeep.sweep(now=now))
        self.offered += await self._database.run(lambda: self._upkeep.offer_free_seats(now=now))
        self.swept_at = now

    async def tell(self, now: datetime) -> None:
        """Tell everything that is due."""
        while len(due := await self._database.run(self._due, now)) > 0:
            for first in range(0, len(due), TOGETHER):
                await self._tell(due[first : first + TOGETHER], now)

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

    async def _tell(self, batch: Sequence[Notice], now: datetime) -> None:
        try:
            told = await self._database.run(self._hand_over, batch, now)
        except Exception:
            if len(batch) == 1:
                log.exception("notice not told", notice_id=batch[0].id, kind=batch[0].kind)
                self._put_off(batch[0], now)
                return
            # Whatever is wrong with one must not keep others from being told.
            for notice in batch:
                await self._tell([notice], now)
        else:
            self._note(batch, told)

    def _put_off(self, notice: Notice, now: datetime) -> None:
        before = self._later.get(notice.id)
        wait = min(2 * before.wait, LONGEST_WAIT) if before else FIRST_WAIT
        self._later[notice.id] = Later(now + wait, wait)
        self.notices[notice.kind, "failed"] += 1

    def _note(self, batch: Sequence[Notice], told: Collection[int]) -> None:
        for notice in batch:
            self._later.pop(notice.id, None)
            self.notices[notice.kind, "told" if notice.id in told else "dropped"] += 1
            if notice.id in told:
                self._told(notice.booking.owner)

    def _hand_over(self, batch: Sequence[Notice], now: datetime) -> set[int]:
        # The words are found first: the transaction is short, and void where they are stale.
        conversations = _conversations(notice.booking.owner for notice in batch)
        with self._database.read() as session:
            known = {row.id for row in session.execute(conversations)}
        replies = {
            notice.id: self._words(notice, self._windows, now=now)
            for notice in batch
            if notice.booking.owner in known
        }

        def settle(connection: Connection) -> set[int]:
            # The rows' locks order what is written into a conversation, as in ``handover``; all
            # are taken at once, sorted: two processes that tell the same people cannot cross.
            locked = connection.execute(conversations.with_for_update())
            channels = {row.id: row.channel for row in locked}
            hold = self._upkeep.settle(connection, *batch, now=now) & replies.keys()
            told = [n for n in batch if n.id in hold and n.booking.owner in channels]
            rows = [self._row(n, channels[n.booking.owner], replies[n.id], now) for n in told]
            if rows:
                connection.execute(insert(OutboxMessage), rows)
            return {notice.id for notice in told}

        return self._database.transact(settle)

    def _row(self, notice: Notice, channel: str, reply: Reply, now: datetime) -> dict[str, Any]:
        # That the conversation was active is not noted: an evening's reminders would hide from
        # staff who wrote.
        row = {**outbox_values(notice.booking.owner, channel, reply, now), "author": "bot"}
        if notice.kind in REMINDERS and channel not in PULLED:
            row["next_attempt_at"] = max(now, self._next_reminder)
            self._next_reminder = row["next_attempt_at"] + APART
        return row


def _conversations(owners: Iterable[str]) -> Select[str, str]:
    """Select who of ``owners`` has a conversation: people of the demo data have none."""
    return (
        select(Conversation.id, Conversation.channel)
        .where(Conversation.id.in_(set(owners)))
        .order_by(Conversation.id)
    )
