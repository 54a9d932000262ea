"""Sixty-four people at a few seats, processes killed in between: no seat sold twice, none
leaked, no confirmed booking lost.

``ZHIDA_STORM_SECONDS=60`` makes it the full storm; without it, it is short.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from actions.windows.booking.rules import FREED_HOLD
from actions.windows.booking.seats import seats_held
from actions.windows.booking.tables import BookingRow
from actions.windows.halls.tables import SlotRow
from actions.windows.service import Upkeep
from store.clock import SHANGHAI
from store.database import Database
from store.settings import ROOT
from tests.database.windows_support import one_slot
from tests.support.windows_storm import SPEED, THREADS

SECONDS = float(os.environ.get("ZHIDA_STORM_SECONDS", "15"))
WORKERS = 4
KILL_EVERY = 1.5
OPENS = datetime(2026, 3, 11, 8, 0, tzinfo=SHANGHAI)
CAPACITIES = (1, 1, 1, 2, 2, 3)
HOURS = (9, 10, 11, 14)


class Storm:
    """The workers of a storm and what became of them."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._url = database.url.render_as_string(hide_password=False)
        self._folder, self._began = folder, time.time()
        self._workers: dict[int, subprocess.Popen[bytes]] = {}
        self.killed = 0

    def rage(self) -> None:
        """Let everybody loose for SECONDS, killing and replacing a worker now and then."""
        for number in range(WORKERS):
            self._start(number)
        self._wait_until(lambda: all(self._is_playing(number) for number in self._workers))
        end = time.monotonic() + SECONDS
        chance = random.Random(7)  # noqa: S311
        while (left := end - time.monotonic()) > 0:
            self._wait(min(KILL_EVERY, left))
            number = chance.randrange(WORKERS)
            # Killed while it starts it would prove nothing.
            self._wait_until(lambda number=number: self._is_playing(number))
            self._workers[number].send_signal(signal.SIGKILL)
            self._workers[number].wait()
            self.killed += 1
            self._start(number)
        (self._folder / "over").touch()
        for worker in self._workers.values():
            assert worker.wait(timeout=60) == 0

    def now(self) -> datetime:
        """Return the storm's moment."""
        return OPENS + timedelta(seconds=(time.time() - self._began) * SPEED)

    def _start(self, number: int) -> None:
        self._workers[number] = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.support.windows_storm",
                self._url,
                str(self._folder),
                str(number),
                str(self._began),
                OPENS.isoformat(),
            ],
            cwd=ROOT,
        )

    def _is_playing(self, number: int) -> bool:
        return (self._folder / f"playing-{self._workers[number].pid}").exists()

    def _wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        self._wait_until(lambda: time.monotonic() >= deadline)

    def _wait_until(self, reached: Callable[[], bool]) -> None:
        while not reached():
            # A worker that ends by itself before the end has met something it did not expect.
            for worker in self._workers.values():
                assert worker.poll() is None, "a worker ended before the end"
            time.sleep(0.05)


def journals(folder: Path) -> Iterator[list[dict[str, Any]]]:
    """Yield each client's journal; a last line cut off by a kill is left out."""
    for path in sorted(folder.glob("*.jsonl")):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        yield [json.loads(line) for line in lines if line.endswith("\n")]


class Known:
    """What a client knows of one booking: the last answer, and what it had begun since."""

    def __init__(self) -> None:
        self.status = ""
        self.slots: set[int] = set()
        self.begun: set[str] = set()

    def answered(self, line: dict[str, Any]) -> None:
        """An answer settles what had been begun before."""
        self.status, self.slots, self.begun = line["status"], {line["slot"]}, set()

    def may_be(self, status: str, slot: int) -> bool:
        """Whether a booking as the database has it is one that the client may expect."""
        if slot not in self.slots:
            return False
        if self.status == "cancelled":
            # A hold that lapsed and was cancelled late may be taken up again by a confirm.
            return status == "cancelled" or "confirm" in self.begun
        if self.status == "confirmed":
            return status == "confirmed" or (status == "cancelled" and "cancel" in self.begun)
        return True


def expectations(folder: Path) -> tuple[dict[str, Known], Counter[str]]:
    """Return what the clients know of each booking, and how often what was answered."""
    known: dict[str, Known] = {}
    counts: Counter[str] = Counter()
    for lines in journals(folder):
        begun: dict[str, Any] | None = None
        for line in lines:
            if "do" in line:
                begun = line
                if "code" in line and line["code"] in known:
                    known[line["code"]].begun.add(line["do"])
                    known[line["code"]].slots |= {line["slot"]} if "slot" in line else set()
                continue
            did = begun["do"] if begun else "?"
            counts[f"{did}: {line.get('error', 'done')}"] += 1
            if line.get("code", "").startswith("YY"):
                known.setdefault(line["code"], Known()).answered(line)
            elif begun and "code" in begun and begun["code"] in known:
                # Refused: nothing changed, so what was begun cannot have happened.
                known[begun["code"]].begun.discard(begun["do"])
            begun = None
    return known, counts


def leaks(database: Database) -> list[str]:
    """Return every slot whose counted seats are not those of its bookings, or too many."""
    found = []
    with database.read() as session:
        for slot in session.scalars(select(SlotRow)):
            held = seats_held(session.connection(), slot.id)
            if not held == slot.taken <= slot.capacity:
                found.append(f"slot {slot.id}: {held} held, {slot.taken} counted, {slot.capacity}")
    return found


def let_everything_lapse(database: Database, now: datetime) -> None:
    """Let time pass until nothing is held: a lapsed seat goes to who waits, and lapses again."""
    upkeep = Upkeep(database)
    while upkeep.sweep(now=(now := now + FREED_HOLD)):
        pass


@pytest.fixture
def slots(database: Database) -> list[int]:
    return [
        one_slot(database, OPENS, capacity=capacity, hour=hour, days=days)
        for days, capacity in enumerate(CAPACITIES, start=1)
        for hour in HOURS
    ]


def test_the_storm(database: Database, slots: list[int], tmp_path: Path) -> None:
    folder = tmp_path / "storm"
    folder.mkdir()
    (folder / "slots.json").write_text(json.dumps(slots), "utf-8")
    storm = Storm(database, folder)
    storm.rage()
    assert leaks(database) == []

    let_everything_lapse(database, storm.now())
    assert leaks(database) == []
    known, counts = expectations(folder)
    with database.read() as session:
        rows = {row.code: row for row in session.scalars(select(BookingRow))}
    assert [row.code for row in rows.values() if row.status == "held"] == []
    lost = [
        f"{code}: was {known[code].status} at {known[code].slots}, begun {known[code].begun},"
        f" is {rows[code].status} at {rows[code].slot_id}"
        for code in known
        if not known[code].may_be(rows[code].status, rows[code].slot_id)
    ]
    assert lost == []

    kind = "sqlite" if database.is_sqlite else "postgresql"
    people = WORKERS * THREADS
    report = {
        "database": kind,
        "seconds": SECONDS,
        "clients": people,
        "killed": storm.killed,
        "bookings": len(rows),
        "confirmed_standing": sum(row.status == "confirmed" for row in rows.values()),
        "answers": dict(sorted(counts.items())),
    }
    artifacts = ROOT / "artifacts"
    artifacts.mkdir(exist_ok=True)
    (artifacts / f"storm-{kind}.json").write_text(json.dumps(report, indent=1), "utf-8")
    for kind_of_answer in ("hold", "confirm", "change", "cancel", "wait"):
        assert counts[f"{kind_of_answer}: done"] > 0
