"""Pushed replies go out in order, are retried, and one lame conversation stops no other."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.messaging import outbox
from bot.messaging.messages import Delivery, Incoming, RetryLater, Undeliverable
from bot.messaging.outbox import OutboxWorker
from bot.messaging.tables import OutboxMessage
from store.clock import utc_now
from store.database import Database
from tests.support.messaging import answer, take_in, vault


class Messenger:
    """A channel in memory that can be told to fail."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.failures: dict[str, list[Exception]] = {}
        self.stuck: dict[str, asyncio.Event] = {}

    async def send(self, delivery: Delivery) -> int:
        peer, (row,) = delivery.peer, delivery.rows
        if peer in self.stuck:
            await self.stuck[peer].wait()
        if self.failures.get(peer):
            raise self.failures[peer].pop(0)
        self.sent.append((peer, row.reply["text"]))
        return 0


def put(database: Database, peer: str, *texts: str) -> None:
    """Have a message of ``peer`` answered with ``texts``."""
    now = utc_now()
    take_in(database, Incoming("telegram", f"{peer}{texts}", peer, "?", now))
    answer(database, f"telegram:{peer}", *texts, now=now)


def statuses(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(OutboxMessage.status).order_by(OutboxMessage.id)))


async def until(happened: Callable[[], bool], seconds: float = 15) -> None:
    """Wait in a thread, so that the worker goes on, until ``happened()``."""

    def wait() -> None:
        deadline = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < deadline, "it did not happen"
            time.sleep(0.02)

    await asyncio.to_thread(wait)


async def until_done(database: Database, messenger: Messenger) -> None:
    """Let the worker work until nothing is pending."""
    worker = OutboxWorker(database, "telegram", messenger, vault(database))
    await worker.start()
    try:
        await until(lambda: "pending" not in statuses(database))
    finally:
        await worker.stop()


async def test_replies_go_out_in_order_and_once(database: Database) -> None:
    put(database, "a", "一", "二", "三")
    put(database, "b", "四")
    messenger = Messenger()
    await until_done(database, messenger)
    assert [text for peer, text in messenger.sent if peer == "a"] == ["一", "二", "三"]
    assert len(messenger.sent) == 4
    assert statuses(database) == ["sent"] * 4


async def test_a_retried_reply_keeps_its_place(database: Database) -> None:
    put(database, "a", "一", "二")
    messenger = Messenger()
    messenger.failures["a"] = [RetryLater(0.05), RetryLater(0.05)]
    await until_done(database, messenger)
    assert messenger.sent == [("a", "一"), ("a", "二")]


async def test_who_blocked_us_is_given_up(database: Database) -> None:
    put(database, "a", "一", "二")
    messenger = Messenger()
    messenger.failures["a"] = [Undeliverable("blocked")]
    await until_done(database, messenger)
    assert statuses(database) == ["dead", "sent"]


async def test_a_stuck_conversation_stops_no_other(database: Database) -> None:
    put(database, "a", "一")
    put(database, "b", "二", "三")
    messenger = Messenger()
    messenger.stuck["a"] = asyncio.Event()
    worker = OutboxWorker(database, "telegram", messenger, vault(database))
    await worker.start()
    try:
        await until(lambda: len(messenger.sent) == 2)
        messenger.stuck["a"].set()
        await until(lambda: "pending" not in statuses(database))
    finally:
        await worker.stop()
    assert messenger.sent == [("b", "二"), ("b", "三"), ("a", "一")]


@pytest.mark.parametrize("steps", range(6))
async def test_stopping_is_heeded_at_whatever_step_a_call_is(
    sqlite_database: Database, steps: int
) -> None:
    worker = OutboxWorker(sqlite_database, "telegram", Messenger(), vault(sqlite_database))
    await worker.start()
    await asyncio.sleep(0.1)
    worker.wake()
    for _ in range(steps):
        await asyncio.sleep(0)
    stopping = asyncio.create_task(worker.stop())
    done, _ = await asyncio.wait([stopping], timeout=10)
    stopping.cancel()
    assert done, "the loop goes on"


def test_a_claim_has_one_winner_and_runs_out(database: Database) -> None:
    put(database, "a", "一")
    now = utc_now()
    row = outbox.due(database, "telegram", now=now)[0]
    assert outbox.claim(database, row, now=now)
    assert not outbox.claim(database, row, now=now)
    assert outbox.due(database, "telegram", now=now) == []
    later = now + outbox.CLAIM + timedelta(seconds=1)
    assert [again.outbox_id for again in outbox.due(database, "telegram", now=later)] == [
        row.outbox_id
    ]
