"""Who of staff is there, and who looks at the same as somebody else: a beat every few seconds."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.cases.tables import DeskRow
from store.service import Service

HERE = timedelta(minutes=5)
"""Who was seen within it is there: pages beat as long as they are open."""

LOOKING = timedelta(seconds=25)
"""Who was seen within it looks at something: two beats may be lost."""

ANYWHERE = ""
"""The subject of who is there, whatever they look at."""


class Presence(Service):
    """Who is at the desk; ``subject`` is the hash of what they look at."""

    def beat(self, staff: str, subject: str, now: datetime) -> tuple[str, ...]:
        """Note that somebody looks at something; return who else does, by name."""

        def work(connection: Connection) -> tuple[str, ...]:
            for each in {subject, ANYWHERE}:
                _note(connection, staff, each, now)
            others = select(DeskRow.staff).where(
                DeskRow.subject == subject, DeskRow.staff != staff, DeskRow.seen_at > now - LOOKING
            )
            found = connection.scalars(others.order_by(DeskRow.staff))
            return tuple(found) if subject != ANYWHERE else ()

        try:
            return self._database.transact(work)
        except IntegrityError:  # another page of the same person was first
            return self._database.transact(work)

    def looking(self, now: datetime) -> dict[str, tuple[str, ...]]:
        """Return who looks at what, by subject."""
        seen = select(DeskRow).where(DeskRow.seen_at > now - LOOKING, DeskRow.subject != ANYWHERE)
        found: dict[str, tuple[str, ...]] = {}
        with self._database.read() as session:
            for row in session.scalars(seen.order_by(DeskRow.staff)):
                found[row.subject] = (*found.get(row.subject, ()), row.staff)
        return found


def is_attended(session: Session, now: datetime) -> bool:
    """Tell whether somebody of staff is there."""
    there = (DeskRow.subject == ANYWHERE) & (DeskRow.seen_at > now - HERE)
    return bool(session.scalar(select(exists().where(there))))


def _note(connection: Connection, staff: str, subject: str, now: datetime) -> None:
    mine = (DeskRow.staff == staff) & (DeskRow.subject == subject)
    # One row each: two pages of one person write the same, and the later moment stays.
    if connection.execute(update(DeskRow).where(mine).values(seen_at=now)).rowcount == 0:
        connection.execute(insert(DeskRow).values(staff=staff, subject=subject, seen_at=now))
