"""Sends what push channels have in the outbox, with retries.

A row is claimed by moving its next attempt into the future, so that a sender killed in
between leaves it to be sent again: at least once, as no channel here offers more. A
conversation's replies go out in order: later ones wait behind one that is retried.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.orm import aliased

from actions.dialogue.turn import Reply
from bot.messaging.loops import forever
from bot.messaging.messages import RetryLater, Sender, Undeliverable
from bot.messaging.outbox_rows import told_text
from bot.messaging.tables import Conversation, OutboxMessage
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


def claim(database: Database, row: Due, *, now: datetime) -> bool:
    """Reserve a reply for this process; False when another one was quicker."""
    return _change(
        database,
        row,
        OutboxMessage.next_attempt_at <= now,
        attempts=row.attempts + 1,
        next_attempt_at=now + CLAIM,
    )


def told(database: Database, vault: Vault, row: Due) -> Reply | None:
    """Return a reply as its person reads it; None where it was deleted meanwhile."""
    with database.read() as session:
        stored = session.get(OutboxMessage, row.outbox_id)
        if stored is None:
            return None
        return {**stored.body, "text": told_text(session, vault, stored)}


def _change(database: Database, row: Due, *conditions: Any, **values: Any) -> bool:
    with database.write() as session:
        changed = rows_changed(
            session,
            update(OutboxMessage)
            .where(
                OutboxMessage.id == row.outbox_id, OutboxMessage.status == "pending", *conditions
            )
            .values(**values),
        )
        session.commit()
        return changed > 0


class OutboxWorker:
    """Pushes one channel's replies: each conversation's in order, many side by side."""

    def __init__(self, database: Database, channel: str, sender: Sender, vault: Vault) -> None:
        self._database = database
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
        if not await self._database.run(lambda: claim(self._database, row, now=utc_now())):
            return
        reply = await self._database.run(told, self._database, self._vault, row)
        if reply is None:
            return
        try:
            await self._sender.send(row.peer, row.outbox_id, reply)
        except RetryLater as error:
            await self._retry(row, error.seconds)
        except Undeliverable as error:
            log.warning("undeliverable", outbox_id=row.outbox_id, reason=str(error))
            await self._database.run(lambda: _change(self._database, row, status="dead"))
        else:
            await self._database.run(
                lambda: _change(self._database, row, status="sent", sent_at=utc_now())
            )

    async def _retry(self, row: Due, wish: float | None) -> None:
        if row.attempts + 1 >= MAX_ATTEMPTS:
            log.error("given up sending", outbox_id=row.outbox_id)
            await self._database.run(lambda: _change(self._database, row, status="dead"))
            return
        seconds = AGAIN.wait(row.attempts + 1) if wish is None else wish
        wait = timedelta(seconds=seconds)
        await self._database.run(
            lambda: _change(self._database, row, next_attempt_at=utc_now() + wait)
        )
