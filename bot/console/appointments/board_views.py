"""How a hall's day reads on the board. Plain functions."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from actions.appointments.booking.queries import (
    CANCELLED,
    CONFIRMED,
    HELD,
    NO_SHOW,
    SERVED,
)
from actions.appointments.booking.rules import check_in_times
from actions.appointments.errors import (
    BookingEnded,
    CalledElsewhere,
    OtherHall,
    TooEarly,
    TooLate,
    WindowError,
)
from actions.appointments.records import Closure
from actions.appointments.visits.board import Board
from actions.appointments.visits.call_order import (
    CALL,
    FINISH,
    SERVING,
    WAITING,
    Step,
    Visit,
    groups_of,
    may_undo,
)
from bot.console.appointments import sentences
from bot.console.sentences import FAILED
from language.wording import clock, on_record
from store.clock import to_shanghai

TODO, EVERYBODY = "todo", "all"
NEARLY_FULL = 0.8
_SHOWN = {
    TODO: (HELD, CONFIRMED, WAITING, SERVING),
    EVERYBODY: (HELD, CONFIRMED, WAITING, SERVING, SERVED, NO_SHOW, CANCELLED),
}
CHECK_IN = "check_in"
_ACTS = {HELD: CHECK_IN, CONFIRMED: CHECK_IN, WAITING: CALL, SERVING: FINISH}
Row = dict[str, Any]


def tone(share: float) -> str:
    """Return the colour of how full a hall is."""
    if share >= 1:
        return "negative"
    return "orange-9" if share >= NEARLY_FULL else "primary"


def of_window(visits: Iterable[Visit], board: Board, window: str) -> tuple[Visit, ...]:
    """Return whom a window serves; without one, everybody."""
    return tuple(one for one in visits if window not in board.windows or _fits(one, board, window))


def next_ones(board: Board, window: str) -> tuple[Visit, ...]:
    """Return who is to be called next at a window; without one, in each group of them."""
    if window not in board.windows:
        return board.next
    return of_window(board.queue, board, window)[:1]


def stages(board: Board, window: str) -> dict[str, str]:
    """Return what can be chosen to be shown, with how many there are of each."""
    here = of_window(board.visits, board, window)
    return {
        shown: f"{label} {sum(_is(one, shown) for one in here)}"
        for shown, label in sentences.SHOWN_STAGES.items()
    }


def rows(board: Board, shown: str, window: str, now: datetime) -> list[Row]:
    """Return the rows of the table: people under the half hours they come in.

    Those who wait, where only they are shown, stand in the order of calling.
    """
    upfront = {one.code for one in next_ones(board, window)}

    def row(visit: Visit) -> Row:
        return _row(visit, board.ahead.get(visit.code, 0) + 1, visit.code in upfront, now)

    if shown == WAITING:
        return [row(one) for one in of_window(board.queue, board, window)]
    chosen = [one for one in of_window(board.visits, board, window) if _is(one, shown)]
    found: list[Row] = []
    for half, group in groupby(chosen, key=lambda one: _half_hour(one.start)):
        people = [row(one) for one in group]
        found += [_head(half, len(people)), *people]
    return found


def ahead(board: Board, code: str) -> str:
    """Return how many are to be called before ``code``; empty where it does not wait."""
    if code not in board.ahead:
        return ""
    count = board.ahead[code]
    return sentences.AHEAD.format(count=count) if count else sentences.AT_ONCE


def call_windows(visit: Visit, board: Board, window: str) -> tuple[str, ...]:
    """Return the windows to which a visit may be called from where ``window`` is looked at.

    The one looked at; else the booked one; else all that do the business, the free ones first.
    """
    for known in (window, visit.window):
        if known in board.windows:
            return (known,)
    busy = serving(board)
    able = [name for name, does in board.windows.items() if visit.business in does]
    return tuple(sorted(able, key=lambda name: name in busy))


def serving(board: Board) -> frozenset[str]:
    """Return the windows that are serving somebody."""
    return frozenset(
        visit.called_to or visit.window for visit in board.visits if visit.stage == SERVING
    )


def just_done(visit: Visit, step: Step) -> str:
    """Return in one line what was just done, and where."""
    window = visit.called_to or visit.window or sentences.SOME_WINDOW
    return sentences.JUST_DONE[step.kind].format(code=visit.code, window=window)


def closure(closed: Closure, now: datetime) -> str:
    """Return a closure in one line: where, when, why, and who announced it."""
    start, end = closed.start, closed.end
    until = clock(end) if start.date() == end.date() else on_record(end, now)
    return sentences.CLOSURE.format(
        where=closed.window or sentences.WHOLE_HALL,
        when=sentences.HEAD.format(start=on_record(start, now), end=until),
        reason=closed.reason,
        by=closed.by,
        at=on_record(closed.announced_at, now),
    )


def refusal(error: WindowError, code: str, now: datetime) -> str:
    """Return why something could not be done with ``code``."""
    values = {"code": code}
    if isinstance(error, BookingEnded | TooEarly | TooLate | OtherHall):
        booking = error.booking
        values = {
            "code": booking.code,
            "when": on_record(booking.start, now),
            "hall": booking.hall,
            "address": booking.address,
        }
    if isinstance(error, CalledElsewhere):
        values["window"] = error.window
    if isinstance(error, TooEarly):
        values["opens"] = on_record(error.opens, now)
    if isinstance(error, BookingEnded) and error.booking.lapsed:
        return sentences.LAPSED.format(**values)
    return sentences.REFUSED.get(error.code, FAILED).format(**values)


def _is(visit: Visit, shown: str) -> bool:
    return visit.stage in _SHOWN.get(shown, (shown,))


def _fits(visit: Visit, board: Board, window: str) -> bool:
    return board.windows[window] in groups_of(visit, board.windows)


def _half_hour(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)


def _head(half: datetime, count: int) -> Row:
    end = half + timedelta(minutes=30)
    return {
        "id": f"head-{half:%H%M}",
        "head": sentences.HEAD.format(start=clock(half), end=clock(end)),
        "count": sentences.HEAD_COUNT.format(count=count),
    }


def _row(visit: Visit, place: int, is_next: bool, now: datetime) -> Row:
    opens, closes = check_in_times(visit.start)
    coming = visit.stage in (HELD, CONFIRMED)
    return {
        "id": visit.code,
        "head": "",
        "time": clock(visit.start),
        "business": visit.business,
        "window": _window(visit),
        "stage": visit.stage,
        "chip": sentences.STAGES[visit.stage],
        "note": _note(visit, place, now),
        "priority": visit.priority,
        "closed": coming and visit.closed,
        "next": is_next,
        "over": visit.stage in (SERVED, NO_SHOW, CANCELLED),
        "act": _ACTS.get(visit.stage, ""),
        "undo": _undo(visit.last_step, now),
        "can_check_in": opens <= now < closes,
    }


def _undo(step: Step | None, now: datetime) -> dict[str, str] | None:
    """Return what the button that takes a step back says and sends; None where there is none."""
    if step is None or not may_undo(step, now):
        return None
    # To the microsecond: that tells this step from a later one of its kind.
    return {"name": sentences.UNDO[step.kind], "kind": step.kind, "at": step.at.isoformat()}


def _window(visit: Visit) -> str:
    if not visit.walk_in:
        return visit.called_to or visit.window
    return (
        sentences.WALK_IN_AT.format(window=visit.called_to)
        if visit.called_to
        else sentences.WALK_IN
    )


def _note(visit: Visit, place: int, now: datetime) -> str:
    if visit.stage == HELD and visit.hold_until is not None and now < visit.hold_until:
        return sentences.HELD_UNTIL.format(when=clock(visit.hold_until))
    if visit.stage in (HELD, CONFIRMED):
        return _coming(visit.start, now)
    if visit.stage == WAITING and visit.arrived_at is not None:
        return sentences.ARRIVED.format(when=clock(visit.arrived_at), place=place)
    if visit.stage == SERVING and visit.called_at is not None:
        return sentences.CALLED_AT.format(when=clock(visit.called_at))
    ended = {SERVED: sentences.SERVED_AT, CANCELLED: sentences.CANCELLED_AT}.get(visit.stage)
    return ended.format(when=clock(visit.ended_at)) if ended and visit.ended_at else ""


def _coming(start: datetime, now: datetime) -> str:
    opens, closes = check_in_times(start)
    if now < opens:
        same_day = to_shanghai(now).date() == start.date()
        return sentences.OPENS.format(when=clock(opens)) if same_day else ""
    if now >= closes:
        return sentences.CHECK_IN_OVER
    late = int((now - start).total_seconds() // 60)
    return sentences.OVERDUE_BY.format(minutes=late) if late > 0 else ""
