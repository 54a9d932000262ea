"""The one place where the clock is read.

Rules never read it: they take ``now`` (aware, UTC) as an argument. Times that a
person sees are shown in Asia/Shanghai, which has had no daylight saving since 1991.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def utc_now() -> datetime:
    """Return the present moment, aware and in UTC."""
    return datetime.now(UTC)


def to_shanghai(moment: datetime) -> datetime:
    """Return ``moment`` (aware) in the zone people read it in.

    Raises ValueError on a naive datetime: guessing its zone is how appointments get lost.
    """
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    return moment.astimezone(SHANGHAI)
