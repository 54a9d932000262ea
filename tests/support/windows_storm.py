"""Many clients at few seats, in processes that are killed.

Each client is one person who does at random what people do: hold, confirm, change, cancel,
wait for a seat, come. What it is about to do and what was answered stand in its journal before the
next step, so that after all the killing the journals can be held against the database. The
clock runs SPEED times as fast as the wall's, so that holds lapse within the storm.
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from actions.appointments.errors import WindowError, WindowsBusy
from actions.appointments.service import Appointments, Booking, Housekeeping, VisitWish
from store.database import Database
from tests.database.appointments.support import BUSINESS, HALL, SECOND

SPEED = 180
WORKERS, THREADS = 8, 8
KILL_EVERY = 1.0
SOON = timedelta(minutes=28)


class Clock:
    """The storm's time: quick, and the same in every process."""

    def __init__(self, began: float, opens: datetime) -> None:
        self._began, self._opens = began, opens

    def now(self) -> datetime:
        """Return the storm's moment."""
        return self._opens + timedelta(seconds=(time.time() - self._began) * SPEED)


class Client:
    """One person; ``journal`` is appended to, whichever process plays the person."""

    def __init__(
        self, owner: str, database: Database, clock: Clock, slots: list[int], journal: Path
    ) -> None:
        self.owner, self._clock, self._slots = owner, clock, slots
        self._windows, self._upkeep = Appointments(database), Housekeeping(database)
        self._chance = random.Random(f"{owner}/{time.time_ns()}")  # noqa: S311
        self._file = journal.open("a", buffering=1, encoding="utf-8")

    def step(self) -> None:
        """Do one thing at random."""
        now = self._clock.now()
        standing = {
            booking.status: booking
            for booking in self._windows.bookings_of(self.owner, now=now)
            if booking.status in ("held", "confirmed", "waitlisted")
        }
        roll = self._chance.random()
        if roll < 0.04:
            self._do("sweep", {}, lambda: self._upkeep.sweep(now=now))
            self._do("fill", {}, lambda: self._upkeep.offer_free_seats(now=now))
        elif "held" in standing and roll < 0.55:
            self._confirm(standing["held"], now)
        elif "confirmed" in standing and standing["confirmed"].start - now < SOON:
            self._check_in(standing["confirmed"], now)
        elif "confirmed" in standing and roll < 0.5:
            self._change(standing["confirmed"], now)
        elif standing and roll < 0.75:
            self._cancel(self._chance.choice(list(standing.values())), now)
        elif roll < 0.9:
            self._hold(now)
        else:
            self._wait(now)

    def _hold(self, now: datetime) -> None:
        slot, business = self._chance.choice(self._slots), self._chance.choice([BUSINESS, SECOND])
        key = f"{time.time_ns()}"
        self._do(
            "hold",
            {"slot": slot},
            lambda: self._windows.hold(
                owner=self.owner, slot_id=slot, business=business, request_key=key, now=now
            ),
        )

    def _confirm(self, booking: Booking, now: datetime) -> None:
        work = {"code": booking.code}
        self._do("confirm", work, lambda: self._windows.confirm(self.owner, booking.code, now=now))

    def _change(self, booking: Booking, now: datetime) -> None:
        slot = self._chance.choice(self._slots)
        self._do(
            "change",
            {"code": booking.code, "slot": slot},
            lambda: self._windows.change(self.owner, booking.code, slot, now=now),
        )

    def _cancel(self, booking: Booking, now: datetime) -> None:
        work = {"code": booking.code}
        self._do("cancel", work, lambda: self._windows.cancel(self.owner, booking.code, now=now))

    def _check_in(self, booking: Booking, now: datetime) -> None:
        work = {"code": booking.code}
        self._do(
            "check_in", work, lambda: self._windows.check_in(self.owner, booking.code, now=now)
        )

    def _wait(self, now: datetime) -> None:
        wish = VisitWish(BUSINESS, HALL, now, now + timedelta(days=3))
        self._do(
            "wait",
            {},
            lambda: self._windows.wait_for(
                wish, owner=self.owner, request_key=f"{time.time_ns()}", now=now
            ),
        )

    def _do(self, what: str, intent: dict[str, Any], work: Callable[[], Booking | int]) -> None:
        self._write({"do": what, **intent})
        try:
            answer = work()
        except (WindowError, WindowsBusy) as error:
            self._write({"error": error.code})
            return
        if isinstance(answer, Booking):
            self._write({"code": answer.code, "status": answer.status, "slot": answer.slot_id})
        else:
            self._write({"swept": answer})

    def _write(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line) + "\n")


def play(url: str, folder: Path, worker: int, began: float, opens: datetime) -> None:
    """Play this worker's clients until killed, or until the folder says that it is over.

    Raises what a client did not expect.
    """
    database = Database(url)
    clock = Clock(began, opens)
    slots = json.loads((folder / "slots.json").read_text("utf-8"))
    over = folder / "over"

    def run(number: int) -> None:
        owner = f"storm:{worker}-{number}"
        journal = folder / f"{worker}-{number}.jsonl"
        client = Client(owner, database, clock, slots, journal)
        while not over.exists():
            client.step()

    with ThreadPoolExecutor(THREADS) as pool:
        for done in as_completed([pool.submit(run, number) for number in range(THREADS)]):
            if done.exception() is not None:
                over.touch()
            done.result()
    database.close()


def rage(url: str, folder: Path, seconds: float, opens: datetime) -> dict[str, float]:
    """Let all workers loose, kill one now and then and replace it.

    Return how many were ``killed`` and when it all ``began``. They are forked from here,
    which has neither thread nor connection, so that a new one plays at once. ChildProcessError
    where a worker ends by itself: a client has met what it did not expect.
    """
    began, killed, chance = time.time(), 0, random.Random(7)  # noqa: S311

    def fork(worker: int) -> int:
        child = os.fork()
        if child:
            return child
        status = 1
        try:
            play(url, folder, worker, began, opens)
            status = 0
        finally:
            if status:
                traceback.print_exc()
            os._exit(status)

    children = {worker: fork(worker) for worker in range(WORKERS)}
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(KILL_EVERY, left))
        if any(os.waitpid(child, os.WNOHANG) != (0, 0) for child in children.values()):
            raise ChildProcessError("a worker ended before the end")
        worker = chance.randrange(WORKERS)
        os.kill(children[worker], signal.SIGKILL)
        os.waitpid(children[worker], 0)
        children[worker] = fork(worker)
        killed += 1
    (folder / "over").touch()
    if any(os.waitpid(child, 0)[1] for child in children.values()):
        raise ChildProcessError("a worker did not end well")
    return {"killed": killed, "began": began}


if __name__ == "__main__":
    result = rage(
        sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), datetime.fromisoformat(sys.argv[4])
    )
    print(json.dumps(result))
