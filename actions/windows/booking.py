"""Booking and cancelling; the locking policy is written in ``actions.windows.tables``."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from actions.ids import new_id, read_id
from actions.windows.errors import (
    AlreadyBooked,
    BookingPast,
    SlotFull,
    SlotPast,
    UnknownBooking,
    UnknownBusiness,
    UnknownSlot,
    WindowsBusy,
)
from actions.windows.locking import lock_slots
from actions.windows.records import Booking
from actions.windows.tables import (
    BookingRow,
    BusinessRow,
    HallRow,
    SlotRow,
    WindowBusinessRow,
    WindowRow,
)
from store.clock import to_shanghai
from store.database import Database

PREFIX = "YY"
CONFIRMED, CANCELLED = "confirmed", "cancelled"
TRIES = 3
Found = Row[BookingRow, SlotRow, WindowRow, HallRow, BusinessRow]


class _BeginAgain(Exception):
    """The same request was finished meanwhile."""


def book(
    database: Database,
    *,
    owner: str,
    slot_id: int,
    business: str,
    request_key: str,
    now: datetime,
) -> Booking:
    """Take a seat; a repeated ``request_key`` of one owner gives the same booking back.

    Raises SlotFull, SlotPast, UnknownSlot, UnknownBusiness, AlreadyBooked; WindowsBusy when
    the lock cannot be had in time.
    """
    for _ in range(TRIES):
        try:
            with _unit(database) as session:
                booked = _of_request(session, owner, request_key)
                if booked is None:
                    business_id = _business_id(session, business)
                    row = _take(session, owner, slot_id, business_id, request_key, now)
                    session.add(row)
                    session.commit()
                    booked = _one(session, BookingRow.id == row.id)
                return _record(booked)
        except (IntegrityError, _BeginAgain):
            # A rival won a unique index, or the last seat: begin again and see its work.
            continue
    raise WindowsBusy


def cancel(
    database: Database, owner: str, code: str, *, request_key: str, now: datetime
) -> Booking:
    """Give a seat back, exactly once; cancelling again changes nothing and says the same.

    Raises UnknownBooking (also for somebody else's code), BookingPast, WindowsBusy.
    """
    known = read_id(PREFIX, code)
    with _unit(database) as session:
        slot_id = session.scalar(
            select(BookingRow.slot_id).where(BookingRow.code == known, BookingRow.owner == owner)
        )
        if known is None or slot_id is None:
            raise UnknownBooking
        lock_slots(session, [slot_id])
        found = _one(session, BookingRow.code == known)
        row, slot = found[0], found[1]
        if row.status != CANCELLED:
            if slot.start <= now:
                raise BookingPast
            row.status, row.active = CANCELLED, False
            row.cancelled_at, row.cancel_key = now, request_key
            _change_taken(session, slot_id, -1)
            session.commit()
        return _record(found)


def bookings_of(database: Database, owner: str, *, now: datetime) -> tuple[Booking, ...]:
    """Return an owner's bookings whose visit is not over, cancelled ones too, by time."""
    statement = _joined().where(BookingRow.owner == owner, SlotRow.end > now)
    with database.read() as session:
        rows = session.execute(statement.order_by(SlotRow.start, BookingRow.id)).all()
        return tuple(_record(row) for row in rows)


def _take(
    session: Session, owner: str, slot_id: int, business_id: int, request_key: str, now: datetime
) -> BookingRow:
    locked = lock_slots(session, [slot_id])
    # Asked again under the lock: the same request may have been at work on this slot.
    if _of_request(session, owner, request_key) is not None:
        raise _BeginAgain
    if not locked or session.get(WindowBusinessRow, (locked[0].window_id, business_id)) is None:
        raise UnknownSlot
    slot = locked[0]
    if slot.start <= now:
        raise SlotPast
    _let_past_visits_go(session, owner, business_id, now)
    standing = _first(
        session,
        BookingRow.owner == owner,
        BookingRow.business_id == business_id,
        BookingRow.active.is_(True),
    )
    if standing is not None:
        raise AlreadyBooked(_record(standing))
    if slot.taken >= slot.capacity:
        raise SlotFull
    _change_taken(session, slot_id, +1)
    return BookingRow(
        code=new_id(PREFIX),
        owner=owner,
        slot_id=slot_id,
        business_id=business_id,
        status=CONFIRMED,
        active=True,
        request_key=request_key,
        created_at=now,
    )


def _change_taken(session: Session, slot_id: int, by: int) -> None:
    # Counted by the database, never from a number read before: so the CHECK holds always.
    session.execute(
        update(SlotRow)
        .where(SlotRow.id == slot_id)
        .values(taken=SlotRow.taken + by)
        .execution_options(synchronize_session=False)
    )


def _let_past_visits_go(session: Session, owner: str, business_id: int, now: datetime) -> None:
    over = select(SlotRow.id).where(SlotRow.end <= now)
    session.execute(
        update(BookingRow)
        .where(
            BookingRow.owner == owner,
            BookingRow.business_id == business_id,
            BookingRow.active,
            BookingRow.slot_id.in_(over),
        )
        .values(active=False)
        .execution_options(synchronize_session=False)
    )


@contextmanager
def _unit(database: Database) -> Iterator[Session]:
    try:
        with database.write() as session:
            yield session
    except OperationalError as error:
        if _is_lock_timeout(error):
            raise WindowsBusy from error
        raise


def _is_lock_timeout(error: OperationalError) -> bool:
    # 55P03 lock_not_available, 40P01 deadlock_detected; SQLite has words only.
    state = getattr(error.orig, "sqlstate", None)
    return state in ("55P03", "40P01") or "database is locked" in str(error.orig)


def _joined() -> Select[BookingRow, SlotRow, WindowRow, HallRow, BusinessRow]:
    return (
        select(BookingRow, SlotRow, WindowRow, HallRow, BusinessRow)
        .join(SlotRow, SlotRow.id == BookingRow.slot_id)
        .join(WindowRow, WindowRow.id == SlotRow.window_id)
        .join(HallRow, HallRow.id == WindowRow.hall_id)
        .join(BusinessRow, BusinessRow.id == BookingRow.business_id)
        .execution_options(populate_existing=True)
    )


def _first(session: Session, *where: ColumnElement[bool]) -> Found | None:
    return session.execute(_joined().where(*where)).first()


def _one(session: Session, *where: ColumnElement[bool]) -> Found:
    return session.execute(_joined().where(*where)).one()


def _of_request(session: Session, owner: str, request_key: str) -> Found | None:
    return _first(session, BookingRow.owner == owner, BookingRow.request_key == request_key)


def _business_id(session: Session, name: str) -> int:
    found = session.scalar(select(BusinessRow.id).where(BusinessRow.name == name))
    if found is None:
        raise UnknownBusiness
    return found


def _record(found: Found) -> Booking:
    row, slot, window, hall, business = found
    return Booking(
        code=row.code,
        status=row.status,
        hall=hall.name,
        business=business.name,
        window=window.name,
        start=to_shanghai(slot.start),
        end=to_shanghai(slot.end),
        bring=tuple(business.bring),
    )
