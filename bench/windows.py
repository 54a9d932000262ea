"""``zhida bench windows``: holding, offering and planning, each beside its bare counterpart.

Ours and the bare one take turns within one run, so that the machine's moods meet both alike;
what counts is the ratio. Then the same again with a long history in the table.
"""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import asyncpg
import typer
from sqlalchemy import create_engine, text

from actions.appointments.service import Appointments, VisitWish
from actions.appointments.staggering.day import Group, HallDay
from actions.appointments.staggering.planner import plan_day
from bench import city, postgres
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings

CLIENTS = 32
ROUNDS = 3
OFFERS = 200
PLANS = 7
SEED = 20
BIG_HALL = HallDay(
    sessions=((540, 690), (810, 990)),
    groups=tuple(Group(windows, 12.0, 8.0, windows * 5.0) for windows in (14, 10, 8, 5, 3)),
    cap=120,
)
"""A hall-day of 40 windows."""

Bare = Callable[[float], float]
"""Runs the bare counterpart for so many seconds and returns how many a second it did."""

_numbers = count()


@dataclass(frozen=True)
class Holds:
    """What clients got out of holding for a while: per second, and how long each hold took."""

    per_second: float
    seconds: list[float]
    fewest: int
    """How many holds the slowest client got."""


def run(
    settings: Settings,
    progress: Callable[[str], None],
    seconds: Annotated[float, typer.Option(min=0.2, help="每段测几秒。")] = 4.0,
    history: Annotated[int, typer.Option(min=1, help="后半段表里有多少条历史预约。")] = 2_000_000,
) -> dict[str, Any]:
    """Measure everything; ``history`` bookings are put into the table for the second half."""
    del settings
    result: dict[str, Any] = {
        "clients": CLIENTS,
        "seconds": seconds,
        "history": history,
        "plan_40_windows_ms": _plan_ms(),
    }
    with _sqlite() as (database, bare):
        result["sqlite"] = _on(database, bare, seconds, history, progress, "SQLite")
    if postgres.binaries() is None:
        result["postgresql"] = None
        progress("没有 PostgreSQL，跳过。")
        return result
    with _postgresql() as (database, bare):
        result["postgresql"] = _on(database, bare, seconds, history, progress, "PostgreSQL")
    return result


def _on(
    database: Database,
    bare: Bare,
    seconds: float,
    history: int,
    progress: Callable[[str], None],
    name: str,
) -> dict[str, Any]:
    progress(f"{name}：{city.HALLS} 个大厅、{city.DAYS} 天的时段……")
    slots = city.build(database, SEED)
    empty = _measure(database, bare, slots, seconds)
    progress(f"{name}：再放入 {history} 条历史预约……")
    city.add_history(database, history, SEED)
    full = _measure(database, bare, slots, seconds)
    return {
        "empty": empty,
        "full": full,
        "slower": {
            # Per bare one, since the machine's mood differs between the two halves.
            "holds": round(empty["holds"]["ratio"] / full["holds"]["ratio"], 2),
            "offer_p50": round(full["offer_ms"]["p50"] / empty["offer_ms"]["p50"], 2),
            "offer_p95": round(full["offer_ms"]["p95"] / empty["offer_ms"]["p95"], 2),
        },
    }


def _measure(database: Database, bare: Bare, slots: list[int], seconds: float) -> dict[str, Any]:
    _hold_for(database, slots, 1.0)
    bare(0.5)
    plain, ours = [], []
    for _ in range(ROUNDS):
        plain.append(bare(seconds))
        ours.append(_hold_for(database, slots, seconds))
    waits = sorted(spent for holds in ours for spent in holds.seconds)
    return {
        "holds": {
            "bare_per_second": round(median(plain)),
            "ours_per_second": round(median(holds.per_second for holds in ours)),
            "ratio": round(
                median(mine.per_second / its for mine, its in zip(ours, plain, strict=True)), 3
            ),
            "p50_ms": round(_at(waits, 0.5) * 1000, 1),
            "p99_ms": round(_at(waits, 0.99) * 1000, 1),
            "longest_ms": round(waits[-1] * 1000, 1),
            "fewest_of_a_client": min(holds.fewest for holds in ours),
        },
        "offer_ms": _offers(database),
    }


def _hold_for(database: Database, slots: list[int], seconds: float) -> Holds:
    windows = Appointments(database)
    end = time.perf_counter() + seconds

    def client(_: int) -> list[float]:
        spent: list[float] = []
        while (began := time.perf_counter()) < end:
            number = next(_numbers)
            windows.hold(
                owner=f"bench:{number}",
                slot_id=slots[number % len(slots)],
                business=city.business_name(number),
                request_key="hold",
                now=city.NOW,
            )
            spent.append(time.perf_counter() - began)
        return spent

    with ThreadPoolExecutor(CLIENTS) as pool:
        each = list(pool.map(client, range(CLIENTS)))
    everything = [spent for own in each for spent in own]
    return Holds(len(everything) / seconds, everything, min(map(len, each)))


