"""The address of replies' own page, for messengers whose messages are too small for them."""

import hashlib
import hmac
import re
from collections.abc import Sequence

from bot.messaging.messages import Outgoing
from store.settings import Settings

PATH = "/replies/"
_DIGITS = 24
_TOKEN = re.compile(r"([0-9]{1,10})\.([0-9]{1,10})-([0-9a-f]{24})", re.ASCII)


def reading_path(settings: Settings, rows: Sequence[Outgoing]) -> str:
    """Return the path of a page with all of what one message carries; nobody else finds it."""
    first, last = rows[0].id, rows[-1].id
    return f"{PATH}{first}.{last}-{_seal(settings, first, last)}"


def read_by(settings: Settings, token: str) -> tuple[int, int] | None:
    """Return the first and the last outbox id that a page's address names, None if not ours."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    first, last = int(found[1]), int(found[2])
    return (first, last) if hmac.compare_digest(_seal(settings, first, last), found[3]) else None


def _seal(settings: Settings, first: int, last: int) -> str:
    key = settings.key_for("reading page").encode()
    return hmac.new(key, f"{first}.{last}".encode(), hashlib.sha256).hexdigest()[:_DIGITS]
