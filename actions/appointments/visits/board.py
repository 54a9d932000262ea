"""The day board 大厅日程: everybody who comes to a hall on one day. Nothing says who they are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from actions.appointments.booking.queries import (
    CANCELLED,
    CHECKED_IN,
    CONFIRMED,
    HELD,
    NO_SHOW,
    SERVED,
)
from actions.appointments.booking.tables import BookingRow, WalkInRow
from actions.appointments.errors import UnknownHall
from actions.appointments.halls.tables import (
    BusinessRow,
    HallRow,
    SlotRow,
    WindowBusinessRow,
    WindowRow,
)
from actions.appointments.visits.call_order import (
    SERVING,
    WAITING,
    Visit,
    Windows,
    calling_order,
    next_to_call,
    people_ahead,
)
from store.clock import SHANGHAI, to_shanghai

_CALLED_TO = aliased(WindowRow)
_BOOKED = (
    select(
        BookingRow.code,
        BookingRow.status,
        BookingRow.priority,
        BookingRow.hold_until,
        BookingRow.checked_in_at,
        BookingRow.called_at,
        _CALLED_TO.name.label("called_to"),
        BookingRow.ended_at,
        BusinessRow.name.label("business"),
        WindowRow.name.label("window"),
        SlotRow.start,
        SlotRow.closed,
    )
    .join_from(SlotRow, BookingRow, BookingRow.slot_id == SlotRow.id)
    .join(WindowRow, WindowRow.id == SlotRow.window_id)
    .join(BusinessRow, BusinessRow.id == BookingRow.business_id)
    .outerjoin(_CALLED_TO, _CALLED_TO.id == BookingRow.called_to)
    .where(or_(BookingRow.status != CANCELLED, BookingRow.ended_by != "lapse"))
)


@dataclass(frozen=True)
class Counts:
    """How many visits are at each stage; the stages count walk-ins, too.

    ``booked`` are all bookings of the day that hold or held a seat. ``seats_left`` may still
    be booked by anybody, ``reserved_left`` by people who cannot go on line.
    """

    booked: int
    held: int
    confirmed: int
    waiting: int
    serving: int
    served: int
    no_show: int
    seats_left: int
    reserved_left: int

    @property
    def people(self) -> int:
        """People of this day who are in the hall now."""
        return self.waiting + self.serving


@dataclass(frozen=True)
class Board:
    """A hall's day: ``visits`` by time, ``queue`` in the order of calling.

    ``next`` holds who is next in each group of windows, ``ahead`` how many are to be called
    before each one who waits, ``windows`` what each window does.
    """

    hall: str
    day: date
    capacity: int
    windows: Windows
    visits: tuple[Visit, ...]
    queue: tuple[Visit, ...]
    next: tuple[Visit, ...]
    ahead: Mapping[str, int]
    counts: Counts


def board(session: Session, hall: str, day: date, *, now: datetime) -> Board:
    """Return a hall's day; UnknownHall.

    Four statements, each along an index. Holds that ran out are left out: who tapped a time
    and thought better of it was never expected.
    """
    connection = session.connection()
    known = connection.execute(
        select(HallRow.id, HallRow.name, HallRow.capacity).where(HallRow.name == hall)
    ).first()
    if known is None:
        raise UnknownHall
    start, end = bounds(day)
    windows = _windows(connection, known.id)
    visits = sorted(
        (
            *_bookings(connection, known.id, start, end),
            *_walk_ins(connection, known.id, start, end),
        ),
        key=lambda visit: (visit.start, visit.walk_in, visit.window, visit.code),
    )
    queue = calling_order(visits)
    return Board(
        hall=known.name,
        day=day,
        capacity=known.capacity,
        windows=windows,
        visits=tuple(visits),
        queue=queue,
        next=next_to_call(queue, windows),
        ahead=people_ahead(queue, windows),
        counts=_count(visits, *_seats_left(connection, known.id, max(start, now), end)),
    )


def bounds(day: date) -> tuple[datetime, datetime]:
    """Return a day in Asia/Shanghai, half-open."""
    start = datetime.combine(day, time(), SHANGHAI)
    return start, start + timedelta(days=1)


def _windows(connection: Connection, hall_id: int) -> dict[str, frozenset[str]]:
    does: defaultdict[str, set[str]] = defaultdict(set)
    rows = connection.execute(
        select(WindowRow.name, BusinessRow.name.label("business"))
        .join(WindowBusinessRow, WindowBusinessRow.window_id == WindowRow.id)
        .join(BusinessRow, BusinessRow.id == WindowBusinessRow.business_id)
        .where(WindowRow.hall_id == hall_id)
        .order_by(WindowRow.id)
    )
    for row in rows:
        does[row.name].add(row.business)
    return {window: frozenset(businesses) for window, businesses in does.items()}


def _bookings(
    connection: Connection, hall_id: int, start: datetime, end: datetime
) -> Iterable[Visit]:
    rows = connection.execute(
        _BOOKED.where(SlotRow.hall_id == hall_id, SlotRow.start >= start, SlotRow.start < end)
    )
    for row in rows:
        yield Visit(
            code=row.code,
            business=row.business,
            window=row.window,
            start=to_shanghai(row.start),
            status=row.status,
            priority=row.priority,
            closed=row.closed,
            hold_until=_local(row.hold_until),
            arrived_at=_local(row.checked_in_at),
            called_at=_local(row.called_at),
            called_to=row.called_to or "",
            ended_at=_local(row.ended_at),
        )


def _walk_ins(
    connection: Connection, hall_id: int, start: datetime, end: datetime
) -> Iterable[Visit]:
    rows = connection.execute(
        select(
            WalkInRow.code,
            WalkInRow.priority,
            WalkInRow.arrived_at,
            WalkInRow.called_at,
            _CALLED_TO.name.label("called_to"),
            WalkInRow.ended_at,
            BusinessRow.name.label("business"),
        )
        .join(BusinessRow, BusinessRow.id == WalkInRow.business_id)
        .outerjoin(_CALLED_TO, _CALLED_TO.id == WalkInRow.called_to)
        .where(
            WalkInRow.hall_id == hall_id,
            WalkInRow.arrived_at >= start,
            WalkInRow.arrived_at < end,
        )
    )
    for row in rows:
        yield Visit(
            code=row.code,
            business=row.business,
            window="",
            start=to_shanghai(row.arrived_at),
            status=CHECKED_IN if row.ended_at is None else SERVED,
            priority=row.priority,
            walk_in=True,
            arrived_at=_local(row.arrived_at),
            called_at=_local(row.called_at),
            called_to=row.called_to or "",
            ended_at=_local(row.ended_at),
        )


def _seats_left(
    connection: Connection, hall_id: int, start: datetime, end: datetime
) -> tuple[int, int]:
    free = SlotRow.capacity - SlotRow.taken
    left = connection.execute(
        select(
            func.coalesce(func.sum(case((SlotRow.reserved, 0), else_=free)), 0),
            func.coalesce(func.sum(case((SlotRow.reserved, free), else_=0)), 0),
        ).where(
            SlotRow.hall_id == hall_id,
            SlotRow.start > start,
            SlotRow.start < end,
            SlotRow.closed.is_(False),
        )
    ).one()
    return int(left[0]), int(left[1])


def _count(visits: Iterable[Visit], seats_left: int, reserved_left: int) -> Counts:
    visits = tuple(visits)
    at = Counter(visit.stage for visit in visits)
    return Counts(
        booked=sum(not visit.walk_in and visit.status != CANCELLED for visit in visits),
        held=at[HELD],
        confirmed=at[CONFIRMED],
        waiting=at[WAITING],
        serving=at[SERVING],
        served=at[SERVED],
        no_show=at[NO_SHOW],
        seats_left=seats_left,
        reserved_left=reserved_left,
    )


def _local(moment: datetime | None) -> datetime | None:
    return None if moment is None else to_shanghai(moment)
