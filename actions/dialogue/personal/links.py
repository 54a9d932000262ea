"""One person on two channels: two, until they link them by a one-time code.

Then bookings and cases are seen from both. What is remembered of a conversation stays its own.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from actions.dialogue.personal.holdings import Held, Holding
from actions.dialogue.personal.tables import LinkCodeRow, LinkedConversationRow
from actions.ids import new_id
from store.database import Database
from store.service import Service
from store.settings import Settings

PREFIX = "GL"
LENGTH = 10
"""Characters of a code beside its check: 31 to the tenth, guessed by nobody in its time."""
GOOD_FOR = timedelta(minutes=10)
HELD = "别的渠道"
HELD_LINKED = "和 {n} 个渠道关联，彼此能看到预约、工单和求职资料"


def same_person(column: Any, conversation: str) -> ColumnElement[bool]:
    """Return SQL: ``column`` is this conversation, or one that is linked with it."""
    mine, others = aliased(LinkedConversationRow), aliased(LinkedConversationRow)
    linked = (
        select(others.conversation)
        .join(mine, mine.person == others.person)
        .where(mine.conversation == conversation)
    )
    return or_(column == conversation, column.in_(linked))


class Links(Service):
    """Codes and links; every method is one unit of work, blocking."""

    def __init__(self, database: Database, key: str) -> None:
        super().__init__(database)
        self._key = key.encode()

    @classmethod
    def over(cls, database: Database, settings: Settings) -> Self:
        """Make the service; codes are hidden by a key of their own."""
        return cls(database, settings.key_for("linked channels"))

    def offer(self, conversation: str, now: datetime) -> str:
        """Return a code for the other channel, good once and for ten minutes; earlier ones end."""
        code = new_id(PREFIX, LENGTH)
        with self._database.write() as session:
            session.execute(
                delete(LinkCodeRow).where(
                    or_(LinkCodeRow.conversation == conversation, LinkCodeRow.expires_at <= now)
                )
            )
            values = {"conversation": conversation, "expires_at": now + GOOD_FOR}
            session.execute(insert(LinkCodeRow).values(key=self._hidden(code), **values))
            session.commit()
        return code

    def is_good(self, code: str, conversation: str, now: datetime) -> bool:
        """Whether a code may be used in a conversation: it is of another one, and of now."""
        with self._database.read() as session:
            row = session.get(LinkCodeRow, self._hidden(code))
            return row is not None and row.expires_at > now and row.conversation != conversation

    def link(self, code: str, conversation: str, now: datetime) -> bool:
        """Link a conversation with the code's own, once; False where the code is not good."""
        try:
            return self._link(code, conversation, now)
        except IntegrityError:
            return self._link(code, conversation, now)  # two at once: the other's rows are there

    def _link(self, code: str, conversation: str, now: datetime) -> bool:
        used = (
            delete(LinkCodeRow)
            .where(LinkCodeRow.key == self._hidden(code), LinkCodeRow.expires_at > now)
            .returning(LinkCodeRow.conversation)
        )
        with self._database.write() as session:
            other = session.scalar(used)
            if other is None or other == conversation:
                return False
            person = _person(session, other, now)
            mine = session.get(LinkedConversationRow, conversation)
            if mine is None:
                _add(session, conversation, person, now)
            elif mine.person != person:
                session.execute(
                    update(LinkedConversationRow)
                    .where(LinkedConversationRow.person == mine.person)
                    .values(person=person)
                )
            session.commit()
            return True

    def unlink(self, conversation: str) -> bool:
        """End the links of a conversation; False where there are none."""
        with self._database.write() as session:
            gone = session.scalar(
                delete(LinkedConversationRow)
                .where(LinkedConversationRow.conversation == conversation)
                .returning(LinkedConversationRow.person)
            )
            session.commit()
            return gone is not None

    def _hidden(self, code: str) -> str:
        return hmac.new(self._key, code.encode(), hashlib.sha256).hexdigest()


def _person(session: Session, conversation: str, now: datetime) -> str:
    row = session.get(LinkedConversationRow, conversation)
    if row is not None:
        return row.person
    person = secrets.token_hex(16)
    _add(session, conversation, person, now)
    return person


def _add(session: Session, conversation: str, person: str, now: datetime) -> None:
    values = {"conversation": conversation, "person": person, "linked_at": now}
    session.execute(insert(LinkedConversationRow).values(values))


class LinkHolding(Holding):
    """Links and open codes of a person; forgotten with them, and nobody else's are."""

    owned = {  # noqa: RUF012  as the base class declares it
        LinkCodeRow: "conversation",
        LinkedConversationRow: "conversation",
    }

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell with how many channels this one is linked."""
        del now
        mine, others = aliased(LinkedConversationRow), aliased(LinkedConversationRow)
        linked = (
            select(others.linked_at)
            .join(mine, mine.person == others.person)
            .where(mine.conversation == person, others.conversation != person)
        )
        with self._database.read() as session:
            moments = session.scalars(linked).all()
        if not moments:
            return []
        words = HELD_LINKED.format(n=len(moments))
        return [Held("linked_conversations", HELD, words, min(moments))]
