"""Sends what push channels have in the outbox, with retries.

A row is claimed by moving its next attempt into the future, so that a sender killed in
between leaves it to be sent again: at least once, as no channel here offers more. A
conversation's replies go out in order: later ones wait behind one that is retried.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.messaging.channels import allowance
from bot.messaging.channels.carrying import MOST_TOGETHER, as_told
from bot.messaging.loops import forever
from bot.messaging.messages import Delivery, NotNow, RetryLater, Sender, Undeliverable
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage, Reach
from store.backoff import Backoff
from store.clock import utc_now
from store.database import Database, rows_changed
from store.vault.vault import Vault

log = structlog.get_logger(__name__)

CLAIM = timedelta(seconds=60)
POLL_SECONDS = 1.0
SIDE_BY_SIDE = 25
"""Sends under way at once: Telegram allows a bot some 30 messages a second."""
MAX_ATTEMPTS = 30
LITTLE_ROOM = 3
"""Messages that may still be sent, below which answers that are coming are waited for."""
MOMENT, SOON, WAITED_FOR = timedelta(seconds=2), timedelta(seconds=5), timedelta(minutes=1)
MOST_MESSAGES = 2
"""Messages of one delivery where the messenger counts: the words, and a picture beside them."""
AGAIN = Backoff(first=1.0, longest=60.0)
"""Until a reply is sent again, where the channel has no wish of its own."""


@dataclass(frozen=True)
class Due:
    """A reply that may go out now."""

    outbox_id: int
    conversation_id: str
    attempts: int

    @property
    def peer(self) -> str:
        """The person's address within the channel."""
        return self.conversation_id.partition(":")[2]


def due(database: Database, channel: str, *, now: datetime, limit: int = 100) -> list[Due]:
    """Return the oldest unsent reply of each conversation of ``channel`` that may go now.

    The longest due come first. What is put off from the start, as reminders are that are due
    by thousands, keeps nothing else of its conversation waiting.
    """
    earlier = aliased(OutboxMessage)
    with database.read() as session:
        rows = session.execute(
            select(
                OutboxMessage.id,
                OutboxMessage.conversation_id,
                OutboxMessage.attempts,
            )
            .join(Conversation, Conversation.id == OutboxMessage.conversation_id)
            .where(
                OutboxMessage.status == "pending",
                OutboxMessage.next_attempt_at <= now,
                Conversation.channel == channel,
                ~select(earlier.id)
                .where(
                    earlier.conversation_id == OutboxMessage.conversation_id,
                    earlier.status == "pending",
                    or_(earlier.attempts > 0, earlier.next_attempt_at <= now),
                    earlier.id < OutboxMessage.id,
                )
                .exists(),
            )
            # The index's own order: thousands may be due, and only the first are wanted.
            .order_by(OutboxMessage.next_attempt_at)
            .limit(limit)
        )
        return [Due(row.id, row.conversation_id, row.attempts) for row in rows]


@dataclass(frozen=True)
class Claimed:
    """What one process sends now: its rows, and what was taken of the conversation's allowance."""

    first: Due
    ids: tuple[int, ...]
    at: datetime
    taken: int = 0
    room: int | None = None
    granted_at: datetime | None = None
    context: str | None = None


def claim(database: Database, row: Due, *, now: datetime, counted: bool = False) -> Claimed | None:
    """Reserve a reply for this process; None when another one was quicker.

    Where the messenger counts, what else is due in the conversation goes along, and what may be
    sent is spent here and now: two messages at most, for a picture beside the words.
    """
    with database.write() as session:
        reach = allowance.lock(session, row.conversation_id) if counted else None
        if reach is not None and _waits(session, row, reach, now):
            session.commit()
            return None
        ids = [row.outbox_id]
        if counted:
            ids += _following(session, row, now)
        claimed = session.scalars(
            update(OutboxMessage)
            .where(
                OutboxMessage.id.in_(ids),
                OutboxMessage.status == "pending",
                OutboxMessage.next_attempt_at <= now,
            )
            .values(attempts=OutboxMessage.attempts + 1, next_attempt_at=now + CLAIM)
            .returning(OutboxMessage.id)
        ).all()
        if row.outbox_id not in claimed:
            return None
        taken = min(allowance.room(reach, now), MOST_MESSAGES) if counted else 0
        if reach is not None:
            allowance.take(reach, taken, now)
        session.commit()
        return Claimed(
            row,
            tuple(sorted(claimed)),
            now,
            taken,
            taken if counted else None,
            reach.granted_at if reach else None,
            reach.context if reach else None,
        )


