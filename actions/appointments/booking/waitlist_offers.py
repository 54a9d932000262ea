"""Seats that nobody gave up: offered to the waiting list all the same.

A closure taken back, a day newly opened, a slot with more seats than before: all of them are
a free seat that somebody waits for, and that is looked up in what is stored. So nothing need
be remembered by whoever opens a seat, and what a killed process leaves undone the next one
finds. Each slot is filled in a transaction of its own: nobody who books waits for long.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import CTE, ColumnElement, Connection, case, literal, or_, select
from sqlalchemy.orm import aliased

from actions.appointments.booking import waitlist
from actions.appointments.booking.rules import NO_SHOW_REACH, NO_SHOWS, WAIT_NOTICE
from actions.appointments.booking.seats import SeatWish, give_seat_back, lock_slots, take_seat
from actions.appointments.booking.tables import WaitRow
from actions.appointments.halls.tables import SlotRow, WindowBusinessRow, WindowRow
from actions.appointments.lock_retry import within_time
from store.database import Database
from store.schema import UtcDateTime

QUEUES, SLOTS = 10, 50
"""So many queues are looked at in one call, and so many slots of each filled."""


class Rounds:
    """Goes round the queues, those who wait in one hall for one business, a few at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._last = (0, 0)

    @within_time
    def go_on(self, *, now: datetime) -> int:
        """Hold free seats for who waits for them, as a freed one is held; return how many.

        A seat is given in the order of ``waitlist.first_waiting``, the earliest slot first, and
        nobody is given one while they have another offer to answer. Safe at any time and by
        many at once; WindowsBusy where a lock cannot be had in time: what was offered stays.
        """
        offered = 0
        for queue in self._next(now):
            with self._database.read() as session:
                slots = wanted(session.connection(), queue, now=now)
            for slot_id in slots:
                offered += self._database.transact(partial(fill, slot_id=slot_id, now=now))
            self._last = queue
        return offered

    def _next(self, now: datetime) -> list[tuple[int, int]]:
        queues = (
            select(WaitRow.hall_id, WaitRow.business_id)
            .where(WaitRow.status == waitlist.WAITING, WaitRow.end > now + WAIT_NOTICE)
            .distinct()
        )
        with self._database.read() as session:
            found = sorted((row.hall_id, row.business_id) for row in session.execute(queues))
        first = bisect_right(found, self._last)
        return [*found[first:], *found[:first]][:QUEUES]


def wanted(connection: Connection, queue: tuple[int, int], *, now: datetime) -> Sequence[int]:
    """Return slots with a free seat that somebody of a queue waits for, the earliest first."""
    hall_id, business_id = queue
    wish = _wishes(queue, now)
    does_it = (
        select(WindowRow.id)
        .join(WindowBusinessRow, WindowBusinessRow.window_id == WindowRow.id)
        .where(WindowRow.hall_id == hall_id, WindowBusinessRow.business_id == business_id)
    )
    wished = (
        select(wish.c.end)
        .where(
            SlotRow.start >= wish.c.start,
            SlotRow.start < wish.c.end,
            or_(SlotRow.reserved.is_(False), wish.c.priority),
            or_(SlotRow.start <= now + NO_SHOW_REACH, wish.c.far),
        )
        .exists()
    )
    statement = (
        select(SlotRow.id)
        .where(
            SlotRow.window_id.in_(does_it),
            SlotRow.start > now + WAIT_NOTICE,
            SlotRow.taken < SlotRow.capacity,
            SlotRow.closed.is_(False),
            wished,
        )
        .order_by(SlotRow.start, SlotRow.id)
        .limit(SLOTS)
    )
    return connection.scalars(statement).all()


def _wishes(queue: tuple[int, int], now: datetime) -> CTE:
    """Return SQL for what a queue waits for: of thousands who want one morning there is one."""
    hall_id, business_id = queue
    soon = literal(now + WAIT_NOTICE, UtcDateTime)
    return (
        select(
            WaitRow.priority,
            case((WaitRow.start > soon, WaitRow.start), else_=soon).label("start"),
            WaitRow.end,
            (waitlist.stayed_away(now) < NO_SHOWS).label("far"),
        )
        .where(
            WaitRow.status == waitlist.WAITING,
            WaitRow.hall_id == hall_id,
            WaitRow.business_id == business_id,
            WaitRow.end > soon,
            _has_no_offer(),
        )
        .distinct()
        .cte("wish")
        # Or they would be looked up for each slot.
        .prefix_with("MATERIALIZED")
    )


def fill(connection: Connection, slot_id: int, *, now: datetime) -> int:
    """Take the free seats of a slot for whose turn it is; return how many."""
    lock_slots(connection, [slot_id])
    slot = waitlist.worth_offering(connection, slot_id, now)
    if slot is None:
        return 0
    offered = 0
    while (next_one := waitlist.first_waiting(connection, slot, now, _has_no_offer())) is not None:
        wish = SeatWish(next_one.owner, slot_id, next_one.business, next_one.priority, now)
        if take_seat(connection, wish) is None:
            break
        if waitlist.hold_for(connection, slot, next_one, now):
            offered += 1
        else:
            give_seat_back(connection, slot_id)
    return offered


def _has_no_offer() -> ColumnElement[bool]:
    other = aliased(WaitRow)
    offered = select(other.id).where(other.owner == WaitRow.owner, other.status == waitlist.OFFERED)
    return ~offered.exists()
