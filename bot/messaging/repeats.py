"""A button pressed five times in a moment is one press, and a text sent twice is one text.

A repeat is stored as every message is, and is never answered by itself: whoever waits for it
gets the answer of the message it repeats, the last one before it that is none.
"""

from datetime import timedelta
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.messaging.messages import Incoming
from bot.messaging.tables import InboxMessage, OutboxMessage

STATUS = "repeat"
SINCE_ANSWER = timedelta(seconds=3)
"""A press so soon after the answer was begun before it was read."""
SINCE_TEXT = timedelta(seconds=2)
"""Nobody types the same words again so soon; a line that breaks, or a finger, sends them."""


class Known(Protocol):
    """What is read of a stored message to learn which answer is its own."""

    @property
    def id(self) -> int:
        """Its number in the inbox."""

    @property
    def conversation_id(self) -> str:
        """The conversation it was said in."""

    @property
    def status(self) -> str:
        """What became of it."""


def first_of(session: Session, incoming: Incoming) -> int | None:
    """Return the inbox id of the message that ``incoming`` repeats, None where it is new.

    A press repeats the last message where that is the same press, unanswered or just answered,
    and its answer does not offer the same button anew. A typed text repeats it while that is
    unanswered: who has read the answer may well say the same again.
    """
    last = session.execute(
        select(
            InboxMessage.id,
            InboxMessage.text,
            InboxMessage.payload,
            InboxMessage.status,
            InboxMessage.received_at,
            InboxMessage.finished_at,
        )
        .where(
            InboxMessage.conversation_id == incoming.conversation_id,
            InboxMessage.status != STATUS,
        )
        .order_by(InboxMessage.id.desc())
        .limit(1)
    ).first()
    if last is None or (last.text, last.payload) != (incoming.text, incoming.payload):
        return None
    if incoming.payload is None:
        soon = incoming.received_at - last.received_at <= SINCE_TEXT
        return last.id if last.status == "pending" and soon else None
    if last.finished_at is not None and (
        incoming.received_at - last.finished_at > SINCE_ANSWER
        or _offers(session, last.id, incoming.payload)
    ):
        return None
    return int(last.id)


def _offers(session: Session, inbox_id: int, payload: str) -> bool:
    bodies = session.scalars(select(OutboxMessage.body).where(OutboxMessage.inbox_id == inbox_id))
    return any(button["payload"] == payload for body in bodies for button in body["buttons"])


def answered_by(session: Session, known: Known) -> int:
    """Return the inbox id of the message whose answer a stored one gets: its own, if it is none."""
    if known.status != STATUS:
        return known.id
    return session.scalars(
        select(InboxMessage.id)
        .where(
            InboxMessage.conversation_id == known.conversation_id,
            InboxMessage.id < known.id,
            InboxMessage.status != STATUS,
        )
        .order_by(InboxMessage.id.desc())
        .limit(1)
    ).one()
