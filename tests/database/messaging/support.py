"""What tests of the inbox, of leases and of answers share: one person on the web."""

from datetime import UTC, datetime

from bot.messaging import leases
from bot.messaging.leases import ClaimedMessage
from bot.messaging.messages import Incoming
from store.database import Database

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def incoming(key: str, text: str = "你好", peer: str = "one", channel: str = "web") -> Incoming:
    return Incoming(channel=channel, key=key, peer=peer, text=text, received_at=NOW)


def claimed(database: Database, owner: str = "me", now: datetime = NOW) -> ClaimedMessage:
    message = leases.claim(database, "web:one", owner, now=now)
    assert message is not None
    return message
