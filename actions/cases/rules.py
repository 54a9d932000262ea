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


def reply_by(reason: str, now: datetime) -> datetime:
    """Return the moment of the promise, Asia/Shanghai.

    Two working hours, but never later than 10:00 of the next working morning; what comes in
    while the desk is empty is answered by that time too. ``distress`` waits for no desk: a
    quarter of an hour, day and night.
    """
    local = to_shanghai(now)
    if reason == "distress":
        return local + DISTRESS_PROMISE
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
