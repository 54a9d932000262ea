"""The way in: a message is stored once, unique on its channel's own key."""

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.messaging import repeats
from bot.messaging.channels import allowance
from bot.messaging.channels.elsewhere import TAKEN_BACK
from bot.messaging.gate import Gate
from bot.messaging.messages import Incoming
from bot.messaging.personal.past import changed
from bot.messaging.tables import Conversation, InboxMessage
from store.database import Database, rows_changed
from store.vault.vault import Vault

T = TypeVar("T")

RECALLED = "recalled"


@dataclass(frozen=True)
class Accepted:
    """A stored message; ``repeated`` when it had been stored, or said in this moment, before.

    ``redelivered``: it is the very same message once more, and no repeat of another.
    """

    inbox_id: int
    repeated: bool
    redelivered: bool = False


def accept(
    database: Database, incoming: Incoming, vault: Vault, after: timedelta = timedelta()
) -> Accepted:
    """Store ``incoming`` unless its channel and key are known; committed on return.

    It is answered ``after`` some time. The numbers of persons in it go into the ``vault``, and
    nowhere else.
    """
    return _stored(database, lambda session: _insert(session, incoming, vault, after))


def accept_all(
    database: Database,
    arrived: Sequence[Incoming],
    vault: Vault,
    also: Callable[[Session], bool],
    then: Callable[[Session], None],
) -> list[Accepted]:
    """Store several messages as one does, what ``also`` writes before, and ``then`` behind them.

    It is one transaction. Where ``also`` returns False nothing is stored: somebody else has.
    """

    def store(session: Session) -> list[Accepted]:
        if not also(session):
            return []
        accepted = [_insert(session, incoming, vault, timedelta()) for incoming in arrived]
        then(session)
        return accepted

    return _stored(database, store)


def _stored(database: Database, store: Callable[[Session], T]) -> T:
    """Store in a transaction that others may share: on SQLite a commit is a flush of the disk."""

    def work(connection: Connection) -> T:
        with Session(
            connection, join_transaction_mode="rollback_only", expire_on_commit=False
        ) as session:
            done = store(session)
            session.flush()
            return done

    try:
        return database.transact(work)
    except IntegrityError:
        # Two replicas stored the same message, number or new conversation at once
        # (PostgreSQL only): the other one's rows are there now.
        return database.transact(work)


def recall(session: Session, channel: str, key: str, now: datetime) -> None:
    """Note that its writer took a message back: it is not answered any more, if it was not yet."""
    mine = update(InboxMessage).where(InboxMessage.channel == channel, InboxMessage.key == key)
    unanswered = mine.where(InboxMessage.status == "pending")
    session.execute(unanswered.values(status=RECALLED, finished_at=now))
    session.execute(mine.values(text=TAKEN_BACK, details=None))


def _insert(session: Session, incoming: Incoming, vault: Vault, after: timedelta) -> Accepted:
    known = session.execute(
        select(InboxMessage.id, InboxMessage.conversation_id, InboxMessage.status).where(
            InboxMessage.channel == incoming.channel, InboxMessage.key == incoming.key
        )
    ).first()
    if known is not None:
        same = known.status != repeats.STATUS
        return Accepted(repeats.answered_by(session, known), repeated=True, redelivered=same)
    now = incoming.received_at
    conversation_id = incoming.conversation_id
    _touch(session, conversation_id, incoming)
    if incoming.grant is not None:
        act = (incoming.grant, now, incoming.context, incoming.acted_at)
        allowance.grant(session, conversation_id, *act)
    gate = Gate(vault, session, conversation_id, now)
    hidden = gate.text(incoming.text)
    payload = None if incoming.payload is None else gate.payload(incoming.payload)
    first = repeats.first_of(session, replace(incoming, text=hidden.text, payload=payload))
    inbox_id = session.execute(
        insert(InboxMessage)
        .values(
            channel=incoming.channel,
            key=incoming.key,
            conversation_id=conversation_id,
            message_id=incoming.message_id,
            text=hidden.text,
            hidden=[astuple(shift) for shift in hidden.shifts] or None,
            payload=payload,
            kind=incoming.kind,
            details=_details(incoming, gate),
            answer_by=incoming.answer_by,
            status="pending" if first is None else repeats.STATUS,
            attempts=0,
            next_attempt_at=now + after,
            received_at=now,
            finished_at=None if first is None else now,
        )
        .returning(InboxMessage.id)
    ).scalar_one()
    return Accepted(inbox_id, repeated=False) if first is None else Accepted(first, repeated=True)


def _details(incoming: Incoming, gate: Gate) -> dict[str, Any] | None:
    if incoming.details is None:
        return None
    passed: dict[str, Any] = changed(dict(incoming.details), lambda text: gate.text(text).text)
    return passed


def _touch(session: Session, conversation_id: str, incoming: Incoming) -> None:
    """Note that something was said in a conversation, begun by it if need be.

    This also locks the row: of two presses at once, the second sees the first.
    """
    now = incoming.received_at
    touched = rows_changed(
        session,
        update(Conversation).where(Conversation.id == conversation_id).values(active_at=now),
    )
    if touched == 0:
        session.execute(
            insert(Conversation).values(
                id=conversation_id,
                channel=incoming.channel,
                mode="bot",
                created_at=now,
                active_at=now,
            )
        )


def count_pending(database: Database, conversation_id: str) -> int:
    """Return how many messages of a conversation are unanswered."""
    with database.read() as session:
        return session.scalars(
            select(func.count()).where(
                InboxMessage.conversation_id == conversation_id, InboxMessage.status == "pending"
            )
        ).one()
