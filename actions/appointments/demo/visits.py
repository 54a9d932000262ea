"""Made-up visits: who would have booked a seat, and how far their visit has come by now."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from actions.appointments.booking.queries import BOOKING_PREFIX, CHECKED_IN, CONFIRMED, SERVED
from actions.ids import ALPHABET, make_id
from store.clock import to_shanghai

OWNER = "demo:"
BUSYNESS = {9: 0.75, 10: 0.65, 11: 0.45, 13: 0.4, 14: 0.5, 15: 0.35, 16: 0.15}
"""Chance that a seat is taken, by the hour it begins in: mornings are busiest."""
BUSY_DAYS = (1.2, 1.05, 0.95, 0.9, 0.8, 0.7, 0.7)
"""How many times that it is on Monday, Tuesday, …; weekends are make-up workdays."""
RESERVED = 0.4
"""How many times that it is for seats kept for priority people."""


@dataclass(frozen=True)
class Done:
    """A business that a window does, and how long it takes in minutes."""

    business_id: int
    minutes: float
    spread: float


@dataclass(frozen=True)
class DemoSeat:
    """A slot to find people for; ``start`` aware."""

    slot_id: int
    window_id: int
    start: datetime
    capacity: int
    reserved: bool
    does: list[Done]


def visits(seat: DemoSeat, now: datetime, seed: int) -> Iterator[dict[str, Any]]:
    """Yield the bookings of a slot's seats, as columns; the same for one seed at any time.

    Only their status follows the clock: who should have been served by ``now`` has been.
    """
    start = to_shanghai(seat.start)
    likely = BUSYNESS.get(start.hour, 0.3) * BUSY_DAYS[start.weekday()]
    if seat.reserved:
        likely *= RESERVED
    for number in range(seat.capacity):
        owner = f"{OWNER}{seat.window_id}-{start:%Y%m%d%H%M}-{number}"
        # Seeded by what the seat is, so that the order of seeding does not matter.
        chance = random.Random(f"{seed}/{owner}")  # noqa: S311
        if chance.random() < likely:
            yield _visit(seat, owner, chance, now)


def _visit(seat: DemoSeat, owner: str, chance: random.Random, now: datetime) -> dict[str, Any]:
    done = chance.choice(seat.does)
    booked = seat.start - timedelta(minutes=chance.randrange(60, 6 * 24 * 60))
    came = seat.start - timedelta(minutes=chance.randrange(12))
    called = seat.start + timedelta(minutes=chance.randrange(6))
    shape = (done.minutes / max(done.spread, 1.0)) ** 2
    minutes = max(1.0, chance.gammavariate(shape, done.minutes / shape))
    ended = called + timedelta(minutes=round(minutes, 1))
    over = ended <= now
    return {
        "code": make_id(BOOKING_PREFIX, "".join(chance.choices(ALPHABET, k=8))),
        "owner": owner,
        "slot_id": seat.slot_id,
        "business_id": done.business_id,
        "status": SERVED if over else CHECKED_IN if came <= now else CONFIRMED,
        "active": not over,
        "place": None if over else 1,
        "priority": seat.reserved,
        "hold_until": None,
        "request_key": owner,
        "created_at": booked,
        "confirmed_at": booked,
        "checked_in_at": came if came <= now else None,
        "called_at": called if called <= now else None,
        "ended_at": ended if over else None,
        "ended_by": "staff" if over else None,
    }
