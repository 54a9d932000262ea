"""What messaging keeps of a person: the conversation, what they wrote, what they were told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from actions.dialogue.personal.holdings import Erasure, Held, Holding, Records
from bot.messaging import sentences as say
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage, Reach
from store.clock import to_shanghai
from store.database import rows_changed
from store.vault.placeholders import LABELS
from store.vault.tables import PersonalValueRow

FETCHED_WITHIN = timedelta(seconds=10)
"""A reply stays so long after it was given: whoever waits for it over HTTP still fetches it."""

SENT_WITHIN = timedelta(hours=1)
"""For what is pushed an erasure waits so long; then what could not be sent is deleted, too."""


class Numbers(Holding):
    """Numbers that were hidden; nobody is handed more than their masks, not even their owner."""

    owned = {PersonalValueRow: "conversation_id"}  # noqa: RUF012  as the base class declares it

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell of each number, masked."""
        del now
        return [
            Held("personal_values", LABELS[row.kind], row.masked, row.created_at)
            for row in self._rows(person)
        ]

    def export(self, person: str) -> Records:
        """Return the masks: whoever holds the file need not hold the numbers."""
        return {
            "personal_values": [
                {
                    "kind": row.kind,
                    "masked": row.masked,
                    "created_at": to_shanghai(row.created_at).isoformat(),
                }
                for row in self._rows(person)
            ]
        }

    def _rows(self, person: str) -> Sequence[PersonalValueRow]:
        own = select(PersonalValueRow).where(PersonalValueRow.conversation_id == person)
        with self._database.read() as session:
            return session.scalars(own.order_by(PersonalValueRow.created_at)).all()


class Transcripts(Holding):
    """Conversations with both sides' words."""

    owned = {  # noqa: RUF012  read as the base class declares it
        OutboxMessage: "conversation_id",
        InboxMessage: "conversation_id",
        Reach: "conversation_id",
        Conversation: "id",
    }

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell since when there is a conversation, and how much was said in it."""
        del now
        with self._database.read() as session:
            begun = session.scalar(select(Conversation.created_at).where(Conversation.id == person))
            wrote = _counted(session, InboxMessage.received_at, _of(InboxMessage, person))
            told = _counted(session, OutboxMessage.created_at, _of(OutboxMessage, person))
        return [
            *(
                [Held("conversations", say.HELD_CONVERSATION, say.HELD_OPEN, begun)]
                if begun
                else []
            ),
            *_messages("inbox", say.HELD_WROTE, wrote),
            *_messages("outbox", say.HELD_TOLD, told),
        ]

    def ready(self, session: Session, erasure: Erasure) -> bool:
        """Lock the conversation; False while a message of it is answered or a reply goes out.

        Locked, nobody can claim it: neither Rasa nor a channel is at work for this person.
        """
        now = erasure.now
        free = or_(Conversation.lease_until.is_(None), Conversation.lease_until <= now)
        locked = rows_changed(
            session,
            update(Conversation)
            .where(Conversation.id == erasure.person, free)
            .values(lease_owner=None, lease_until=None),
        )
        if locked == 0:
            return session.get(Conversation, erasure.person) is None
        asked = _of(InboxMessage, erasure.person) & (InboxMessage.received_at <= erasure.asked_at)
        unfinished = or_(
            InboxMessage.finished_at.is_(None), InboxMessage.finished_at > now - FETCHED_WITHIN
        )
        if session.scalar(select(exists().where(asked, unfinished))):
            return False
        unsent = _of(OutboxMessage, erasure.person) & (OutboxMessage.status == "pending")
        waited = now - erasure.asked_at > SENT_WITHIN
        return waited or not session.scalar(select(exists().where(unsent)))

    def erase(self, session: Session, erasure: Erasure) -> None:
        """Delete what was said; what waits for its answer stays, and is the fresh beginning."""
        person = erasure.person
        waiting = _of(InboxMessage, person) & (InboxMessage.status == "pending")
        kept = or_(
            OutboxMessage.inbox_id.is_(None),
            OutboxMessage.inbox_id.not_in(select(InboxMessage.id).where(waiting)),
        )
        session.execute(delete(OutboxMessage).where(_of(OutboxMessage, person), kept))
        session.execute(
            delete(InboxMessage).where(_of(InboxMessage, person), InboxMessage.status != "pending")
        )
        fresh = {"mode": "bot", "staff": None, "created_at": erasure.now, "active_at": erasure.now}
        session.execute(update(Conversation).where(Conversation.id == person).values(**fresh))
        if not erasure.kept:
            _end_if_empty(session, person)

    def let_go(self, session: Session, erasure: Erasure) -> None:
        """End a conversation that was left only for the sake of what was kept."""
        _end_if_empty(session, erasure.person)


def _of(row: Any, person: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = row.conversation_id == person
    return found


def _counted(
    session: Session, moment: Any, condition: ColumnElement[bool]
) -> tuple[int, datetime | None]:
    count, first = session.execute(select(func.count(), func.min(moment)).where(condition)).one()
    return count, first


def _messages(table: str, field: str, counted: tuple[int, datetime | None]) -> Sequence[Held]:
    count, first = counted
    return [Held(table, field, say.HELD_MESSAGES.format(n=count), first)] if count else []


def _end_if_empty(session: Session, person: str) -> None:
    said = or_(
        exists().where(InboxMessage.conversation_id == Conversation.id),
        exists().where(OutboxMessage.conversation_id == Conversation.id),
    )
    empty = select(Conversation.id).where(Conversation.id == person, ~said)
    session.execute(delete(Reach).where(Reach.conversation_id.in_(empty)))
    session.execute(delete(Conversation).where(Conversation.id == person, ~said))
