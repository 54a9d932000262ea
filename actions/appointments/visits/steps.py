"""The visit itself: checking in, being called, being done; and who came without a booking."""

from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, Connection, insert, null, select, update

from actions.appointments.booking import notices, queries, waitlist
from actions.appointments.booking.queries import (
    BOOKING_PREFIX,
    CANCELLED,
    CHECKED_IN,
    CONFIRMED,
    HELD,
    NO_SHOW,
    SERVED,
)
from actions.appointments.booking.rules import check_in_times
from actions.appointments.booking.tables import BookingRow, WalkInRow
from actions.appointments.errors import (
    BookingEnded,
    CalledElsewhere,
    NotInHall,
    TooEarly,
    TooLate,
    UnknownBooking,
    UnknownBusiness,
    UnknownWindow,
)
from actions.appointments.halls.tables import (
    BusinessRow,
    HallRow,
    SlotRow,
    WindowBusinessRow,
    WindowRow,
)
from actions.appointments.lock_retry import Overtaken, until_settled, within_time
from actions.appointments.records import Booking
from actions.ids import new_id, read_id
from store.database import Database

WALK_IN_PREFIX = "XC"
VisitTable = type[BookingRow] | type[WalkInRow]


@within_time
def check_in(database: Database, code: str, *, now: datetime, owner: str | None = None) -> Booking:
    """Note that somebody has come; staff leave ``owner`` out. Repeating changes nothing.

    Raises UnknownBooking (also for somebody else's code), BookingEnded, TooEarly, TooLate;
    TooEarly too for a seat that was held and never confirmed, once it is too late for that.
    """
    known = read_id(BOOKING_PREFIX, code)
    if known is None:
        raise UnknownBooking
    return until_settled(database, partial(_check_in, code=known, owner=owner, now=now))


@within_time
def call(database: Database, code: str, *, now: datetime, window: str | None = None) -> None:
    """Note that ``window`` has begun with somebody who is in the hall. Repeating changes nothing.

    Without a window it is the booked one; of somebody without a booking it stays unknown.
    Raises NotInHall, UnknownWindow (also for one that does not do the business), and
    CalledElsewhere where another window was quicker.
    """
    database.transact(partial(_call, code=code, window=window, now=now))


@within_time
def finish(database: Database, code: str, *, now: datetime) -> None:
    """Note that somebody in the hall has been served; NotInHall. Repeating changes nothing."""
    database.transact(partial(_finish, code=code, now=now))


@within_time
def walk_in(database: Database, *, hall: str, business: str, priority: bool, now: datetime) -> str:
    """Note somebody who came without a booking and return their number; UnknownBusiness.

    UnknownBusiness also where no window of the hall does it.
    """
    return database.transact(
        partial(_walk_in, hall=hall, business=business, priority=priority, now=now)
    )


def _check_in(connection: Connection, *, code: str, owner: str | None, now: datetime) -> Booking:
    mine = () if owner is None else (BookingRow.owner == owner,)
    booking = queries.booking(connection, BookingRow.code == code, *mine)
    if booking is None:
        raise UnknownBooking
    if booking.status in (CHECKED_IN, SERVED):
        return booking
    if booking.status == CANCELLED:
        raise BookingEnded(booking)
    opens, closes = check_in_times(booking.start)
    if now < opens:
        raise TooEarly(booking, opens)
    if now >= closes or booking.status == NO_SHOW:
        raise TooLate(booking)
    # Who stands in the hall with a seat held has, by coming, confirmed it.
    came = connection.execute(
        update(BookingRow)
        .where(
            BookingRow.id == booking.id,
            BookingRow.slot_id == booking.slot_id,
            BookingRow.status.in_((HELD, CONFIRMED)),
        )
        .values(status=CHECKED_IN, checked_in_at=now, hold_until=None)
    ).rowcount
    if not came:
        raise Overtaken
    waitlist.settle(connection, booking.id, waitlist.TAKEN)
    notices.forget_reminders(connection, booking.id, now)
    return queries.the_booking(connection, booking.id)


def _call(connection: Connection, *, code: str, window: str | None, now: datetime) -> None:
    table, here = in_hall(code)
    called_to = _window_id(connection, table, code, window)
    changed = connection.execute(
        update(table)
        .where(*here, table.called_at.is_(None))
        .values(called_at=now, called_to=called_to)
    ).rowcount
    if changed:
        return
    before = connection.execute(
        select(WindowRow.name)
        .select_from(table)
        .outerjoin(WindowRow, WindowRow.id == table.called_to)
        .where(*here)
    ).first()
    if before is None:
        raise NotInHall
    if window is not None and before.name not in (None, window):
        raise CalledElsewhere(before.name)


def _window_id(
    connection: Connection, table: VisitTable, code: str, window: str | None
) -> int | None:
    if table is BookingRow:
        asked = select(BookingRow.business_id, SlotRow.hall_id, SlotRow.window_id).join(
            SlotRow, SlotRow.id == BookingRow.slot_id
        )
    else:
        asked = select(WalkInRow.business_id, WalkInRow.hall_id, null().label("window_id"))
    visit = connection.execute(asked.where(table.code == code)).first()
    if visit is None:
        raise NotInHall
    if window is None:
        booked: int | None = visit.window_id
        return booked
    found = connection.scalar(
        select(WindowRow.id)
        .join(WindowBusinessRow, WindowBusinessRow.window_id == WindowRow.id)
        .where(
            WindowRow.hall_id == visit.hall_id,
            WindowRow.name == window,
            WindowBusinessRow.business_id == visit.business_id,
        )
    )
    if found is None:
        raise UnknownWindow
    return found


def _finish(connection: Connection, *, code: str, now: datetime) -> None:
    table, here = in_hall(code)
    values: dict[str, object] = {"ended_at": now}
    done = [table.code == code, table.ended_at.is_not(None)]
    if table is BookingRow:
        done.append(BookingRow.status == SERVED)
        values |= {"status": SERVED, "active": False, "place": None, "ended_by": "staff"}
    changed = connection.execute(update(table).where(*here).values(**values)).rowcount
    if not changed and connection.scalar(select(table.id).where(*done)) is None:
        raise NotInHall


def in_hall(code: str) -> tuple[VisitTable, list[ColumnElement[bool]]]:
    """Return the table in which a code is looked for, and when its visit is under way."""
    if read_id(WALK_IN_PREFIX, code) is not None:
        return WalkInRow, [WalkInRow.code == code, WalkInRow.ended_at.is_(None)]
    return BookingRow, [BookingRow.code == code, BookingRow.status == CHECKED_IN]


def _walk_in(
    connection: Connection, *, hall: str, business: str, priority: bool, now: datetime
) -> str:
    done_there = connection.execute(
        select(HallRow.id, BusinessRow.id.label("business_id"))
        .join(WindowRow, WindowRow.hall_id == HallRow.id)
        .join(WindowBusinessRow, WindowBusinessRow.window_id == WindowRow.id)
        .join(BusinessRow, BusinessRow.id == WindowBusinessRow.business_id)
        .where(HallRow.name == hall, BusinessRow.name == business)
        .limit(1)
    ).first()
    if done_there is None:
        raise UnknownBusiness
    code = new_id(WALK_IN_PREFIX)
    connection.execute(
        insert(WalkInRow),
        {
            "code": code,
            "hall_id": done_there.id,
            "business_id": done_there.business_id,
            "priority": priority,
            "arrived_at": now,
        },
    )
    return code
