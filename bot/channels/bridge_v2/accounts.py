"""What each account's messenger can do, as it said once."""

from datetime import timedelta

from pydantic import ValidationError

from bot.channels.bridge_v2.models import CapabilitiesIn, WindowIn
from bot.messaging.channels import states
from bot.messaging.messages import Grant
from store.clock import utc_now
from store.database import Database

STATE = "bridge2:account:"
NOBODY_COUNTS = Grant(1_000_000, timedelta(days=3650))
PLAIN = CapabilitiesIn(v=2)


def keep(database: Database, account: str, said: CapabilitiesIn) -> None:
    """Store what an account can do."""
    states.keep(database, f"{STATE}{account}", said.model_dump_json(), now=utc_now())


def of(database: Database, account: str) -> CapabilitiesIn:
    """Return what an account can do: what every messenger can, where it never said."""
    written = states.read(database, f"{STATE}{account}")
    try:
        return PLAIN if written is None else CapabilitiesIn.model_validate_json(written)
    except ValidationError:
        return PLAIN  # said to another release


def granted(can: CapabilitiesIn, window: WindowIn | None) -> Grant:
    """Return what a message allows: what its bridge says, else what holds for the account."""
    if window is not None:
        left = max(window.until - utc_now().timestamp(), 0)
        return Grant(window.left, timedelta(seconds=left))
    if can.push is None:
        return NOBODY_COUNTS
    return Grant(can.push.count, timedelta(hours=can.push.hours))