def _waits(session: Session, row: Due, reach: Reach, now: datetime) -> bool:
    """Put a reply off for a moment where others are to go before it, or along with it.

    An earlier one may wait for the open request of its message. Where little may be sent, answers
    that are coming become one message with it; a minute later it goes by itself: whoever answers
    may be away.
    """
    earlier = select(func.max(OutboxMessage.next_attempt_at)).where(
        OutboxMessage.conversation_id == row.conversation_id,
        OutboxMessage.status == "pending",
        OutboxMessage.attempts == 0,
        OutboxMessage.id < row.outbox_id,
        OutboxMessage.next_attempt_at.between(now, now + SOON),
    )
    at = session.scalar(earlier)
    unsure: tuple[Any, ...] = ()
    if at is None:
        if not 0 < allowance.room(reach, now) <= LITTLE_ROOM:
            return False
        at, coming = (
            now + MOMENT,
            select(InboxMessage.id).where(
                InboxMessage.conversation_id == row.conversation_id,
                InboxMessage.status == "pending",
            ),
        )
        unsure = (coming.exists(), OutboxMessage.created_at > now - WAITED_FOR)
    put_off = (
        update(OutboxMessage)
        .where(OutboxMessage.id == row.outbox_id, OutboxMessage.attempts == 0, *unsure)
        .values(next_attempt_at=at)
    )
    return rows_changed(session, put_off) > 0


def _following(session: Session, row: Due, now: datetime) -> list[int]:
    """Return what is due behind a reply in its conversation."""
    later = (
        select(OutboxMessage.id)
        .where(
            OutboxMessage.conversation_id == row.conversation_id,
            OutboxMessage.status == "pending",
            OutboxMessage.next_attempt_at <= now,
            # A repeat carries what the first attempt carried, neither more nor less.
            OutboxMessage.attempts == row.attempts,
            OutboxMessage.id > row.outbox_id,
        )
        .order_by(OutboxMessage.id)
        .limit(MOST_TOGETHER - 1)
    )
    return list(session.scalars(later))


def delivery_of(database: Database, vault: Vault, claimed: Claimed) -> Delivery | None:
    """Return what is sent, as its person reads it; None where it was deleted meanwhile."""
    with database.read() as session:
        stored = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.id.in_(claimed.ids))
            .order_by(OutboxMessage.id)
        ).all()
        rows = as_told(session, vault, stored)
    if not rows:
        return None
    first = claimed.first
    return Delivery(first.peer, rows, claimed.room, claimed.context, first.attempts + 1)


def settle(database: Database, claimed: Claimed, *, unspent: int = 0, **values: Any) -> None:
    """Note what became of what was claimed, and give back what was not ``spent`` of it."""
    with database.write() as session:
        if claimed.granted_at is not None:
            # The ledger first, then the rows: as whoever claims locks them.
            conversation = claimed.first.conversation_id
            reach = allowance.lock(session, conversation)
            if reach is not None:
                allowance.taken(reach, claimed.at, claimed.taken - unspent, utc_now())
                session.flush()
            allowance.give_back(session, conversation, unspent, claimed.granted_at)
        _set(session, claimed, values)
        session.commit()


