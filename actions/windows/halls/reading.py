"""Reading halls and businesses out of the database."""

from collections.abc import Iterable

from sqlalchemy import String, bindparam, cast, func, select
from sqlalchemy.orm import Session

from actions.windows.errors import UnknownBusiness, UnknownHall
from actions.windows.halls.calendar import hours_text, read_sessions
from actions.windows.halls.tables import BusinessRow, HallRow, WindowBusinessRow, WindowRow
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
_DONE = (
    _BUSINESSES.add_columns(
        WindowRow.hall_id, func.aggregate_strings(cast(WindowRow.id, String), ",")
    )
    .outerjoin(WindowBusinessRow, WindowBusinessRow.business_id == BusinessRow.id)
    .outerjoin(WindowRow, WindowRow.id == WindowBusinessRow.window_id)
    .where(BusinessRow.name == bindparam("name"))
    .group_by(BusinessRow.id, WindowRow.hall_id)
)


def businesses(session: Session) -> tuple[Business, ...]:
    """Return all businesses, the commonest first (the order they were entered in)."""
    rows = session.execute(_BUSINESSES.order_by(BusinessRow.id))
    return tuple(_business(*row) for row in rows)


def business_done(session: Session, name: str) -> tuple[Business, dict[int, tuple[int, ...]]]:
    """Return a business and the windows that do it, by the hall they are in.

    Halls without such a window are left out. Raises UnknownBusiness.
    """
    rows = session.execute(_DONE, {"name": name}).all()
    if not rows:
        raise UnknownBusiness
    *business, _, _ = rows[0]
    doing = {
        hall: tuple(sorted(map(int, windows.split(","))))
        for *_, hall, windows in rows
        if hall is not None
    }
    return _business(*business), doing


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
