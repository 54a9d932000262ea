"""What people are told unasked: every feature's due notices, brought to the outbox.

Any number of processes may do so at once: a notice is told by one of them, in the transaction
that marks it as told.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

import structlog
from sqlalchemy import Connection, Select, insert, select

from actions.dialogue.background import Notice, NoticeSource
from actions.dialogue.turn import Reply
from bot.messaging.outbox_rows import Pulled, outbox_values
from bot.messaging.tables import Conversation, OutboxMessage
from store.backoff import Backoff
from store.database import Database

log = structlog.get_logger(__name__)

BATCH = 100
TOGETHER = 20
"""Notices told in one transaction: a commit each would take minutes for an evening's reminders,
many at once would keep everybody else's writing waiting."""
APART = timedelta(seconds=0.1)
"""Paced notices go out so far apart: thousands are due in one minute, each is two messages with
its picture, and Telegram takes some 30 a second from us, the answers to who is writing among
them."""
AGAIN = Backoff(first=30.0, longest=3600.0)
"""Until a notice that could not be told is tried again."""


class Spacing:
    """The moments at which paced notices go out, ``APART``: one for the whole process."""

    def __init__(self) -> None:
        self._next = datetime.min.replace(tzinfo=UTC)
        self._lock = Lock()

    def next_moment(self, now: datetime) -> datetime:
        """Return the next free moment, ``now`` or later."""
        with self._lock:
            moment = max(now, self._next)
            self._next = moment + APART
        return moment


@dataclass(frozen=True)
class Later:
    """When a notice that failed is tried again, and how often it has failed."""

    at: datetime
    failures: int


class NoticeTeller:
    """Tells what one source has due; ``told`` is called with each conversation that was told.

    ``outcomes`` counts what became of notices, by kind and outcome: told, dropped (overtaken,
    told elsewhere, or nobody to tell) or failed.
    """

    def __init__(
        self,
        database: Database,
        source: NoticeSource,
        *,
        told: Callable[[str], None],
        pulled: Pulled,
        spacing: Spacing | None = None,
    ) -> None:
        self._database = database
        self._source = source
        self._told = told
        self._pulled = pulled
        self._spacing = spacing or Spacing()
        self._later: dict[int, Later] = {}
        self.outcomes: Counter[tuple[str, str]] = Counter()

    async def tell(self, now: datetime) -> None:
        """Tell everything that is due."""
        while len(due := await self._database.run(self._due, now)) > 0:
            for first in range(0, len(due), TOGETHER):
                await self._tell(due[first : first + TOGETHER], now)

    def _due(self, now: datetime) -> list[Notice]:
        # Those that failed are still due: they must not stand in the others' way.
        due = self._source.due(now=now, limit=BATCH + len(self._later))
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
        failures = 1 if before is None else before.failures + 1
        self._later[notice.id] = Later(now + timedelta(seconds=AGAIN.wait(failures)), failures)
        self.outcomes[notice.kind, "failed"] += 1

    def _note(self, batch: Sequence[Notice], told: Collection[int]) -> None:
        for notice in batch:
            self._later.pop(notice.id, None)
            self.outcomes[notice.kind, "told" if notice.id in told else "dropped"] += 1
            if notice.id in told:
                self._told(notice.conversation)

    def _hand_over(self, batch: Sequence[Notice], now: datetime) -> set[int]:
        # The words are found first: the transaction is short, and void where they are stale.
        conversations = _conversations(notice.conversation for notice in batch)
        with self._database.read() as session:
            known = {row.id for row in session.execute(conversations)}
        replies = {
            notice.id: self._source.reply(notice, now=now)
            for notice in batch
            if notice.conversation in known
        }

        def settle(connection: Connection) -> set[int]:
            # The rows' locks order what is written into a conversation, as in ``handover``; all
            # are taken at once, sorted: two processes that tell the same people cannot cross.
            locked = connection.execute(conversations.with_for_update())
            channels = {row.id: row.channel for row in locked}
            hold = self._source.settle(connection, *batch, now=now) & replies.keys()
            told = [n for n in batch if n.id in hold and n.conversation in channels]
            rows = [self._row(n, channels[n.conversation], replies[n.id], now) for n in told]
            if rows:
                connection.execute(insert(OutboxMessage), rows)
            return {notice.id for notice in told}

        return self._database.transact(settle)

    def _row(self, notice: Notice, channel: str, reply: Reply, now: datetime) -> dict[str, Any]:
        # That the conversation was active is not noted: an evening's reminders would hide from
        # staff who wrote.
        row = outbox_values(notice.conversation, channel, reply, now, pulled=self._pulled)
        if notice.kind in self._source.paced and channel not in self._pulled:
            row["next_attempt_at"] = self._spacing.next_moment(now)
        return {**row, "author": "bot"}


def _conversations(owners: Iterable[str]) -> Select[str, str]:
    """Select which of ``owners`` there are: people of the demo data have no conversation."""
    return (
        select(Conversation.id, Conversation.channel)
        .where(Conversation.id.in_(set(owners)))
        .order_by(Conversation.id)
    )
