"""By when a person is promised an answer. Plain functions, no I/O."""

from datetime import datetime, time, timedelta

from actions.calendar import at
from language.times.working_days import is_working_day, next_working_day
from store.clock import to_shanghai

DESK_OPENS, DESK_CLOSES = time(9, 0), time(17, 0)
"""When somebody sits at the desk, Asia/Shanghai, on working days; no break at noon."""

NEXT_MORNING = time(10, 0)
PROMISE = timedelta(hours=2)
DISTRESS_PROMISE = timedelta(minutes=15)


COMPLAINT_DAYS = 5
"""Working days within which a report to the labour inspection has to be taken up, or refused
(关于实施《劳动保障监察条例》若干规定, article 18); complaints of all kinds are held to it."""


def desk_open(now: datetime) -> bool:
    """Whether somebody sits at the desk by the clock."""
    local = to_shanghai(now)
    return is_working_day(local.date()) and DESK_OPENS <= local.time() < DESK_CLOSES


def desk_opens(now: datetime) -> datetime:
    """Return when the desk opens next, Asia/Shanghai."""
    local = to_shanghai(now)
    today = is_working_day(local.date()) and local.time() < DESK_OPENS
    return at(local.date() if today else next_working_day(local.date()), DESK_OPENS)


def reply_by(reason: str, now: datetime, *, attended: bool = False) -> datetime:
    """Return the moment of the promise, Asia/Shanghai; ``attended`` says that staff are there.

    Two working hours, but never later than 10:00 of the next working morning; what comes in
    while the desk is empty is answered by that time too. ``distress`` is answered within a quarter
    of an hour, of the desk's opening where nobody is there: what is promised has to be true.
    """
    local = to_shanghai(now)
    if reason == "distress":
        there = attended or desk_open(now)
        return (local if there else desk_opens(now)) + DISTRESS_PROMISE
    day = local.date()
    if not is_working_day(day) or local.time() >= DESK_CLOSES:
        return at(next_working_day(day), NEXT_MORNING)
    if local.time() < DESK_OPENS:
        return at(day, NEXT_MORNING)
    left = at(day, DESK_CLOSES) - local
    if left >= PROMISE:
        return local + PROMISE
    morning = next_working_day(day)
    return min(at(morning, DESK_OPENS) + PROMISE - left, at(morning, NEXT_MORNING))


def answer_by(reason: str, now: datetime) -> datetime | None:
    """Return by when a complaint has to be answered for good; None for other cases."""
    if reason != "complaint":
        return None
    day = to_shanghai(now).date()
    for _ in range(COMPLAINT_DAYS):
        day = next_working_day(day)
    return at(day, DESK_CLOSES)
