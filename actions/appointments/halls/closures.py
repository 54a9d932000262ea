"""The closures of a hall and its windows, as they have been announced."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, true
from sqlalchemy.orm import Session

from actions.appointments.halls.calendar import Stretch
from actions.appointments.halls.tables import ClosureRow, HallRow, WindowRow
from actions.appointments.records import Closure
from store.clock import to_shanghai
from store.schema import UtcDateTime

_HALL_CLOSED = select(ClosureRow.start, ClosureRow.end).where(
    ClosureRow.hall_id == bindparam("hall"),
    ClosureRow.window_id.is_(None),
    ClosureRow.end > bindparam("start", type_=UtcDateTime),
)


@dataclass(frozen=True)
class Closed:
    """When a hall (``window_id`` None) or a window of it is closed."""

    stretches: tuple[tuple[int | None, datetime, datetime], ...]

    def covers(self, window_id: int, start: datetime, end: datetime) -> bool:
        """Tell whether a slot of a window touches a closure."""
        return any(
            closed in (None, window_id) and begins < end and start < ends
            for closed, begins, ends in self.stretches
        )


def list_closures(
    session: Session, hall: str | None = None, *, since: datetime
) -> tuple[Closure, ...]:
    """Return the closures that end after ``since``, of one hall or of all, by time."""
    statement = (
        select(ClosureRow, HallRow.name, WindowRow.name)
        .join(HallRow, HallRow.id == ClosureRow.hall_id)
        .outerjoin(WindowRow, WindowRow.id == ClosureRow.window_id)
        .where(ClosureRow.end > since, true() if hall is None else HallRow.name == hall)
        .order_by(ClosureRow.start, ClosureRow.id)
    )
    return tuple(
        Closure(
            id=row.id,
            hall=hall_name,
            window=window_name,
            start=to_shanghai(row.start),
            end=to_shanghai(row.end),
            reason=row.reason,
            by=row.announced_by,
            announced_at=to_shanghai(row.announced_at),
        )
        for row, hall_name, window_name in session.execute(statement)
    )


def closed_between(connection: Connection, hall_id: int, start: datetime, end: datetime) -> Closed:
    """Return the closures of a hall and its windows that touch ``[start, end)``."""
    rows = connection.execute(
        select(ClosureRow.window_id, ClosureRow.start, ClosureRow.end)
        .where(ClosureRow.hall_id == hall_id, ClosureRow.start < end, ClosureRow.end > start)
        .order_by(ClosureRow.start)
    )
    return Closed(tuple((row.window_id, row.start, row.end) for row in rows))


def hall_closed(connection: Connection, hall_id: int, start: datetime) -> tuple[Stretch, ...]:
    """Return the stretches from ``start`` on for which the whole hall is announced closed."""
    rows = connection.execute(_HALL_CLOSED, {"hall": hall_id, "start": start})
    return tuple((row.start, row.end) for row in rows)


def lock_hall(connection: Connection, hall_id: int) -> None:
    """Keep others from opening or closing a hall's days until the transaction ends."""
    # FOR NO KEY UPDATE: whoever joins the waiting list only needs the hall to stay.
    connection.execute(
        select(HallRow.id).where(HallRow.id == hall_id).with_for_update(key_share=True)
    )
