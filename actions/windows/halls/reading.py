"""Reading halls and businesses out of the database."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.windows.errors import UnknownBusiness, UnknownHall
from actions.windows.halls.calendar import hours_text, read_sessions
from actions.windows.halls.tables import BusinessRow, HallRow
from actions.windows.records import Business, Hall

# Plain columns: whole rows, kept by a session, cost every offer some milliseconds.
_BUSINESSES = select(
    BusinessRow.id,
    BusinessRow.name,
    BusinessRow.aliases,
    BusinessRow.bring,
    BusinessRow.online,
    BusinessRow.online_url,
    BusinessRow.courier,
    BusinessRow.minutes,
)
_HALLS = select(
    HallRow.id,
    HallRow.name,
    HallRow.aliases,
    HallRow.place,
    HallRow.address,
    HallRow.capacity,
    HallRow.sessions,
).order_by(HallRow.id)


def businesses(session: Session) -> tuple[Business, ...]:
    """Return all businesses, the commonest first (the order they were entered in)."""
    rows = session.execute(_BUSINESSES.order_by(BusinessRow.id))
    return tuple(_business(*row) for row in rows)


def business_named(session: Session, name: str) -> Business:
    """Return one business; UnknownBusiness when there is none."""
    row = session.execute(_BUSINESSES.where(BusinessRow.name == name)).one_or_none()
    if row is None:
        raise UnknownBusiness
    return _business(*row)


def halls(session: Session) -> tuple[Hall, ...]:
    """Return all halls."""
    return tuple(_hall(*row) for row in session.execute(_HALLS))


def _business(
    id_: int,
    name: str,
    aliases: list[str],
    bring: list[str],
    online: str | None,
    online_url: str | None,
    courier: str | None,
    minutes: float,
) -> Business:
    return Business(id_, name, tuple(aliases), tuple(bring), online, online_url, courier, minutes)


def _hall(
    id_: int,
    name: str,
    aliases: list[str],
    place: str,
    address: str,
    capacity: int,
    sessions: list[list[str]],
) -> Hall:
    hours = read_sessions(sessions)
    return Hall(id_, name, tuple(aliases), place, address, capacity, hours_text(hours), hours)


def hall_named(known: Iterable[Hall], name: str) -> Hall:
    """Return one hall; UnknownHall when there is none."""
    for hall in known:
        if hall.name == name:
            return hall
    raise UnknownHall
