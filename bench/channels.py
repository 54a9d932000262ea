"""``zhida bench turn --channels``: what taking a message in costs, and whether a burst drains.

Ours and a bare insert into the same table take turns at a steady pace, while turns are worked on
the same database, so that both meet the same moods; what counts is the ratio. Every tenth of ours
comes by the bridge's door, from the signed request to the 200. Then a burst of messages comes at
once, is answered by an echo in place of Rasa, and goes out by the outbox.
"""

import asyncio
import itertools
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import create_engine, insert, select, text

from actions.dialogue.turn import Reply
from actions.features import FEATURES
from bench import door, postgres
from bot.messaging import answers, intake, leases
from bot.messaging.dispatcher import Dispatcher
from bot.messaging.messages import Delivery, Grant, Incoming
from bot.messaging.outbox import OutboxWorker
from bot.messaging.rasa import RasaAnswer
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage
from store.clock import utc_now
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings
from store.vault.vault import Vault

PACE = 200
"""Messages a second."""
SECONDS = 10
BURST = 5000
PEOPLE = 500
WORKERS = 16
TURNS = ("ours", "bare", "ours", "bare", "door", "bare", "ours", "bare", "ours", "bare")
FIVE = Grant(5, timedelta(hours=48))
_number = itertools.count()


def run(progress: Callable[[str], None]) -> dict[str, Any]:
    """Measure on SQLite and, where it is installed, on PostgreSQL."""
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="zhida-bench-") as folder:
        for name, database in _databases(Path(folder)):
            vault = Vault.over(database, Settings(_env_file=None, var_dir=Path(folder)))
            progress(f"{name}：每秒 {PACE} 条，{SECONDS} 秒……")
            taken = _paced(database, vault)
            progress(f"{name}：一下子来 {BURST} 条……")
            figures[name] = {**taken, "burst": asyncio.run(_burst(database, vault))}
    return figures


