"""Tells long-polling readers of new replies, whoever wrote them: bot, staff, another replica.

One query a second for the whole process, however many people have the page open.
"""

import asyncio
from collections import defaultdict

from sqlalchemy import func, select

from bot.messaging.loops import forever
from bot.messaging.tables import OutboxMessage
from bot.messaging.transcripts import TranscriptLine, replies_after
from store.database import Database
from store.vault.vault import Vault

LOOK_SECONDS = 1.0
MANY = 1000


class News:
    """Who waits for words in which conversation."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._seen = 0
        self._loop: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to watch the outbox."""
        self._seen = await self._database.run(newest_reply, self._database)
        self._loop = asyncio.create_task(forever(self._look, LOOK_SECONDS))

    async def stop(self) -> None:
        """Stop watching."""
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)

    async def after(self, conversation_id: str, after: int, *, wait: float) -> list[TranscriptLine]:
        """Return replies newer than ``after``, waiting up to ``wait`` seconds for the first."""
        told = asyncio.Event()
        self._waiting[conversation_id].add(told)
        try:
            lines = await self._read(conversation_id, after)
            if lines or wait <= 0:
                return lines
            try:
                async with asyncio.timeout(wait):
                    await told.wait()
            except TimeoutError:
                return []
            return await self._read(conversation_id, after)
        finally:
            self._waiting[conversation_id].discard(told)
            if not self._waiting[conversation_id]:
                del self._waiting[conversation_id]

    async def _read(self, conversation_id: str, after: int) -> list[TranscriptLine]:
        return await self._database.run(
            replies_after, self._database, self._vault, conversation_id, after
        )

    def tell(self, conversation_id: str) -> None:
        """Wake everybody who waits in a conversation."""
        for told in self._waiting.get(conversation_id, ()):
            told.set()

    async def _look(self) -> None:
        new = await self._database.run(replies_since, self._database, self._seen)
        for outbox_id, conversation_id in new:
            self._seen = max(self._seen, outbox_id)
            self.tell(conversation_id)


def newest_reply(database: Database) -> int:
    """Return the greatest outbox id, 0 when there is none."""
    with database.read() as session:
        return session.scalar(select(func.max(OutboxMessage.id))) or 0


def replies_since(database: Database, seen: int) -> list[tuple[int, str]]:
    """Return id and conversation of the next rows behind ``seen``, oldest first."""
    with database.read() as session:
        rows = session.execute(
            select(OutboxMessage.id, OutboxMessage.conversation_id)
            .where(OutboxMessage.id > seen)
            .order_by(OutboxMessage.id)
            .limit(MANY)
        )
        return [(row.id, row.conversation_id) for row in rows]
