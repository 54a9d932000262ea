"""Who is signed in: a row of the database for each sign-in, and a random token in a cookie.

The database is the truth for every process: what ends a session there ends it everywhere.
"""

import asyncio
import hashlib
import secrets
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Update, delete, select, update
from sqlalchemy.orm import Session

from bot.console.deeds import account
from bot.console.tables import Staff, StaffSession
from store import audit
from store.database import Database

COOKIE = "zhida_console"
LASTS = timedelta(hours=12)
IDLE = timedelta(hours=2)
"""A session that nobody used for so long is over; a page that only lies open is no use of it."""

SEEN_EVERY_SECONDS = 60.0
KEPT = timedelta(days=30)
BELIEVED_SECONDS = 2.0
"""How long a process believes what it read of a session that another process may end."""


def key_of(cookies: Mapping[str, str]) -> str:
    """Return the key of the session whose token the cookies hold; of none, a key of nothing."""
    return _key(cookies.get(COOKIE, ""))


def begin(database: Database, staff: Staff, *, now: datetime) -> str | None:
    """Begin a session and return its token; what is long over is forgotten.

    None if the account was given another password, or was closed, since ``staff`` was read.
    """
    token = secrets.token_urlsafe(32)
    with database.write() as session:
        locked = select(Staff).where(Staff.id == staff.id).with_for_update()
        same = session.scalars(locked).first()
        if same is None or same.disabled or same.password_hash != staff.password_hash:
            return None
        session.execute(delete(StaffSession).where(StaffSession.expires_at < now - KEPT))
        session.add(
            StaffSession(
                key=_key(token),
                staff_id=staff.id,
                began_at=now,
                seen_at=now,
                expires_at=now + LASTS,
            )
        )
        who = account(staff.id)
        audit.record(session, actor=who, action="session.begin", subject=who, at=now)
        session.commit()
    return token


def signed_in(database: Database, key: str, *, now: datetime) -> Staff | None:
    """Return whose session it is, while it lasts and the account may sign in."""
    with database.read() as session:
        return session.scalars(
            select(Staff)
            .join(StaffSession, StaffSession.staff_id == Staff.id)
            .where(
                StaffSession.key == key,
                StaffSession.ended_at.is_(None),
                StaffSession.expires_at > now,
                StaffSession.seen_at > now - IDLE,
                Staff.disabled.is_(False),
            )
        ).first()


def seen(database: Database, key: str, *, now: datetime) -> None:
    """Note that the session is used."""
    with database.write() as session:
        # Never back to life: whoever was idle for too long signs in again.
        session.execute(
            update(StaffSession)
            .where(StaffSession.key == key, StaffSession.seen_at > now - IDLE)
            .values(seen_at=now)
        )
        session.commit()


def end(database: Database, key: str, *, now: datetime) -> None:
    """End one session, everywhere."""
    with database.write() as session:
        ended = _ending(now).where(StaffSession.key == key).returning(StaffSession.staff_id)
        for staff_id in session.scalars(ended).all():
            who = account(staff_id)
            audit.record(session, actor=who, action="session.end", subject=who, at=now)
        session.commit()


def end_all(session: Session, staff_id: int, *, now: datetime) -> None:
    """End every session of an account, within the caller's unit of work."""
    session.execute(_ending(now).where(StaffSession.staff_id == staff_id))


class Sessions:
    """The sessions as a process sees them: believed for a moment, ended at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._believed: dict[str, tuple[Staff, float]] = {}
        self._noted: dict[str, float] = {}
        self._endings = 0

    def believed(self, key: str) -> Staff | None:
        """Return whose session it is, if that was read within the last two seconds."""
        staff, until = self._believed.get(key, (None, 0.0))
        return staff if time.monotonic() < until else None

    async def whose(self, key: str, now: datetime) -> Staff | None:
        """Return whose session it is at this moment, as the database has it."""
        endings = self._endings
        staff = await self._database.run(lambda: signed_in(self._database, key, now=now))
        if staff is None:
            self._believed.pop(key, None)
        elif endings == self._endings:  # else it may have been ended while we read
            self._forget_old()
            self._believed[key] = (staff, time.monotonic() + BELIEVED_SECONDS)
        return staff

    async def seen(self, key: str, now: datetime) -> None:
        """Note that the session is used; at most once a minute, since each note is a commit."""
        if time.monotonic() >= self._noted.get(key, 0.0):
            self._noted[key] = time.monotonic() + SEEN_EVERY_SECONDS
            await self._database.run(lambda: seen(self._database, key, now=now))

    def forget(self) -> None:
        """Believe nothing that was read before: an account has been changed."""
        self._endings += 1
        self._believed.clear()

    async def end(self, key: str, now: datetime) -> None:
        """End it: from here on nothing is done in its name."""
        await asyncio.shield(self._database.run(lambda: end(self._database, key, now=now)))
        self._endings += 1
        self._believed.pop(key, None)

    def _forget_old(self) -> None:
        now = time.monotonic()
        self._believed = {key: read for key, read in self._believed.items() if read[1] > now}
        self._noted = {key: until for key, until in self._noted.items() if until > now}


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _ending(now: datetime) -> Update:
    return update(StaffSession).where(StaffSession.ended_at.is_(None)).values(ended_at=now)
