"""Sixty-four people at a few seats, processes killed in between: no seat sold twice, none
leaked, no confirmed booking lost.

``ZHIDA_STORM_SECONDS=60`` makes it the full storm; without it, it is short.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from actions.appointments.booking.rules import FREED_HOLD
from actions.appointments.booking.tables import BookingRow
from actions.appointments.halls.tables import SlotRow
from actions.appointments.service import Housekeeping
from store.clock import SHANGHAI
from store.database import Database
from store.settings import ROOT
from tests.database.appointments.support import one_slot, seats_held
from tests.support.windows_storm import SPEED, THREADS, WORKERS

SECONDS = float(os.environ.get("ZHIDA_STORM_SECONDS", "20"))
OPENS = datetime(2026, 3, 11, 8, 30, tzinfo=SHANGHAI)
CAPACITIES = (5, 1, 1, 2, 2)
"""Seats of the slots of each day, from today on."""

HOURS = (9, 10, 11, 14)
LAPSES = 500
"""Half hours after which the last seat must have lapsed for good: the days of CAPACITIES."""


def rage(database: Database, folder: Path) -> tuple[int, datetime]:
    """Let everybody loose for SECONDS; return how many workers were killed, and the last moment."""
    url = database.url.render_as_string(hide_password=False)
    words = [url, str(folder), str(SECONDS), OPENS.isoformat()]
    command = [sys.executable, "-m", "tests.support.windows_storm", *words]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    result = json.loads(done.stdout)
    return result["killed"], OPENS + timedelta(seconds=(time.time() - result["began"]) * SPEED)


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
            # Who did not come was noted as staying away: the seat was theirs until then.
            begun = {"cancelled": "cancel", "checked_in": "check_in", "served": "check_in"}.get(
                status
            )
            return status in ("confirmed", "no_show") or begun in self.begun
        if self.status == "checked_in":
            # Whose end nobody noted is served, after some hours.
            return status in ("checked_in", "served")
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
    """Let a day pass, and more until nothing is held: a lapsed seat goes to who waits.

    There it lapses again; and who came or stayed away is settled meanwhile.
    """
    upkeep = Housekeeping(database)
    day_after = now + timedelta(days=1)
    for _ in range(LAPSES):
        if now >= day_after and not any_held(database):
            return
        upkeep.sweep(now=(now := now + FREED_HOLD))
    raise AssertionError("seats are still held")


def any_held(database: Database) -> bool:
    """Whether a seat waits for its confirmation."""
    with database.read() as session:
        held = select(BookingRow.id).where(BookingRow.status == "held").limit(1)
        return session.scalar(held) is not None


@pytest.fixture
def slots(database: Database) -> list[int]:
    return [
        one_slot(database, OPENS, capacity=capacity, hour=hour, days=days)
        for days, capacity in enumerate(CAPACITIES)
        for hour in HOURS
    ]


def test_the_storm(database: Database, slots: list[int], tmp_path: Path) -> None:
    folder = tmp_path / "storm"
    folder.mkdir()
    (folder / "slots.json").write_text(json.dumps(slots), "utf-8")
    killed, now = rage(database, folder)
    assert leaks(database) == []

    let_everything_lapse(database, now)
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
        "killed": killed,
        "bookings": len(rows),
        "became": Counter(row.status for row in rows.values()),
        "answers": dict(sorted(counts.items())),
    }
    artifacts = ROOT / "artifacts"
    artifacts.mkdir(exist_ok=True)
    (artifacts / f"storm-{kind}.json").write_text(json.dumps(report, indent=1), "utf-8")
    for kind_of_answer in ("hold", "confirm", "change", "cancel", "wait", "check_in"):
        assert counts[f"{kind_of_answer}: done"] > 0
