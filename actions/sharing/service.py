"""The service of shared staff: who lends, who borrows, and who fits whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from actions.ids import new_id
from actions.sharing.tables import StaffShareRow
from language.places import covers, province_of
from language.trades import find_trade, related
from store.database import rows_changed
from store.service import Service
from store.vault.vault import shown

PREFIX = "YG"
LEND, BORROW = "lend", "borrow"
OTHER_SIDE = {LEND: BORROW, BORROW: LEND}
OPEN, MATCHED, CLOSED = "open", "matched", "closed"
MOST = 500
"""Open entries of one side that are looked through."""


@dataclass(frozen=True)
class NewShare:
    """An entry to keep; see ``tables.StaffShareRow``."""

    side: str
    trade: str
    headcount: int
    place: str
    period: str
    contact: str


@dataclass(frozen=True)
class Share(NewShare):
    """An entry as it is kept; ``contact`` shows masks for numbers."""

    code: str = ""
    conversation: str = ""
    state: str = OPEN
    ticket: str = ""
    created_at: datetime | None = None


class Sharing(Service):
    """Entries over one database; every method is one unit of work, blocking."""

    def keep(self, share: NewShare, conversation: str, request_key: str, now: datetime) -> Share:
        """Keep an entry, or return what this request has kept already."""
        request = {"conversation": conversation, "request_key": request_key}
        with self._database.write() as session:
            row = session.scalar(select(StaffShareRow).filter_by(**request))
            if row is None:
                row = StaffShareRow(**request, **vars(share), code=new_id(PREFIX))
                row.state, row.ticket, row.created_at = OPEN, "", now
                session.add(row)
                session.commit()
            return _share(row, row.contact)

    def belongs_to(self, code: str, ticket: str) -> None:
        """Note under which case staff deal with an entry."""
        noted = update(StaffShareRow).where(StaffShareRow.code == code).values(ticket=ticket)
        with self._database.write() as session:
            session.execute(noted)
            session.commit()

    def fitting(self, share: Share) -> Sequence[Share]:
        """Return open entries of the other side, of the same or a near trade, in its province.

        Those of the same city and trade come first. An employer's own are none of them.
        """
        other = (StaffShareRow.state == OPEN, StaffShareRow.side == OTHER_SIDE[share.side])
        statement = select(StaffShareRow).where(
            *other, StaffShareRow.conversation != share.conversation
        )
        with self._database.read() as session:
            rows = session.scalars(statement.order_by(StaffShareRow.id.desc()).limit(MOST))
            found = [_share(row, "") for row in rows]
        able = [each for each in found if _near_place(share, each) and _likeness(share, each)]
        return tuple(sorted(able, key=lambda each: _order(share, each)))

    def of(self, conversation: str) -> Sequence[Share]:
        """Return a person's open entries, the oldest first."""
        mine = (StaffShareRow.conversation == conversation, StaffShareRow.state == OPEN)
        with self._database.read() as session:
            rows = session.scalars(select(StaffShareRow).where(*mine).order_by(StaffShareRow.id))
            return tuple(_share(row, row.contact) for row in rows)

    def open_entries(self, limit: int = 200) -> Sequence[Share]:
        """Return what waits to be matched, the oldest first, with masks for numbers."""
        statement = select(StaffShareRow).where(StaffShareRow.state == OPEN)
        with self._database.read() as session:
            rows = session.scalars(statement.order_by(StaffShareRow.id).limit(limit)).all()
            return tuple(_share(row, shown(session, row.conversation, row.contact)) for row in rows)

    def end(self, code: str, state: str, now: datetime, *, conversation: str | None = None) -> bool:
        """Mark an open entry as matched or closed; tell whether it was open.

        ``conversation``: only if it is this one's.
        """
        if state not in (MATCHED, CLOSED):
            raise ValueError(f"no end: {state!r}")
        open_ = [StaffShareRow.code == code, StaffShareRow.state == OPEN]
        if conversation is not None:
            open_.append(StaffShareRow.conversation == conversation)
        ending = update(StaffShareRow).where(*open_).values(state=state, ended_at=now)
        with self._database.write() as session:
            ended = rows_changed(session, ending)
            session.commit()
            return bool(ended)


def _near_place(one: Share, other: Share) -> bool:
    return province_of(one.place) == province_of(other.place)


def _likeness(one: Share, other: Share) -> int:
    """Return 2 for the same trade, 1 for a near one, 0 for another."""
    if one.trade == other.trade:
        return 2
    mine = find_trade(one.trade)
    return int(mine is not None and other.trade in related(mine))


def _order(one: Share, other: Share) -> tuple[bool, int]:
    here = covers(one.place, other.place) or covers(other.place, one.place)
    return not here, -_likeness(one, other)


def _share(row: StaffShareRow, contact: str) -> Share:
    return Share(
        side=row.side,
        trade=row.trade,
        headcount=row.headcount,
        place=row.place,
        period=row.period,
        contact=contact,
        code=row.code,
        conversation=row.conversation,
        state=row.state,
        ticket=row.ticket,
        created_at=row.created_at,
    )