def hold(database: Database, claimed: Claimed, *, lost: str | None, now: datetime) -> None:
    """Keep what was claimed until the person acts, without a further attempt.

    What they did while it was being sent lets it go at once.
    """
    with database.write() as session:
        conversation = claimed.first.conversation_id
        reach = allowance.lock(session, conversation)
        if reach is not None:
            allowance.taken(reach, claimed.at, 0, now)
            session.flush()
        if reach is not None and reach.granted_at != claimed.granted_at:
            _set(session, claimed, {"next_attempt_at": now, "attempts": 0})
        else:
            _set(session, claimed, {"status": "held", "attempts": 0})
            allowance.close(session, conversation, claimed.granted_at, lost=lost)
        session.commit()


def _set(session: Session, claimed: Claimed, values: dict[str, Any]) -> None:
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(claimed.ids), OutboxMessage.status == "pending")
        .values(**values)
    )


class OutboxWorker:
    """Pushes one channel's replies: each conversation's in order, many side by side."""

    def __init__(
        self,
        database: Database,
        channel: str,
        sender: Sender,
        vault: Vault,
        *,
        counted: bool = False,
        trouble: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._database = database
        self._counted = counted
        self._tell = trouble
        self._vault = vault
        self._channel = channel
        self._sender = sender
        self._wake = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self._sending: dict[str, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Begin to send."""
        self._loop = asyncio.create_task(forever(self._round, 0))

    async def stop(self) -> None:
        """Stop; a reply under way may be sent again at the next start."""
        tasks = [*self._sending.values(), *([self._loop] if self._loop else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    async def _round(self) -> None:
        self._wake.clear()
        free = SIDE_BY_SIDE - len(self._sending)
        for row in await self._due():
            if free > 0 and row.conversation_id not in self._sending:
                free -= 1
                task = asyncio.create_task(self._send(row))
                self._sending[row.conversation_id] = task
                task.add_done_callback(partial(self._sent, row))
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL_SECONDS):
                await self._wake.wait()

    def _sent(self, row: Due, task: asyncio.Task[None]) -> None:
        del self._sending[row.conversation_id]
        if not task.cancelled() and task.exception() is not None:
            # The row keeps its claim and is tried again when that has run out.
            log.error("sending failed", outbox_id=row.outbox_id, exc_info=task.exception())
        else:
            self.wake()

    async def _due(self) -> Sequence[Due]:
        return await self._database.run(lambda: due(self._database, self._channel, now=utc_now()))

    async def _send(self, row: Due) -> None:
        claimed = await self._database.run(
            lambda: claim(self._database, row, now=utc_now(), counted=self._counted)
        )
        if claimed is None:
            return
        delivery = await self._database.run(delivery_of, self._database, self._vault, claimed)
        if delivery is None:
            return
        try:
            spent = await self._sender.send(delivery)
        except RetryLater as error:
            self._tell(error.reason)
            await self._retry(claimed, error)
        except NotNow as error:
            self._tell(error.reason)
            lost = error.reason if error.lost else None
            await self._database.run(
                lambda: hold(self._database, claimed, lost=lost, now=utc_now())
            )
        except Undeliverable as error:
            self._tell(str(error))
            log.warning("undeliverable", outbox_id=row.outbox_id, reason=str(error))
            await self._settle(claimed, status="dead")
        else:
            await self._settle(
                claimed, unspent=claimed.taken - spent, status="sent", sent_at=utc_now()
            )

    async def _settle(self, claimed: Claimed, unspent: int = 0, **values: Any) -> None:
        await self._database.run(lambda: settle(self._database, claimed, unspent=unspent, **values))

    async def _retry(self, claimed: Claimed, error: RetryLater) -> None:
        attempts = claimed.first.attempts + 1
        unspent = claimed.taken if error.untaken else 0
        if attempts >= MAX_ATTEMPTS and not error.patient:
            log.error("given up sending", outbox_id=claimed.first.outbox_id)
            await self._settle(claimed, unspent, status="dead")
            return
        seconds = AGAIN.wait(attempts) if error.seconds is None else error.seconds
        await self._settle(claimed, unspent, next_attempt_at=utc_now() + timedelta(seconds=seconds))
