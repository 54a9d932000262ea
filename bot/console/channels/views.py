"""How each channel is: what came and went today, what waits, its last trouble; reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.messaging.channels import states
from bot.messaging.channels.troubles import WHAT
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage, Reach
from store.database import Database

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Health:
    """One channel; ``closed`` are conversations in which nothing may be sent just now."""

    channel: str
    came: int
    sent: int
    waits: int
    held: int
    dead: int
    reachable: int
    closed: int
    trouble: str | None
    trouble_at: datetime | None


def healths(database: Database, *, now: datetime) -> Sequence[Health]:
    """Return every channel that was ever used, or has had a trouble."""
    with database.read() as session:
        used = set(session.scalars(select(Conversation.channel).distinct()))
        arrived = session.execute(
            select(InboxMessage.channel, func.count())
            .where(InboxMessage.received_at > now - DAY)
            .group_by(InboxMessage.channel)
        )
        came = {channel: int(count) for channel, count in arrived}
        went = _went(session, now)
        reach = _reach(session, now)
    troubles = {
        name.partition(":")[0]: state
        for name, state in states.named(database, "").items()
        if name.partition(":")[2] == WHAT
    }
    return [
        _health(channel, came, went, reach, troubles.get(channel))
        for channel in sorted(used | troubles.keys())
    ]


def _health(
    channel: str,
    came: Mapping[str, int],
    went: Mapping[tuple[str, str], int],
    reach: Mapping[str, tuple[int, int]],
    trouble: tuple[str | None, datetime] | None,
) -> Health:
    reachable, closed = reach.get(channel, (0, 0))
    said, at = trouble or (None, None)
    return Health(
        channel,
        came=came.get(channel, 0),
        sent=went.get((channel, "sent"), 0),
        waits=went.get((channel, "pending"), 0),
        held=went.get((channel, "held"), 0),
        dead=went.get((channel, "dead"), 0),
        reachable=reachable,
        closed=closed,
        trouble=said,
        trouble_at=at,
    )


def _went(session: Session, now: datetime) -> dict[tuple[str, str], int]:
    """Count replies of a day by channel and status, and all that wait."""
    rows = session.execute(
        select(Conversation.channel, OutboxMessage.status, func.count())
        .join(Conversation, Conversation.id == OutboxMessage.conversation_id)
        .where(
            (OutboxMessage.created_at > now - DAY) | OutboxMessage.status.in_(("pending", "held"))
        )
        .group_by(Conversation.channel, OutboxMessage.status)
    )
    return {(channel, status): count for channel, status, count in rows}


def _reach(session: Session, now: datetime) -> dict[str, tuple[int, int]]:
    """Count by channel in how many conversations something may be sent, and may not."""
    is_open = (Reach.left > 0) & (Reach.until > now) & Reach.unreachable.is_(None)
    rows = session.execute(
        select(Conversation.channel, func.sum(case((is_open, 1), else_=0)), func.count())
        .join(Conversation, Conversation.id == Reach.conversation_id)
        .group_by(Conversation.channel)
    )
    return {channel: (int(can), int(all_) - int(can)) for channel, can, all_ in rows}
