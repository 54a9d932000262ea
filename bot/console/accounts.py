"""Staff accounts: making one, giving it another password, taking it away."""

import unicodedata
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.console.deeds import COMMAND, account
from bot.console.login import passwords, totp
from bot.console.login.session import end_all
from bot.console.permissions import Role
from bot.console.tables import Staff
from store import audit
from store.database import Database

PASSWORD_MIN = 10
NAME_MAX = 50


class AccountError(ValueError):
    """Something cannot be done to an account; ``code`` is stable, the text is for a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def add_staff(
    database: Database,
    name: str,
    password: str,
    *,
    now: datetime,
    role: Role = Role.ADMIN,
    by: str = COMMAND,
) -> Staff:
    """Make an account and return it; one that was removed is opened again, without its codes.

    Raises AccountError: ``bad_name`` (empty, too long, unprintable), ``weak_password``
    (shorter than 10 characters, over-long, or equal to the name) or ``name_taken``.
    """
    name = cleaned(name)
    if not name or len(name) > NAME_MAX or not name.isprintable():
        raise AccountError("bad_name", f"账号名需要 1 到 {NAME_MAX} 个可见字符。")
    password_hash = _hash_of(password, name)
    with database.write() as session:
        staff = _find(session, name)
        if staff is None:
            staff = Staff(name=name, password_hash=password_hash, role=role, created_at=now)
            session.add(staff)
        elif staff.disabled:
            staff.password_hash, staff.role, staff.disabled = password_hash, role, False
            totp.forget(session, staff)
        else:
            raise _taken()
        try:
            session.flush()
            made, what = account(staff.id), {"role": role.value}
            audit.record(
                session, actor=by, action="staff.added", subject=made, details=what, at=now
            )
            session.commit()
        except IntegrityError as error:
            raise _taken() from error
    return staff


def set_password(database: Database, name: str, password: str, *, now: datetime) -> None:
    """Give an account another password and end its sessions, everywhere at once.

    Raises AccountError: ``unknown_name`` or ``weak_password``.
    """
    password_hash = _hash_of(password, cleaned(name))
    with database.write() as session:
        staff = _in_use(session, name)
        staff.password_hash = password_hash
        end_all(session, staff.id, now=now)
        session.commit()


def set_role(database: Database, name: str, role: Role) -> None:
    """Give an account another role: what it may do changes at once, also on open pages.

    Raises AccountError ``unknown_name``.
    """
    with database.write() as session:
        staff = _in_use(session, name)
        staff.role = role
        session.commit()


def end_sessions(database: Database, name: str, *, now: datetime) -> None:
    """End an account's sessions, everywhere at once; raise AccountError ``unknown_name``."""
    with database.write() as session:
        end_all(session, _in_use(session, name).id, now=now)
        session.commit()


def reset_totp(database: Database, name: str) -> None:
    """Ask an account for no more one-time codes; raise AccountError ``unknown_name``."""
    with database.write() as session:
        staff = _in_use(session, name)
        totp.forget(session, staff)
        session.commit()


def all_staff(database: Database) -> tuple[Staff, ...]:
    """Return every account, those in use first, by name."""
    with database.read() as session:
        return tuple(session.scalars(select(Staff).order_by(Staff.disabled, Staff.name)))


def account_of(database: Database, name: str) -> str:
    """Return what the account of a name is called in the record; raise ``unknown_name``."""
    with database.read() as session:
        return account(_in_use(session, name).id)


def remove_staff(database: Database, name: str, *, now: datetime) -> None:
    """Close an account and end its sessions, everywhere at once; its name stays in the records.

    Raises AccountError ``unknown_name``.
    """
    with database.write() as session:
        staff = _in_use(session, name)
        staff.disabled = True
        end_all(session, staff.id, now=now)
        session.commit()


def find(database: Database, name: str) -> Staff | None:
    """Return the account of a name as it was typed, when it exists and is not disabled."""
    name = cleaned(name)
    if len(name) > NAME_MAX or not name.isprintable():
        return None
    with database.read() as session:
        staff = _find(session, name)
    return None if staff is None or staff.disabled else staff


def renew_hash(database: Database, staff: Staff, renewed: str) -> None:
    """Keep the same password with other costs, unless it was changed since; sessions go on."""
    with database.write() as session:
        same = (Staff.id == staff.id) & (Staff.password_hash == staff.password_hash)
        session.execute(update(Staff).where(same).values(password_hash=renewed))
        session.commit()


def cleaned(name: str) -> str:
    """Return a name as it is stored, however it was typed."""
    return unicodedata.normalize("NFKC", name).strip()


def _hash_of(password: str, name: str) -> str:
    if not PASSWORD_MIN <= len(password) <= passwords.LONGEST or password.strip() == name:
        raise AccountError("weak_password", f"密码至少 {PASSWORD_MIN} 个字符，且不能与账号相同。")
    return passwords.hashed(password)


def _find(session: Session, name: str) -> Staff | None:
    return session.scalars(select(Staff).where(Staff.name == name)).first()


def _in_use(session: Session, name: str) -> Staff:
    staff = _find(session, cleaned(name))
    if staff is None or staff.disabled:
        raise AccountError("unknown_name", "没有这个账号。")
    return staff


def _taken() -> AccountError:
    return AccountError("name_taken", "已有同名账号，请换一个。")
