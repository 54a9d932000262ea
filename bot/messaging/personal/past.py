"""What older releases stored with its numbers: they are hidden, a few rows at a time, once.

What a person wrote is read first. In what was said to them, and in what Rasa remembers, only
numbers that they wrote are replaced: the telephone of a hall is nobody's own.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from actions.dialogue.services import Services
from bot.messaging.gate import Gate
from bot.messaging.outbox_rows import STAFF, masked
from bot.messaging.personal.tracker import EVENTS, Tracker, is_there
from bot.messaging.tables import InboxMessage, OutboxMessage
from store.database import Database
from store.vault.tables import NumbersToHideRow
from store.vault.vault import Vault

ROWS_AT_ONCE = 50
"""Rows of one transaction: on SQLite, whoever answers a message waits for it."""

Change = Callable[[str], str]


@dataclass(frozen=True)
class Place:
    """Rows to look through: ``rows(after)`` are the next, each with ``id`` and ``person``.

    ``hide(session, row, gate)`` writes a row anew, in the unit of work that it was read in.
    """

    name: str
    rows: Callable[[int], Select[Any]]
    hide: Callable[[Session, Any, Gate], None]


def hide_next(services: Services, places: Sequence[Place], now: datetime) -> int:
    """Hide the numbers in the next rows of the first place that is left; return how many rows.

    Any process may do it, and be killed at it: where it was goes with what it did.
    """
    with services.database.read() as session:
        left = set(session.scalars(select(NumbersToHideRow.place)))
    place = next((each for each in places if each.name in left), None)
    if place is None:
        return 0
    with services.database.write() as ours, _database_of(services, place) as database:
        at = ours.get(NumbersToHideRow, place.name, with_for_update=True)
        if at is None:
            return 0  # another process was at its last rows
        vault = services.of(Vault)

        def hide(session: Session) -> int:
            there = place is not EVENTS_OF_RASA or is_there(database.engine)
            rows = session.execute(place.rows(at.after)).all() if there else []
            for row in rows:
                place.hide(session, row, Gate(vault, ours, row.person, now))
                at.after = row.id
            return len(rows)

        if database is services.database:
            done = hide(ours)
        else:
            with database.write() as theirs:
                done = hide(theirs)
                theirs.commit()
        if done < ROWS_AT_ONCE:
            ours.delete(at)
        ours.commit()
        return done


def _database_of(services: Services, place: Place) -> AbstractContextManager[Database]:
    if place is EVENTS_OF_RASA:
        return services.of(Tracker).beside()
    return nullcontext(services.database)


def _messages(after: int) -> Select[Any]:
    row = InboxMessage
    columns = (row.id, row.conversation_id.label("person"), row.text, row.payload, row.nlu)
    wanted = select(*columns).where(row.id > after, row.hidden.is_(None))
    return wanted.order_by(row.id).limit(ROWS_AT_ONCE)


def _hide_message(session: Session, row: Any, gate: Gate) -> None:
    hidden = gate.text(row.text)
    payload = None if row.payload is None else gate.payload(row.payload)
    nlu = changed(row.nlu, gate.repeated)
    if (hidden.text, payload, nlu) == (row.text, row.payload, row.nlu):
        return
    shifts = [astuple(shift) for shift in hidden.shifts] or None
    values = {"text": hidden.text, "hidden": shifts, "payload": payload, "nlu": nlu}
    session.execute(update(InboxMessage).where(InboxMessage.id == row.id).values(values))


def _replies(after: int) -> Select[Any]:
    row = OutboxMessage
    columns = (row.id, row.conversation_id.label("person"), row.author, row.body)
    return select(*columns).where(row.id > after).order_by(row.id).limit(ROWS_AT_ONCE)


def _hide_reply(session: Session, row: Any, gate: Gate) -> None:
    if row.author == STAFF:
        body: Any = {**row.body, "text": gate.text(row.body["text"]).text}
    else:
        body = masked(session, row.person, changed(row.body, gate.repeated))
    if body != row.body:
        session.execute(update(OutboxMessage).where(OutboxMessage.id == row.id).values(body=body))


def _events(after: int) -> Select[Any]:
    row = EVENTS.c
    columns = (row.id, row.sender_id.label("person"), row.data)
    return select(*columns).where(row.id > after).order_by(row.id).limit(ROWS_AT_ONCE)


def _hide_event(session: Session, row: Any, gate: Gate) -> None:
    event = json.loads(row.data)
    hidden = changed(event, gate.repeated)
    if hidden != event:
        session.execute(update(EVENTS).where(EVENTS.c.id == row.id).values(data=json.dumps(hidden)))


def changed(value: Any, change: Change) -> Any:
    """Return what JSON holds with ``change`` made to every text in it, but to no name."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: changed(each, change) for name, each in value.items()}
    if isinstance(value, list):
        return [changed(each, change) for each in value]
    return value


MESSAGES = Place("inbox", _messages, _hide_message)
REPLIES = Place("outbox", _replies, _hide_reply)
EVENTS_OF_RASA = Place("events", _events, _hide_event)
