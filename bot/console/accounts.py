"""Staff accounts: making one, and checking a password."""

import hashlib
import threading
import unicodedata
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.console.tables import Staff
from store.backoff import Backoff
from store.database import Database

PASSWORD_MIN = 10
NAME_MAX = 50
# A password longer than this is nobody's: refuse it before hashing costs anything.
PASSWORD_MAX = 200
FREE_FAILURES = 5
PAUSES = Backoff(first=30.0, longest=900.0)

_hasher = PasswordHasher()
# Each check takes 64 MiB for a moment: a flood of sign-ins must not eat the machine.
_checks = threading.BoundedSemaphore(4)


class AccountError(ValueError):
    """An account cannot be made so; ``code`` is stable, the text is for a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def add_staff(
    database: Database, name: str, password: str, *, now: datetime, role: str = "clerk"
) -> Staff:
    """Make an account and return it.

    Raises AccountError: ``bad_name`` (empty, too long, unprintable), ``weak_password``
    (shorter than 10 characters, over-long, or equal to the name) or ``name_taken``.
    """
    name = _clean(name)
    if not name or len(name) > NAME_MAX or not name.isprintable():
        raise AccountError("bad_name", f"账号名需要 1 到 {NAME_MAX} 个可见字符。")
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX or password.strip() == name:
        raise AccountError("weak_password", f"密码至少 {PASSWORD_MIN} 个字符，且不能与账号相同。")
    staff = Staff(name=name, password_hash=_hasher.hash(password), role=role, created_at=now)
    with database.write() as session:
        session.add(staff)
        try:
            session.commit()
        except IntegrityError as error:
            raise AccountError("name_taken", "已有同名账号，请换一个。") from error
    return staff


def check(database: Database, name: str, password: str, *, now: datetime) -> Staff | None:
    """Return the account when name and password fit and it may sign in now, else None.

    After five failures each further one closes the account for a while: 30 s, doubling up
    to 15 minutes. An unknown name costs the same time as a wrong password.
    """
    if len(password) > PASSWORD_MAX:
        return None
    staff = _count_attempt(database, _clean(name), now)
    fits = _verify(staff.password_hash if staff else _decoy(), password)
    if staff is None or not fits:
        return None
    _settle(database, staff.id, password)
    return staff


def account(database: Database, staff_id: int) -> Staff | None:
    """Return the account when it exists and is not disabled."""
    with database.read() as session:
        staff = session.get(Staff, staff_id)
    return None if staff is None or staff.disabled else staff


def fingerprint(staff: Staff) -> str:
    """Return a short mark that changes with the password, for sessions to be bound to."""
    return hashlib.sha256(staff.password_hash.encode()).hexdigest()[:16]


def pause_after(failures: int) -> timedelta | None:
    """Return how long an account stays closed after so many failures in a row."""
    if failures < FREE_FAILURES:
        return None
    return timedelta(seconds=PAUSES.wait(failures - FREE_FAILURES + 1))


def _clean(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()


def _count_attempt(database: Database, name: str, now: datetime) -> Staff | None:
    """Count an attempt before it is checked, so that parallel guesses gain nothing."""
    with database.write() as session:
        staff = session.scalars(select(Staff).where(Staff.name == name).with_for_update()).first()
        if staff is None or staff.disabled:
            return None
        if staff.blocked_until is not None and now < staff.blocked_until:
            return None
        staff.failures += 1
        pause = pause_after(staff.failures)
        staff.blocked_until = now + pause if pause else None
        session.commit()
        return staff


def _settle(database: Database, staff_id: int, password: str) -> None:
    with database.write() as session:
        staff = session.get_one(Staff, staff_id)
        staff.failures, staff.blocked_until = 0, None
        if _hasher.check_needs_rehash(staff.password_hash):
            staff.password_hash = _hasher.hash(password)
        session.commit()


def _verify(password_hash: str, password: str) -> bool:
    with _checks:
        try:
            return _hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _decoy() -> str:
    return _hasher.hash("nobody has this password")
