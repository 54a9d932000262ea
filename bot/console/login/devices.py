"""Devices that staff have signed in from before: a signed cookie that outlives the session.

It opens nothing. It only spares a clerk what strangers do to the account; see ``throttle``.
"""

import hmac
import secrets
from datetime import timedelta

COOKIE = "zhida_device"
LASTS = timedelta(days=400)
ACCOUNTS = 8
"""How many accounts a device is known to: the clerks who share a counter."""


class Devices:
    """Reads and writes the cookie: a random number, and a signature for each account."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def known(self, cookie: str, name: str) -> str:
        """Return the device's number if it has signed in to the account before, else nothing."""
        number, *signatures = cookie.split(".")
        wanted = self._signature(number, name)
        fits = [hmac.compare_digest(wanted.encode(), one.encode()) for one in signatures]
        return number if any(fits) else ""

    def with_account(self, cookie: str, name: str) -> str:
        """Return the cookie of a device that has just signed in to the account."""
        number, *signatures = cookie.split(".")
        if not number or not number.isalnum() or len(cookie) > 1000:
            number, signatures = secrets.token_hex(16), []
        own = self._signature(number, name)
        others = [one for one in signatures if one != own]
        return ".".join([number, own, *others[: ACCOUNTS - 1]])

    def _signature(self, number: str, name: str) -> str:
        return hmac.new(self._key, f"{number}\0{name}".encode(), "sha256").hexdigest()
