"""Guessing passwords is slow for whoever guesses, and not for whoever the account belongs to.

Failures are counted by name as it was typed, whether such an account exists or not, in the
database that all replicas share. Who signs in from a device that has signed in to the account
before is held to that device's failures alone: what others do to the account or from the same
address does not keep them out.
"""

import hmac
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.console.tables import SignInFailure
from store.backoff import Backoff
from store.database import Database

FORGOTTEN = timedelta(hours=1)
"""Failures count until for so long there was no further one."""
PAUSES = Backoff(first=30.0, longest=900.0)
FREE = 5
"""Failures before an account is closed to one address, or to one known device."""
FREE_BY_ADDRESS = 30
"""Failures on any names before an address is closed: an office shares one."""
FREE_BY_ACCOUNT = 10
SLOWING = Backoff(first=0.5, longest=8.0)
"""How long an account that many guess at makes unknown devices wait: it never refuses them."""


@dataclass(frozen=True)
class Attempt:
    """Who tries to sign in: the name as stored, from where, on which device.

    ``device`` is empty unless this device has signed in to the account before.
    """

    name: str
    address: str
    device: str = ""


@dataclass(frozen=True)
class Verdict:
    """What an attempt may do: be checked after ``delay`` seconds, or come back in ``closed``."""

    delay: float = 0.0
    closed: float = 0.0


class Throttle:
    """Counts failures; ``key`` keeps names and addresses out of the table."""

    def __init__(self, database: Database, key: str) -> None:
        self._database = database
        self._key = key.encode()

    def count(self, attempt: Attempt, now: datetime) -> Verdict:
        """Count an attempt as failed before it is checked: parallel guesses gain nothing."""
        limits = self._limits(attempt)
        with self._database.read() as session:  # a flood of refused ones costs no commit
            if closed := _closed(session.scalars(_rows(limits)), now):
                return Verdict(closed=closed)
        with self._database.write() as session:
            _prune(session, now)
            self._make_missing(session, limits, now)
            rows = list(session.scalars(_rows(limits).with_for_update()))
            if closed := _closed(rows, now):
                return Verdict(closed=closed)
            for row in rows:
                _add(row, limits[row.key], now)
            session.commit()
        account = self._account(attempt)
        return Verdict(delay=sum(_delay(row) for row in rows if row.key == account))

    def settle(self, attempt: Attempt, *, right: bool) -> None:
        """Take the last count back: the attempt was not looked at, or was ``right`` after all.

        What was right also makes good what this person had failed at before.
        """
        limits = self._limits(attempt)
        own = {self._pair(attempt), self._device(attempt)}
        with self._database.write() as session:
            for row in session.scalars(_rows(limits).with_for_update()):
                if right and row.key in own:
                    session.delete(row)
                    continue
                row.failures = max(0, row.failures - 1)
                if row.failures < limits[row.key]:
                    row.blocked_until = None
            session.commit()

    def _limits(self, attempt: Attempt) -> dict[str, float]:
        """Return what an attempt counts against, with how many failures are free there."""
        if attempt.device:
            return {self._device(attempt): FREE}
        return {
            self._hidden("address", attempt.address): FREE_BY_ADDRESS,
            self._pair(attempt): FREE,
            self._account(attempt): math.inf,
        }

    def _pair(self, attempt: Attempt) -> str:
        return self._hidden("pair", attempt.address, attempt.name)

    def _device(self, attempt: Attempt) -> str:
        return self._hidden("device", attempt.device, attempt.name)

    def _account(self, attempt: Attempt) -> str:
        return self._hidden("account", attempt.name)

    def _hidden(self, *parts: str) -> str:
        return hmac.new(self._key, "\0".join(parts).encode(), "sha256").hexdigest()

    def _make_missing(self, session: Session, limits: Iterable[str], now: datetime) -> None:
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        # Two who come at once make a row once; in the order in which all lock them.
        rows = [{"key": key, "failures": 0, "last_at": now} for key in sorted(limits)]
        session.execute(insert(SignInFailure).values(rows).on_conflict_do_nothing())


def _rows(keys: Iterable[str]) -> Select[SignInFailure]:
    chosen = select(SignInFailure).where(SignInFailure.key.in_(list(keys)))
    return chosen.order_by(SignInFailure.key)


def _closed(rows: Iterable[SignInFailure], now: datetime) -> float:
    """Return for how many seconds one of them is closed."""
    ends = [row.blocked_until for row in rows if row.blocked_until is not None]
    return max(((end - now).total_seconds() for end in ends if end > now), default=0.0)


def _add(row: SignInFailure, free: float, now: datetime) -> None:
    row.failures = 1 if row.last_at < now - FORGOTTEN else row.failures + 1
    row.last_at = now
    over = row.failures - free
    row.blocked_until = now + timedelta(seconds=PAUSES.wait(int(over) + 1)) if over >= 0 else None


def _delay(account: SignInFailure) -> float:
    over = account.failures - FREE_BY_ACCOUNT
    return SLOWING.wait(over) if over > 0 else 0.0


def _prune(session: Session, now: datetime) -> None:
    # What somebody else has locked is theirs to prune.
    old = select(SignInFailure.key).where(SignInFailure.last_at < now - FORGOTTEN)
    old = old.with_for_update(skip_locked=True)
    session.execute(delete(SignInFailure).where(SignInFailure.key.in_(old)))
