"""A case's link: it shows how the case stands on any device, and nothing of what was said.

The link is the ticket with a signature of ours. It opens for a day longer than the case.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from actions.cases.service import OPEN, Case, Cases

SIGNATURE_BYTES = 20
"""160 bits: 32 characters of base32, none of them filling."""

LIVES_AFTER = timedelta(days=1)
PATH = "/cases/"


def link_path(ticket: str, key: str) -> str:
    """Return the path of a case's page; ``key`` is the settings' signing key."""
    return f"{PATH}{ticket}-{_signature(ticket, key)}"


def by_link(cases: Cases, token: str, key: str, *, now: datetime) -> Case | None:
    """Return the case that the end of a link opens; None for one that is not ours, or over."""
    ticket, _, given = token.rpartition("-")
    if not hmac.compare_digest(_signature(ticket, key).encode(), given.encode(errors="replace")):
        return None
    case = cases.get(ticket)
    if case is None or case.status == OPEN or case.closed_at is None:
        return case
    return case if now < case.closed_at + LIVES_AFTER else None


def _signature(ticket: str, key: str) -> str:
    signed = hmac.new(key.encode(), f"case-link\0{ticket}".encode(), hashlib.sha256)
    return base64.b32encode(signed.digest()[:SIGNATURE_BYTES]).decode()
