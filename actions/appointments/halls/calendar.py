"""A hall's opening hours. Plain functions; closures come in as arguments."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import pairwise

from actions.appointments.records import Hall
from actions.appointments.sentences import HOURS
from actions.calendar import at
from language.times.working_days import is_working_day
from store.clock import to_shanghai

CALENDAR_DAYS = 30
"""How many days after today are open for booking."""

Sessions = tuple[tuple[time, time], ...]
"""Opening hours of a working day, Asia/Shanghai, half-open, in order."""

Stretch = tuple[datetime, datetime]
"""From one aware moment to another, half-open."""


def read_sessions(stored: Sequence[Sequence[str]]) -> Sessions:
    """Read opening hours as a hall's row holds them, [["09:00", "11:30"], …].

    Raises ValueError where they are not times, overlap or end before they begin.
    """
    sessions = tuple(
        (time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in stored
    )
    clocks = [clock for session in sessions for clock in session]
    if not clocks or any(later <= earlier for earlier, later in pairwise(clocks)):
        raise ValueError(f"opening hours must follow one another: {stored}")
    return sessions


def hours_text(sessions: Sessions) -> str:
    """Return opening hours as people read them: 「工作日 9:00–11:30、13:30–16:30」."""
    return HOURS.format(
        sessions="、".join(
            f"{opens.hour}:{opens:%M}–{closes.hour}:{closes:%M}" for opens, closes in sessions
        )
    )


def sessions_on(hall: Hall, day: date, closed: Iterable[Stretch] = ()) -> tuple[Stretch, ...]:
    """Return when ``hall`` is open on ``day``, by time; empty on a day off.

    ``closed`` are the stretches in which the whole hall has announced to be closed.
    """
    if not is_working_day(day):
        return ()
    opened = [(at(day, opens), at(day, closes)) for opens, closes in hall.sessions]
    for gap in closed:
        opened = [piece for stretch in opened for piece in _without(stretch, gap)]
    return tuple(opened)


def is_open(hall: Hall, moment: datetime, closed: Iterable[Stretch] = ()) -> bool:
    """Tell whether ``hall`` is open at ``moment`` (aware); ``closed`` as in `sessions_on`."""
    local = to_shanghai(moment)
    return any(opens <= local < closes for opens, closes in sessions_on(hall, local.date(), closed))


def _without(stretch: Stretch, gap: Stretch) -> Iterator[Stretch]:
    """Yield what is left of ``stretch`` outside ``gap``."""
    start, end = stretch
    gap_start, gap_end = (to_shanghai(moment) for moment in gap)
    if start < min(end, gap_start):
        yield start, min(end, gap_start)
    if max(start, gap_end) < end:
        yield max(start, gap_end), end
