"""Finding turns of conversations: by their words, by how they were read, by what became of them.

The newest first, a page at a time: a page costs the same among a million messages as among ten.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from actions.dialogue.background import Counts
from actions.dialogue.services import Services
from bot.messaging.tables import InboxMessage, OutboxMessage
from store.database import Database
from store.text_index import Said, forget_deleted, has, lacks
from store.vault.vault import shown_each

PAGE = 50
MOST_WORDS = 6
EARLY = timedelta(hours=1)
"""Messages get their numbers in the order of their arrival, but for so much."""

INBOX = Said("{row}.text", "inbox.text")
OUTBOX = Said("json_extract({row}.body, '$.text')", "outbox.body->>'text'")


@dataclass(frozen=True)
class TurnFilter:
    """Which turns: all that meet every condition; empty ones are none.

    ``words``, parted by blanks, are looked for in what was said and in the replies. ``outcomes``
    are any of them. ``sure_below`` is a confidence. ``also`` are further
    conditions on the message's row.
    """

    words: str = ""
    channel: str = ""
    intent: str = ""
    outcomes: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    sure_below: float | None = None
    also: tuple[ColumnElement[bool], ...] = ()


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: the last numbers of a message and of a reply that it has shown."""

    message: int | None = None
    reply: int | None = None


@dataclass(frozen=True)
class Turn:
    """A message that was found; ``said`` are the words of the reply it was found by, if any."""

    id: int
    conversation: str
    channel: str
    at: datetime
    text: str
    intent: str | None
    confidence: float | None
    outcome: str | None
    said: str = ""


@dataclass(frozen=True)
class Page:
    """Turns, the newest first; ``following`` is where the next page begins, None at the end."""

    turns: tuple[Turn, ...] = field(default=())
    following: Cursor | None = None


def find_turns(database: Database, wanted: TurnFilter, cursor: Cursor | None = None) -> Page:
    """Return a page of turns (blocking)."""
    cursor = cursor or Cursor()
    words = wanted.words.split()[:MOST_WORDS]
    with database.read() as session:
        dialect = "sqlite" if database.is_sqlite else "postgresql"
        conditions = _conditions(session, wanted)
        found = _messages(session, dialect, words, conditions, cursor)
        replies = _replies(session, dialect, words, conditions, cursor) if words else []
        return _page(session, found, replies, cursor)


@dataclass(frozen=True)
class _Found:
    """Something found, at its place among all: its number, its moment, the message it is about."""

    number: int
    at: datetime
    message: InboxMessage
    said: str = ""


def _messages(
    session: Session,
    dialect: str,
    words: Sequence[str],
    conditions: Sequence[ColumnElement[bool]],
    cursor: Cursor,
) -> list[_Found]:
    statement = select(InboxMessage).where(*conditions, *has(dialect, "inbox", INBOX, words))
    if cursor.message is not None:
        statement = statement.where(InboxMessage.id < cursor.message)
    rows = session.scalars(statement.order_by(InboxMessage.id.desc()).limit(PAGE + 1))
    return [_Found(row.id, row.received_at, row) for row in rows]


def _replies(
    session: Session,
    dialect: str,
    words: Sequence[str],
    conditions: Sequence[ColumnElement[bool]],
    cursor: Cursor,
) -> list[_Found]:
    """Find replies by their words, each with the message that it follows.

    One whose message has the words itself is found by that.
    """
    statement: Select[Any] = (
        select(OutboxMessage.id, OutboxMessage.created_at, OutboxMessage.body, InboxMessage)
        .join(InboxMessage, InboxMessage.id == _answered())
        .where(*conditions, *has(dialect, "outbox", OUTBOX, words))
        .where(lacks(dialect, "inbox", INBOX, words))
    )
    if cursor.reply is not None:
        statement = statement.where(OutboxMessage.id < cursor.reply)
    rows = session.execute(statement.order_by(OutboxMessage.id.desc()).limit(PAGE + 1))
    return [_Found(number, at, row, body["text"]) for number, at, body, row in rows]


def _answered() -> ColumnElement[int]:
    """Return the number of the message that a reply follows; staff's answers name none."""
    before = aliased(InboxMessage)
    last = (
        select(func.max(before.id))
        .where(
            before.conversation_id == OutboxMessage.conversation_id,
            before.received_at <= OutboxMessage.created_at,
        )
        .scalar_subquery()
    )
    return func.coalesce(OutboxMessage.inbox_id, last)


def _page(session: Session, messages: list[_Found], replies: list[_Found], cursor: Cursor) -> Page:
    """Merge what was found on both sides, each in its own order, the later first."""
    shown: dict[int, _Found] = {}
    sides = {"message": deque(messages), "reply": deque(replies)}
    while any(sides.values()) and len(shown) < PAGE:
        side = max(
            (name for name in sides if sides[name]),
            key=lambda name: (sides[name][0].at, name == "reply"),
        )
        found = sides[side].popleft()
        cursor = replace(cursor, **{side: found.number})
        shown.setdefault(found.message.id, found)
    more = any(sides.values()) or max(len(messages), len(replies)) > PAGE
    return Page(_turns(session, list(shown.values())), cursor if more else None)


def _turns(session: Session, found: Sequence[_Found]) -> tuple[Turn, ...]:
    rows = [each.message for each in found]
    said = shown_each(session, [(row.conversation_id, row.text) for row in rows])
    told = shown_each(session, [(each.message.conversation_id, each.said) for each in found])
    return tuple(
        Turn(
            row.id,
            row.conversation_id,
            row.channel,
            row.received_at,
            text,
            row.intent,
            row.confidence,
            row.outcome,
            reply,
        )
        for row, text, reply in zip(rows, said, told, strict=True)
    )


def _conditions(session: Session, wanted: TurnFilter) -> list[ColumnElement[bool]]:
    found = list(wanted.also)
    if wanted.channel:
        found.append(InboxMessage.channel == wanted.channel)
    if wanted.intent:
        found.append(InboxMessage.intent == wanted.intent)
    if wanted.outcomes:
        found.append(InboxMessage.outcome.in_(wanted.outcomes))
    if wanted.sure_below is not None:
        found.append(InboxMessage.confidence < wanted.sure_below)
    if wanted.since is not None:
        found += [InboxMessage.received_at >= wanted.since]
        first = _number(session, wanted.since - EARLY)
        found += [InboxMessage.id >= first] if first is not None else []
    if wanted.until is not None:
        found += [InboxMessage.received_at < wanted.until]
        after = _number(session, wanted.until + EARLY)
        found += [InboxMessage.id < after] if after is not None else []
    return found


def _number(session: Session, at: datetime) -> int | None:
    """Return the number of the first message from a moment on, so that a date narrows by it."""
    first = select(InboxMessage.id).where(InboxMessage.received_at >= at)
    return session.scalar(first.order_by(InboxMessage.received_at, InboxMessage.id).limit(1))


def forget_words(services: Services, now: datetime) -> Counts:
    """Drop from the index of words, step by step, what it still holds of deleted messages."""
    del now
    steps = 0
    for name in ("inbox", "outbox"):
        more = True
        while more:
            more = services.database.transact(partial(forget_deleted, name=name))
            steps += 1
    return {"zhida_word_index_steps": steps}
