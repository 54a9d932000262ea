"""How a bridge shows that it is ours.

A request carries ``X-Zhida-Timestamp`` (Unix seconds) and ``X-Zhida-Signature``, the
hexadecimal HMAC-SHA256 of ``<timestamp>.<body>`` under the shared secret; a GET signs
``<timestamp>.<path>?<query>``.
"""

import hashlib
import hmac
import re

from fastapi import Request

from bot.errors import ApiError
from store.settings import Settings

MAX_AGE_SECONDS = 300
_SECONDS = re.compile("[0-9]{1,12}")


def sign(secret: str, timestamp: str, content: bytes) -> str:
    """Return the signature of ``content`` at ``timestamp``."""
    signed = timestamp.encode() + b"." + content
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def check_signature(settings: Settings, request: Request, content: bytes, now: float) -> None:
    """Raise ApiError unless the request was signed with our secret, recently."""
    if settings.bridge_secret is None:
        raise ApiError(404, "bridge_closed")
    timestamp = request.headers.get("x-zhida-timestamp", "")
    given = request.headers.get("x-zhida-signature", "")
    right = sign(settings.bridge_secret.get_secret_value(), timestamp, content)
    if not hmac.compare_digest(right.encode(), given.encode()):
        raise ApiError(401, "bad_signature")
    if not _SECONDS.fullmatch(timestamp) or abs(now - int(timestamp)) > MAX_AGE_SECONDS:
        raise ApiError(401, "stale_timestamp")
