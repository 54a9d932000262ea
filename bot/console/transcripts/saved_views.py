"""Filters that somebody of staff has given a name."""

from dataclasses import asdict, dataclass

from sqlalchemy import delete, select

from bot.console.transcripts.filters import Filters
from bot.console.transcripts.tables import SavedViewRow
from store.database import Database

NAME_MAX = 40
MOST = 30


@dataclass(frozen=True)
class SavedView:
    """A name and its filters."""

    id: int
    name: str
    filters: Filters


def saved_views(database: Database, staff_id: int) -> tuple[SavedView, ...]:
    """Return somebody's views, the oldest first (blocking)."""
    mine = select(SavedViewRow).where(SavedViewRow.staff_id == staff_id)
    with database.read() as session:
        rows = session.scalars(mine.order_by(SavedViewRow.id).limit(MOST))
        return tuple(SavedView(row.id, row.name, Filters.read(row.filters)) for row in rows)


def save_view(database: Database, staff_id: int, name: str, filters: Filters) -> None:
    """Keep filters under a name; those of before under it are gone (blocking)."""
    name = name.strip()[:NAME_MAX]
    same = (SavedViewRow.staff_id == staff_id) & (SavedViewRow.name == name)
    with database.write() as session:
        session.execute(delete(SavedViewRow).where(same))
        session.add(SavedViewRow(staff_id=staff_id, name=name, filters=asdict(filters)))
        session.commit()


def drop_view(database: Database, staff_id: int, view_id: int) -> None:
    """Forget a view of somebody's own (blocking)."""
    mine = (SavedViewRow.staff_id == staff_id) & (SavedViewRow.id == view_id)
    with database.write() as session:
        session.execute(delete(SavedViewRow).where(mine))
        session.commit()
