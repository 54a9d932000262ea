"""How long, how many, how late: the numbers of booking, in one place. No I/O."""

from datetime import datetime, time, timedelta

from store.clock import SHANGHAI, to_shanghai

HOLD = timedelta(minutes=5)
"""How long a chosen seat waits for its confirmation."""

FREED_HOLD = timedelta(minutes=30)
"""How long a freed seat waits for somebody from the waiting list."""

WAIT_NOTICE = timedelta(hours=1)
"""A freed seat is offered to the waiting list only so long before it begins."""

OFFERS_FROM, OFFERS_UNTIL = time(8, 0), time(21, 0)
"""By day, people may be expected to answer within FREED_HOLD."""

REOPENED_AFTER = timedelta(minutes=5)
"""That a closure was taken back is told when it has lasted so long."""

TRAVEL = timedelta(minutes=30)
"""From one hall to another, where the settings say nothing else."""

CHECK_IN_FROM = timedelta(minutes=30)
CHECK_IN_UNTIL = timedelta(minutes=20)
"""The arrival window: so long before and after the booked time one can check in."""

STAY_AT_MOST = timedelta(hours=10)
"""Who checked in so long before is not in the hall any more, whatever was noted."""

NO_SHOWS = 2
NO_SHOW_MEMORY = timedelta(days=60)
NO_SHOW_REACH = timedelta(days=3)
"""Who stayed away NO_SHOWS times within the memory books only so far ahead for a while."""

REMIND_AT = time(18, 0)
REMIND_BEFORE = timedelta(hours=2)
"""Reminders: the evening before, and shortly before."""


def freed_hold_until(start: datetime, now: datetime) -> datetime:
    """Return until when a freed seat is kept for somebody who waited for it."""
    return min(now + FREED_HOLD, start - WAIT_NOTICE / 2)


def offer_at(start: datetime, now: datetime) -> datetime:
    """Return when to tell somebody of a seat that is theirs since ``now``: not at night.

    Where the visit would then be too near, it is told at once.
    """
    local = to_shanghai(now)
    if OFFERS_FROM <= local.time() < OFFERS_UNTIL:
        return now
    day = local.date() + timedelta(days=local.time() >= OFFERS_UNTIL)
    morning = datetime.combine(day, OFFERS_FROM, SHANGHAI)
    return morning if morning < start - WAIT_NOTICE else now


def check_in_times(start: datetime) -> tuple[datetime, datetime]:
    """Return the arrival window of a visit, half-open."""
    return start - CHECK_IN_FROM, start + CHECK_IN_UNTIL


def reminder_times(start: datetime, now: datetime) -> dict[str, datetime]:
    """Return when to remind of a visit, by kind of notice; times gone by are left out."""
    eve = to_shanghai(start).date() - timedelta(days=1)
    times = {
        "reminder_day": datetime.combine(eve, REMIND_AT, SHANGHAI),
        "reminder_hours": start - REMIND_BEFORE,
    }
    return {kind: due for kind, due in times.items() if due > now}


def no_shows_until(stayed_away: list[datetime]) -> datetime | None:
    """Return until when somebody may only book near days; None when there is no reason.

    ``stayed_away`` are the times of visits missed, in any order.
    """
    latest = sorted(stayed_away, reverse=True)
    return latest[NO_SHOWS - 1] + NO_SHOW_MEMORY if len(latest) >= NO_SHOWS else None
