"""Reading halls and businesses out of the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import String, bindparam, cast, func, select
from sqlalchemy.orm import Session

from actions.appointments.errors import UnknownHall
from actions.appointments.halls.calendar import hours_text, read_sessions
from actions.appointments.halls.tables import BusinessRow, HallRow, WindowBusinessRow, WindowRow
from actions.appointments.records import Business, Hall

Named = TypeVar("Named", "NamedHall", Hall)

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
_DOING = (
    select(
        HallRow.id,
        HallRow.name,
        HallRow.place,
        func.aggregate_strings(cast(WindowBusinessRow.window_id, String), ","),
    )
    .outerjoin(WindowRow, WindowRow.hall_id == HallRow.id)
    .outerjoin(
        WindowBusinessRow,
        (WindowBusinessRow.window_id == WindowRow.id)
        & (
            WindowBusinessRow.business_id
            == select(BusinessRow.id)
            .where(BusinessRow.name == bindparam("business"))
            .scalar_subquery()
        ),
    )
    .group_by(HallRow.id)
    .order_by(HallRow.id)
)
_PLACE = (
    _HALLS.add_columns(*_BUSINESSES.selected_columns)
    .join(BusinessRow, BusinessRow.name == bindparam("business"))
    .where(HallRow.id == bindparam("hall"))
)


@dataclass(frozen=True)
class NamedHall:
    """A hall's name, the GB/T 2260 code of where it is, and its windows for one business."""

    id: int
    name: str
    place: str
    windows: tuple[int, ...]


def businesses(session: Session) -> tuple[Business, ...]:
    """Return all businesses, the commonest first (the order they were entered in)."""
    rows = session.execute(_BUSINESSES.order_by(BusinessRow.id))
    return tuple(_business(*row) for row in rows)


def halls_for(session: Session, business: str) -> tuple[NamedHall, ...]:
    """Return all halls with their windows for a business, those without any, too."""
    rows = session.execute(_DOING, {"business": business})
    return tuple(
        NamedHall(id_, name, place, tuple(sorted(map(int, windows.split(",") if windows else ()))))
        for id_, name, place, windows in rows
    )


def hall_and_business(session: Session, hall_id: int, business: str) -> tuple[Hall, Business]:
    """Return a hall and a business that are known to be."""
    row = session.execute(_PLACE, {"hall": hall_id, "business": business}).one()
    columns = len(_HALLS.selected_columns)
    return _hall(*row[:columns]), _business(*row[columns:])


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


def hall_named(known: Iterable[Named], name: str) -> Named:
    """Return one hall; UnknownHall when there is none."""
    for hall in known:
        if hall.name == name:
            return hall
    raise UnknownHall
