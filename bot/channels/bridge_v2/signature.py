"""How an account of the bridge shows who it is, and we to it: over method, path, stamp and body.

``X-Zhida-Key`` names the account, ``X-Zhida-Timestamp`` are Unix seconds, ``X-Zhida-Nonce`` is new
in every request, ``X-Zhida-Signature`` the hexadecimal HMAC-SHA256 of these, of the method, of path
and query, and of the body, each but the last followed by a line feed.

Each account has a secret of its own, derived from ``ZHIDA_BRIDGE_SECRET``; while that is being
changed the old one, written behind the new with a comma, is good, too.
"""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Mapping

from bot.errors import ApiError
from store.settings import Settings

MAX_AGE_SECONDS = 300
REMEMBERED_SECONDS = 600
MOST_REMEMBERED = 100_000
LEAST_SECRET = 16
ACCOUNT = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
_SECONDS = re.compile("[0-9]{1,12}", re.ASCII)
_NONCE = re.compile(r"[\x21-\x7e]{8,64}", re.ASCII)
HEADERS = ("X-Zhida-Key", "X-Zhida-Timestamp", "X-Zhida-Nonce", "X-Zhida-Signature")


def secrets_of(settings: Settings, account: str) -> tuple[str, ...]:
    """Return an account's secrets, the newest first; none while the bridge is closed."""
    if settings.bridge_secret is None:
        return ()
    written = settings.bridge_secret.get_secret_value()
    roots = [part.strip() for part in written.split(",")]
    roots = [part for part in roots if len(part) >= LEAST_SECRET] or [written]
    return tuple(
        hmac.new(root.encode(), f"bridge account {account}".encode(), hashlib.sha256).hexdigest()
        for root in roots
    )


def sign(secret: str, method: str, path: str, stamp: str, nonce: str, body: bytes) -> str:
    """Return the signature of a request; ``path`` has its query."""
    head = "".join(f"{part}\n" for part in (method, path, stamp, nonce)).encode(errors="replace")
    return hmac.new(secret.encode(), head + body, hashlib.sha256).hexdigest()


def signed(secret: str, account: str, method: str, path: str, body: bytes) -> dict[str, str]:
    """Return the headers of a request that is signed now."""
    stamp, nonce = str(int(time.time())), secrets.token_hex(12)
    values = (account, stamp, nonce, sign(secret, method, path, stamp, nonce, body))
    return dict(zip(HEADERS, values, strict=True))


class Nonces:
    """Those of the last minutes, in this process: what is sent again word for word is refused.

    Other processes do not know them; there a message's own key stands in for it.
    """

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}

    def take(self, nonce: str, now: float) -> bool:
        """Note a nonce; False where it was seen."""
        while self._seen:
            oldest = next(iter(self._seen))
            if self._seen[oldest] > now and len(self._seen) < MOST_REMEMBERED:
                break
            del self._seen[oldest]
        if nonce in self._seen:
            return False
        self._seen[nonce] = now + REMEMBERED_SECONDS
        return True


class Door:
    """Tells accounts of the bridge from others."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._nonces = Nonces()

    def admit(
        self, headers: Mapping[str, str], method: str, path: str, body: bytes, now: float
    ) -> str:
        """Return the account that signed a request; raise ApiError where none did, lately."""
        account, stamp, nonce, given = (headers.get(name.lower(), "") for name in HEADERS)
        known = secrets_of(self._settings, account)
        if not known:
            raise ApiError(404, "bridge_closed")
        right = [sign(secret, method, path, stamp, nonce, body) for secret in known]
        good = [hmac.compare_digest(each.encode(), given.encode()) for each in right]
        if not any(good) or not ACCOUNT.fullmatch(account) or not _NONCE.fullmatch(nonce):
            raise ApiError(401, "bad_signature")
        if not _SECONDS.fullmatch(stamp) or abs(now - int(stamp)) > MAX_AGE_SECONDS:
            raise ApiError(401, "stale_timestamp")
        if not self._nonces.take(f"{account}:{nonce}", now):
            raise ApiError(401, "repeated_nonce")
        return account
