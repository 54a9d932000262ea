"""Consents to notices: a person gives one in the messenger, and each notice told takes it.

They stand with what may be sent in the conversation, under its lock: of two senders one takes the
last. Taken beforehand, as all that is counted; what the messenger did not take is given back.
"""

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.messaging.channels import allowance
from bot.messaging.tables import Reach
from store.database import Database

MOST = 1000
"""More consents of one person to one sort of notice are not counted."""


def answer(session: Session, conversation_id: str, sort: str, *, agreed: bool, key: str) -> None:
    """Note that a person agreed to a sort of notice, or withdrew; once by the ``key`` of the act.

    Nothing is noted of who never wrote to us.
    """
    reach = allowance.lock(session, conversation_id)
    if reach is None:
        return
    left, seen = _read(reach, sort)
    if seen != key:
        _write(session, reach, sort, min(left + 1, MOST) if agreed else 0, key)


def take(database: Database, conversation_id: str, sort: str, *, lasting: bool) -> bool:
    """Take one consent to a sort of notice; False where there is none. A lasting one stays."""
    with database.write() as session:
        reach = allowance.lock(session, conversation_id)
        left, seen = (0, "") if reach is None else _read(reach, sort)
        if reach is None or left < 1:
            return False
        if not lasting:
            _write(session, reach, sort, left - 1, seen)
            session.commit()
        return True


def give_back(database: Database, conversation_id: str, sort: str) -> None:
    """Return a consent that the messenger did not take."""
    _change(database, conversation_id, sort, 1)


def forget(database: Database, conversation_id: str, sort: str) -> None:
    """Note that the messenger knows of no consent."""
    _change(database, conversation_id, sort, -MOST)


def _change(database: Database, conversation_id: str, sort: str, by: int) -> None:
    with database.write() as session:
        reach = allowance.lock(session, conversation_id)
        if reach is not None:
            left, seen = _read(reach, sort)
            _write(session, reach, sort, max(left + by, 0), seen)
            session.commit()


def _read(reach: Reach, sort: str) -> tuple[int, str]:
    found = (reach.consents or {}).get(sort) or {}
    return int(found.get("left", 0)), str(found.get("seen", ""))


def _write(session: Session, reach: Reach, sort: str, left: int, seen: str) -> None:
    noted = {**(reach.consents or {}), sort: {"left": left, "seen": seen}}
    session.execute(
        update(Reach).where(Reach.conversation_id == reach.conversation_id).values(consents=noted)
    )
