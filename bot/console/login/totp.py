"""One-time codes of RFC 6238: a secret shared with a telephone, and ways in without it.

The secret is encrypted with a key derived from the installation's; of the recovery codes only
keyed hashes are kept. A code is good for one sign-in: the half minute it was of is remembered.
"""

import base64
import hmac
import secrets
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.console.tables import RecoveryCode, Staff
from store.database import Database, rows_changed
from store.settings import Settings

SECONDS = 30
EARLIER_OR_LATER = 1
"""Steps by which a telephone's clock may be wrong."""
RECOVERY_CODES = 10
ISSUER = "职达工作台"


class Totp:
    """The one-time codes of all accounts of an installation; every method is blocking."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        derived = HKDF(SHA256(), 32, salt=None, info=b"zhida console totp")
        key = derived.derive(settings.signing_key().encode())
        self._box = Fernet(base64.urlsafe_b64encode(key))
        self._key = settings.key_for("console recovery codes").encode()

    def turn_on(self, staff_id: int, secret: str, code: str, now: datetime) -> list[str] | None:
        """Keep ``secret`` once ``code`` proves that the telephone has it.

        Return the recovery codes, to be shown this once; None where the code is not of it.
        """
        if (step := _step(secret, code, now)) is None:
            return None
        codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
        with self._database.write() as session:
            staff = _locked(session, staff_id)
            forget(session, staff)
            staff.totp_secret = self._box.encrypt(secret.encode()).decode()
            staff.totp_step = step
            session.add_all(
                RecoveryCode(code_hash=self._hash(staff_id, one), staff_id=staff_id)
                for one in codes
            )
            session.commit()
        return codes

    def turn_off(self, staff_id: int) -> None:
        """Ask the account for no more codes."""
        with self._database.write() as session:
            forget(session, _locked(session, staff_id))
            session.commit()

    def use(self, staff_id: int, code: str, now: datetime) -> bool:
        """Tell whether a one-time or recovery code is the account's, and use it up."""
        code = "".join(code.split()).replace("-", "").upper()
        with self._database.write() as session:
            staff = _locked(session, staff_id)
            fits = self._use_step(staff, code, now) or self._use_recovery(session, staff_id, code)
            session.commit()
        return fits

    def _use_step(self, staff: Staff, code: str, now: datetime) -> bool:
        step = _step(self._secret(staff), code, now)
        # Also what is older than the latest used: it was read over a shoulder before that.
        if step is None or (staff.totp_step is not None and step <= staff.totp_step):
            return False
        staff.totp_step = step
        return True

    def _use_recovery(self, session: Session, staff_id: int, code: str) -> bool:
        mine = RecoveryCode.code_hash == self._hash(staff_id, code)
        return rows_changed(session, delete(RecoveryCode).where(mine)) > 0

    def _secret(self, staff: Staff) -> str:
        try:
            return self._box.decrypt((staff.totp_secret or "").encode()).decode()
        except InvalidToken:
            return ""  # encrypted with another key: only a recovery, or a reset, helps

    def _hash(self, staff_id: int, code: str) -> str:
        return hmac.new(self._key, f"{staff_id}\0{code}".encode(), "sha256").hexdigest()


def forget(session: Session, staff: Staff) -> None:
    """Take an account's secret and its recovery codes away, within the caller's unit of work."""
    staff.totp_secret = staff.totp_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))


def new_secret() -> str:
    """Return a secret to share with a telephone, in base 32."""
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """Return what the QR code says."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def _step(secret: str, code: str, now: datetime) -> int | None:
    """Return the half minute whose code it is, of those about now."""
    if not secret:
        return None
    present = int(now.timestamp()) // SECONDS
    totp = pyotp.TOTP(secret, interval=SECONDS)
    near = range(present - EARLIER_OR_LATER, present + EARLIER_OR_LATER + 1)
    right = (step for step in near if hmac.compare_digest(totp.generate_otp(step), _ascii(code)))
    return next(right, None)


def _ascii(code: str) -> str:
    return code if code.isascii() else ""


def _recovery_code() -> str:
    return base64.b32encode(secrets.token_bytes(10)).decode()


def _locked(session: Session, staff_id: int) -> Staff:
    return session.scalars(select(Staff).where(Staff.id == staff_id).with_for_update()).one()
