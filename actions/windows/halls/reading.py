"""Reading halls, businesses and slots out of the database."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.windows.errors import UnknownBusiness, UnknownHall
from actions.windows.halls.calendar import hours_text, read_sessions
from actions.windows.halls.tables import (
    BusinessRow,
    HallRow,
    WindowBusinessRow,
    WindowRow,
)
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
