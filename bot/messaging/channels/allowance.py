"""The ledger of what may be sent: a person's act grants it, each delivery spends it beforehand.

Spent before it goes out, in the transaction that claims it: whoever is killed in between has spent
too much, never too little. Only what the messenger itself says it did not take is given back.

We hear of an act later than the messenger, minutes later where we were down: what was sent since
then it has counted already. So the ledger knows what it spent lately, and when.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from bot.messaging.messages import Grant
from bot.messaging.tables import OutboxMessage, Reach
from store.clock import utc_now
from store.database import rows_changed

UNDER_WAY = timedelta(seconds=60)
"""How long a delivery of which nothing was heard may still be on its way: its rows' claim."""

MOST_TAKES = 20
"""Deliveries that are remembered; no messenger allows so many after one act."""


def grant(
    session: Session,
    conversation_id: str,
    given: Grant,
    now: datetime,
    context: str | None = None,
    acted_at: datetime | None = None,
) -> None:
    """Note what a person's act allows, by the messenger's clock ``acted_at``; they can be reached.

    It does not add up with what was left: number and time become the larger of the two, as long
    as there was something left. What was sent since the act has been counted against it.
    """
    acted_at = acted_at or now
    until = acted_at + given.lasts
    reach = session.get(Reach, conversation_id, with_for_update=True, populate_existing=True)
    if reach is None:
        values = {"conversation_id": conversation_id, "left": given.count, "until": until}
        session.execute(insert(Reach).values(**values, granted_at=now, context=context))
        return
    reach.takes = [take for take in reach.takes or [] if _is_since(take, acted_at)]
    granted = max(given.count - sum(int(count) for _, count, _ in reach.takes), 0)
    open_still = reach.left > 0 and reach.until > now
    reach.left = max(granted, reach.left) if open_still else granted
    reach.until = max(until, reach.until) if open_still else until
    reach.granted_at = now
    reach.unreachable = None
    reach.context = context or reach.context
    session.flush()


def lock(session: Session, conversation_id: str) -> Reach | None:
    """Return what may be sent in a conversation, held until the transaction ends."""
    return session.get(Reach, conversation_id, with_for_update=True, populate_existing=True)


def room(reach: Reach | None, now: datetime) -> int:
    """Return how many messages may be sent now."""
    if reach is None or reach.unreachable is not None or reach.until <= now:
        return 0
    return max(reach.left, 0)


def end_of_second(at: datetime) -> datetime:
    """Return when at the latest an act was that a messenger tells to the second; never to come.

    What goes out in that very second is taken for earlier: a burst of somebody's would else count
    against itself. A messenger that counts it refuses one message more, which then waits.
    """
    return min(at + timedelta(seconds=1), utc_now())


def take(reach: Reach, count: int, now: datetime) -> None:
    """Spend ``count`` messages on a delivery that goes out now."""
    reach.left -= count
    reach.takes = [*(reach.takes or []), [now.isoformat(), count, None]][-MOST_TAKES:]


def taken(reach: Reach, claimed_at: datetime, spent: int, now: datetime) -> None:
    """Note that the delivery of ``claimed_at`` has ended, and what the messenger took of it."""
    at = claimed_at.isoformat()
    reach.takes = [
        [begun, spent, now.isoformat()] if begun == at else [begun, count, ended]
        for begun, count, ended in reach.takes or []
        if begun != at or spent
    ]


def _is_since(take: list[Any], acted_at: datetime) -> bool:
    """Whether the messenger may have counted a delivery after an act."""
    begun, _, ended = take
    if ended is None:
        return datetime.fromisoformat(begun) > acted_at - UNDER_WAY
    return datetime.fromisoformat(ended) >= acted_at


def give_back(session: Session, conversation_id: str, count: int, granted_at: datetime) -> None:
    """Return what was not spent after all to the grant that it was taken from."""
    if count > 0:
        session.execute(
            update(Reach)
            .where(Reach.conversation_id == conversation_id, Reach.granted_at == granted_at)
            .values(left=Reach.left + count)
        )


def close(
    session: Session, conversation_id: str, granted_at: datetime | None, *, lost: str | None = None
) -> None:
    """Note that nothing may be sent: the messenger counts otherwise, or the person is ``lost``.

    What the person granted meanwhile stands; ``granted_at`` None closes whatever there is.
    """
    same = () if granted_at is None else (Reach.granted_at == granted_at,)
    values = {"left": 0} if lost is None else {"left": 0, "unreachable": lost[:40]}
    session.execute(
        update(Reach).where(Reach.conversation_id == conversation_id, *same).values(values)
    )


def is_counted(session: Session, conversation_id: str) -> bool:
    """Whether what is sent in a conversation is counted."""
    found = select(Reach.conversation_id).where(Reach.conversation_id == conversation_id)
    return session.scalar(found) is not None


def release(session: Session, conversation_id: str, at: datetime) -> int:
    """Let what was held go out ``at`` some moment, with the answer to what the person wrote."""
    return rows_changed(
        session,
        update(OutboxMessage)
        .where(OutboxMessage.conversation_id == conversation_id, OutboxMessage.status == "held")
        .values(status="pending", attempts=0, next_attempt_at=at),
    )
