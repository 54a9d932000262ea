"""Reading halls, businesses and slots out of the database."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actions.windows.errors import UnknownBusiness, UnknownHall
from actions.windows.halls.calendar import hours_text, read_sessions
from actions.windows.halls.tables import (
    BusinessRow,
    HallRow,
    SlotRow,
    WindowBusinessRow,
    WindowRow,
)
from actions.windows.offering.choosing import Load
from actions.windows.records import Business, Hall


def businesses(session: Session) -> tuple[Business, ...]:
    """Return all businesses, the commonest first (the order they were entered in)."""
    rows = session.scalars(select(BusinessRow).order_by(BusinessRow.id))
    return tuple(
        Business(
            id=row.id,
            name=row.name,
            aliases=tuple(row.aliases),
            bring=tuple(row.bring),
            online=row.online,
            online_url=row.online_url,
            courier=row.courier,
            minutes=row.minutes,
        )
        for row in rows
    )


def halls(session: Session) -> tuple[Hall, ...]:
    """Return all halls."""
    return tuple(_hall(row) for row in session.scalars(select(HallRow).order_by(HallRow.id)))


def _hall(row: HallRow) -> Hall:
    sessions = read_sessions(row.sessions)
    return Hall(
        id=row.id,
        name=row.name,
        aliases=tuple(row.aliases),
        place=row.place,
        address=row.address,
        capacity=row.capacity,
        hours=hours_text(sessions),
        sessions=sessions,
    )


def business_named(session: Session, name: str) -> Business:
    """Return one business; UnknownBusiness when there is none."""
    for business in businesses(session):
        if business.name == name:
            return business
    raise UnknownBusiness


def hall_named(known: Iterable[Hall], name: str) -> Hall:
    """Return one hall; UnknownHall when there is none."""
    for hall in known:
        if hall.name == name:
            return hall
    raise UnknownHall


def halls_doing(session: Session, business_id: int) -> set[int]:
    """Return the ids of halls with a window for a business."""
    statement = (
        select(WindowRow.hall_id)
        .join(WindowBusinessRow, WindowBusinessRow.window_id == WindowRow.id)
        .where(WindowBusinessRow.business_id == business_id)
        .distinct()
    )
    return set(session.scalars(statement))


def loads(
    session: Session,
    hall_id: int,
    business_id: int | None,
    start: datetime,
    end: datetime,
) -> list[Load]:
    """Return a hall's slots that overlap ``[start, end)``, of whatever business, by time."""
    doing = set(
        session.scalars(
            select(WindowBusinessRow.window_id).where(WindowBusinessRow.business_id == business_id)
        )
    )
    statement = (
        select(
            SlotRow.id,
            SlotRow.start,
            SlotRow.end,
            SlotRow.capacity,
            SlotRow.taken,
            SlotRow.window_id,
        )
        .join(WindowRow, WindowRow.id == SlotRow.window_id)
        .where(WindowRow.hall_id == hall_id, SlotRow.start < end, SlotRow.end > start)
        .order_by(SlotRow.start, SlotRow.id)
    )
    return [
        Load(row.id, row.start, row.end, row.capacity, row.taken, row.window_id in doing)
        for row in session.execute(statement)
    ]


def free_seats(
    session: Session, business_id: int, start: datetime, end: datetime
) -> dict[int, int]:
    """Return how many seats each hall has left for a business, for slots in ``[start, end)``."""
    statement = (
        select(WindowRow.hall_id, func.sum(SlotRow.capacity - SlotRow.taken))
        .join(SlotRow, SlotRow.window_id == WindowRow.id)
        .join(WindowBusinessRow, WindowBusinessRow.window_id == WindowRow.id)
        .where(
            WindowBusinessRow.business_id == business_id,
            SlotRow.start >= start,
            SlotRow.start < end,
        )
        .group_by(WindowRow.hall_id)
    )
    return {hall_id: int(seats) for hall_id, seats in session.execute(statement)}


def last_slot_start(session: Session, hall_id: int) -> datetime | None:
    """Return when the last slot of a hall's calendar begins."""
    statement = (
        select(SlotRow.start)
        .join(WindowRow, WindowRow.id == SlotRow.window_id)
        .where(WindowRow.hall_id == hall_id)
        .order_by(SlotRow.start.desc())
        .limit(1)
    )
    return session.scalar(statement)