def _databases(folder: Path) -> Iterator[tuple[str, Database]]:
    yield from _opened("sqlite", f"sqlite:///{folder / 'bench.db'}")
    if postgres.binaries() is None:
        return
    with postgres.cluster() as url:
        engine = create_engine(f"{url}/postgres", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
        engine.dispose()
        yield from _opened("postgresql", f"{url}/bench")


def _opened(name: str, url: str) -> Iterator[tuple[str, Database]]:
    database = Database(url)
    upgrade(database)
    yield name, database
    database.close()


def _incoming(number: int, now: Any) -> Incoming:
    peer = f"p{number % PEOPLE}"
    return Incoming("bench", f"k{number}", peer, f"第{number}句", now, grant=FIVE)


def _bare(database: Database, number: int) -> None:
    """Store as little of a message as the table takes."""
    now = utc_now()
    values = {"channel": "bare", "key": f"k{number}", "conversation_id": "bench:p0", "text": "一句"}
    with database.write() as session:
        session.execute(
            insert(InboxMessage).values(
                **values, status="done", next_attempt_at=now, received_at=now
            )
        )
        session.commit()


def _paced(database: Database, vault: Vault) -> dict[str, Any]:
    for _ in range(PEOPLE):
        intake.accept(database, _incoming(next(_number), utc_now()), vault)
    times: dict[str, list[float]] = {"ours": [], "bare": [], "door": []}

    with _worked(database) as turns, door.opened(database) as post, _pool() as pool:
        kinds: dict[str, Callable[[int], object]] = {
            "ours": lambda number: intake.accept(database, _incoming(number, utc_now()), vault),
            "bare": lambda number: _bare(database, number),
            "door": lambda number: post(f"d{number % PEOPLE}", f"k{number}", f"第{number}句"),
        }

        def timed(name: str, due: float) -> None:
            time.sleep(max(due - time.perf_counter(), 0))
            began = time.perf_counter()
            kinds[name](next(_number))
            times[name].append((time.perf_counter() - began) * 1000)

        begun = time.perf_counter()
        works = [
            pool.submit(timed, TURNS[number % len(TURNS)], begun + number / PACE)
            for number in range(PACE * SECONDS)
        ]
        for work in works:
            work.result()
        spent = time.perf_counter() - begun
    ours, bare, at_door = (quantiles(times[name], n=100) for name in ("ours", "bare", "door"))
    return {
        "per_second": round(PACE * SECONDS / spent, 1),
        "turns_per_second": round(turns[0] / spent, 1),
        "ours_p50": round(median(times["ours"]), 2),
        "bare_p50": round(median(times["bare"]), 2),
        "ours_p99": round(ours[98], 2),
        "bare_p99": round(bare[98], 2),
        "door_p50": round(median(times["door"]), 2),
        "door_p99": round(at_door[98], 2),
        "p99_ratio": round(ours[98] / bare[98], 2),
        "door_p99_ratio": round(at_door[98] / bare[98], 2),
        "n": len(times["ours"]),
        "door_n": len(times["door"]),
    }


def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(WORKERS)


@contextmanager
def _worked(database: Database) -> Iterator[list[int]]:
    """Answer what waits, one turn after the other, until the block ends; count them."""
    ends, done = threading.Event(), [0]

    def work() -> None:
        while not ends.is_set():
            waiting = leases.waiting_conversations(database, now=utc_now(), limit=20)
            for conversation in waiting:
                message = leases.claim(database, conversation, "bench", now=utc_now())
                if message is not None:
                    _finish(database, message)
                    done[0] += 1
                if ends.is_set():
                    return
            ends.wait(0.02)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield done
    finally:
        ends.set()
        worker.join()


def _finish(database: Database, message: leases.ClaimedMessage) -> None:
    answers.finish(
        database, message, "bench", replies=[_reply("好")], nlu=None, now=utc_now(), pulled=()
    )


def _reply(said: str) -> Reply:
    return {"text": said, "buttons": [], "image": None, "data": None}


class _Echo:
    """Answers as Rasa would, at once."""

    async def turn(self, *, text: str, **_: Any) -> RasaAnswer:
        return RasaAnswer((_reply(text),), {})


async def _burst(database: Database, vault: Vault) -> dict[str, Any]:
    before = _resident()
    first = next(_number)
    begun = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        arrived = [_incoming(first + number, utc_now()) for number in range(BURST)]
        list(pool.map(lambda one: intake.accept(database, one, vault), arrived))
    for _ in range(BURST):
        next(_number)
    taken = time.perf_counter() - begun
    told = _Told()
    outbox = OutboxWorker(database, "bench", told, vault)
    dispatcher = Dispatcher(
        database,
        _Echo(),  # type: ignore[arg-type]
        port=0,
        notice_after=1e6,
        finished=lambda *_: outbox.wake(),
        gave_up=lambda _: _reply(""),
        intents=frozenset(FEATURES.intents),
        values=FEATURES.values,
        pulled=(),
    )
    begun = time.perf_counter()
    await dispatcher.start()
    await outbox.start()
    while await database.run(_left, database):  # noqa: ASYNC110 - threads drain it, too
        await asyncio.sleep(0.2)
    drained = time.perf_counter() - begun
    await dispatcher.stop()
    await outbox.stop()
    return {
        "messages": BURST,
        "taken_seconds": round(taken, 1),
        "drained_seconds": round(drained, 1),
        "in_order": _in_order(database) and told.in_order,
        "sent": told.count,
        "more_mb": round((_resident() - before) / 1e6),
    }


class _Told:
    """Takes replies as a messenger would, at once; watches each conversation's order."""

    def __init__(self) -> None:
        self.count, self.in_order = 0, True
        self._last: dict[str, int] = {}

    async def send(self, delivery: Delivery) -> int:
        number = delivery.rows[0].id
        self.in_order = self.in_order and self._last.get(delivery.peer, 0) < number
        self._last[delivery.peer] = number
        self.count += 1
        return 0


def _left(database: Database) -> bool:
    """Whether anything waits to be answered or sent."""
    waiting = [
        select(rows.id)
        .join(Conversation, Conversation.id == rows.conversation_id)
        .where(rows.status == "pending", Conversation.channel == "bench")
        .limit(1)
        for rows in (InboxMessage, OutboxMessage)
    ]
    with database.read() as session:
        return any(session.scalar(each) is not None for each in waiting)


def _in_order(database: Database) -> bool:
    """Whether every conversation's answers stand in the order of its messages, each once."""
    rows = (
        select(OutboxMessage.conversation_id, OutboxMessage.inbox_id)
        .where(OutboxMessage.author == "bot")
        .order_by(OutboxMessage.id)
    )
    last: dict[str, int] = {}
    with database.read() as session:
        for conversation, inbox_id in session.execute(rows):
            if inbox_id <= last.get(conversation, 0):
                return False
            last[conversation] = inbox_id
    return True


def _resident() -> int:
    """Return the most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def table(figures: dict[str, Any]) -> str:
    """Return the figures as lines for a person."""
    return "\n".join(
        f"{name}：收下 p50 {row['ours_p50']} 毫秒、p99 {row['ours_p99']}，"
        f"只插一行 {row['bare_p50']}、{row['bare_p99']}，p99 是 {row['p99_ratio']} 倍；"
        f"从桥接的门进来 p99 {row['door_p99']}，是 {row['door_p99_ratio']} 倍；"
        f"每秒 {row['per_second']} 条，同时答 {row['turns_per_second']} 条；"
        f"{row['burst']['messages']} 条用 {row['burst']['taken_seconds']} 秒收下、"
        f"{row['burst']['drained_seconds']} 秒答完发出，"
        f"{'次序没乱' if row['burst']['in_order'] else '次序乱了'}，"
        f"内存多 {row['burst']['more_mb']} MB"
        for name, row in figures.items()
    )
