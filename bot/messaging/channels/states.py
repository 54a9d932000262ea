"""What the processes of one channel share: values with a term, and whose turn it is.

Names are ``<channel>:<what>``. A turn is a lease: it lapses with its holder.
"""

from datetime import datetime, timedelta

from sqlalchemy import insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.messaging.tables import ChannelState
from store.database import Database, rows_changed


def read(database: Database, name: str, *, now: datetime | None = None) -> str | None:
    """Return a value; with ``now`` None also where its term is over."""
    with database.read() as session:
        state = session.get(ChannelState, name)
        if state is None or (now and state.expires_at is not None and state.expires_at <= now):
            return None
        return state.value


def named(database: Database, prefix: str) -> dict[str, tuple[str | None, datetime]]:
    """Return values and when they changed, of all names that begin with ``prefix``."""
    with database.read() as session:
        rows = session.scalars(
            select(ChannelState).where(ChannelState.name.startswith(prefix, autoescape=True))
        )
        return {row.name: (row.value, row.changed_at) for row in rows}


def write(
    session: Session,
    name: str,
    value: str | None,
    *,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Store a value, in the caller's transaction."""
    values = {"value": value, "changed_at": now, "expires_at": expires_at}
    changed = rows_changed(
        session, update(ChannelState).where(ChannelState.name == name).values(values)
    )
    if changed == 0:
        session.execute(insert(ChannelState).values(name=name, **values))


def keep(
    database: Database,
    name: str,
    value: str | None,
    *,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Store a value in a transaction of its own."""
    try:
        with database.write() as session:
            write(session, name, value, now=now, expires_at=expires_at)
            session.commit()
    except IntegrityError:
        # Another process stored the first value in this very moment (PostgreSQL only).
        with database.write() as session:
            write(session, name, value, now=now, expires_at=expires_at)
            session.commit()


def take_turn(
    database: Database, name: str, owner: str, *, now: datetime, lasts: timedelta
) -> bool:
    """Take, or keep, the turn at something; False while somebody else has it."""
    free = or_(
        ChannelState.holder.is_(None), ChannelState.holder == owner, ChannelState.held_until <= now
    )
    mine = {"holder": owner, "held_until": now + lasts}
    try:
        with database.write() as session:
            taken = rows_changed(
                session, update(ChannelState).where(ChannelState.name == name, free).values(mine)
            )
            if taken == 0:
                if session.get(ChannelState, name) is not None:
                    return False
                session.execute(insert(ChannelState).values(name=name, changed_at=now, **mine))
            session.commit()
            return True
    except IntegrityError:
        return False


def has_turn(session: Session, name: str, owner: str) -> bool:
    """Whether the turn is still the owner's, and stays so until the transaction ends."""
    held = rows_changed(
        session,
        update(ChannelState)
        .where(ChannelState.name == name, ChannelState.holder == owner)
        .values(holder=owner),
    )
    return held == 1


def give_turn(database: Database, name: str, owner: str) -> None:
    """Give the turn back, if it is still the owner's."""
    with database.write() as session:
        session.execute(
            update(ChannelState)
            .where(ChannelState.name == name, ChannelState.holder == owner)
            .values(holder=None, held_until=None)
        )
        session.commit()


def with_term(database: Database, name: str) -> tuple[str, datetime] | None:
    """Return a value and the end of its term, None where it lacks either."""
    with database.read() as session:
        state = session.get(ChannelState, name)
        if state is None or state.value is None or state.expires_at is None:
            return None
        return state.value, state.expires_at