def _offers(database: Database) -> dict[str, float]:
    windows = Appointments(database)
    spent = []
    for number, (hall, business) in enumerate(city.wishes(OFFERS)):
        # Half of them leave the hall open, which is dearer.
        wish = VisitWish(
            business,
            hall if number % 2 else None,
            city.NOW,
            city.NOW + timedelta(days=city.DAYS),
        )
        began = time.perf_counter()
        windows.offer(wish, now=city.NOW)
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    return {"p50": round(_at(spent, 0.5), 2), "p95": round(_at(spent, 0.95), 2)}


def _plan_ms() -> float:
    spent = []
    for _ in range(PLANS):
        began = time.perf_counter()
        plan_day(BIG_HALL)
        spent.append((time.perf_counter() - began) * 1000)
    return round(median(spent), 1)


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@contextmanager
def _sqlite() -> Iterator[tuple[Database, Bare]]:
    """Yield a database, and durable commits of single rows into a file beside it."""
    with tempfile.TemporaryDirectory(prefix="zhida-bench-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'zhida.db'}")
        upgrade(database)
        raw = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, slot INTEGER, owner TEXT)")

        def bare(seconds: float) -> float:
            done, end = 0, time.perf_counter() + seconds
            while time.perf_counter() < end:
                raw.execute("INSERT INTO rows (slot, owner) VALUES (?, ?)", (done, "bench"))
                done += 1
            return done / seconds

        yield database, bare
        raw.close()
        database.close()


@contextmanager
def _postgresql() -> Iterator[tuple[Database, Bare]]:
    """Yield a database, and lock–count–insert transactions by asyncpg on the same server."""
    with postgres.cluster() as url:
        engine = create_engine(f"{url}/postgres", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
        engine.dispose()
        database = Database(f"{url}/bench")
        upgrade(database)
        plain_url = f"{url}/bench".replace("+psycopg", "")
        asyncio.run(_bare_tables(plain_url))

        def bare(seconds: float) -> float:
            return asyncio.run(_bare_holds(plain_url, seconds))

        yield database, bare
        database.close()


async def _bare_tables(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(
        "CREATE TABLE bare_slots (id int PRIMARY KEY, capacity int);"
        "CREATE TABLE bare_bookings (id serial PRIMARY KEY,"
        " slot int REFERENCES bare_slots (id), owner text);"
        "CREATE INDEX ON bare_bookings (slot);"
    )
    await connection.executemany(
        "INSERT INTO bare_slots VALUES ($1, $2)", [(slot, city.PLENTY) for slot in range(200)]
    )
    await connection.close()


async def _bare_holds(url: str, seconds: float) -> float:
    async with asyncpg.create_pool(url, min_size=CLIENTS, max_size=CLIENTS) as pool:
        # As many rows at the beginning of each block: it counts them.
        await pool.execute("TRUNCATE bare_bookings")
        end = time.perf_counter() + seconds

        async def client(number: int) -> int:
            done = 0
            async with pool.acquire() as connection:
                while time.perf_counter() < end:
                    slot = (number * 7 + done) % 200
                    async with connection.transaction():
                        await connection.fetchval(
                            "SELECT capacity FROM bare_slots WHERE id = $1 FOR UPDATE", slot
                        )
                        await connection.fetchval(
                            "SELECT count(*) FROM bare_bookings WHERE slot = $1", slot
                        )
                        await connection.execute(
                            "INSERT INTO bare_bookings (slot, owner) VALUES ($1, $2)",
                            slot,
                            "bench",
                        )
                    done += 1
            return done

        return sum(await asyncio.gather(*map(client, range(CLIENTS)))) / seconds


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines to read."""
    lines = [f"排一个 40 窗口的大厅日：{result['plan_40_windows_ms']} 毫秒"]
    for name in ("sqlite", "postgresql"):
        if result[name] is None:
            continue
        for state, label in (("empty", "空表"), ("full", f"{result['history']} 条历史")):
            holds, offer = result[name][state]["holds"], result[name][state]["offer_ms"]
            lines.append(
                f"{name}（{label}）：留位每秒 {holds['ours_per_second']}，"
                f"裸写 {holds['bare_per_second']}，比值 {holds['ratio']}；"
                f"等待 p99 {holds['p99_ms']} 毫秒，最长 {holds['longest_ms']} 毫秒；"
                f"给时段 p50 {offer['p50']}、p95 {offer['p95']} 毫秒"
            )
        slower = result[name]["slower"]
        lines.append(
            f"{name}：有历史后，留位慢 {slower['holds']} 倍，给时段慢 {slower['offer_p95']} 倍"
        )
    return "\n".join(lines)
