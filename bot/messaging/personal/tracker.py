"""What Rasa keeps of a person: the events of a conversation, and what it remembers by them.

They are in a file of Rasa's own beside our SQLite, in our database on PostgreSQL. The table is
Rasa's: it is not among ours, and it is not there before Rasa's first start.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    Column,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    inspect,
    select,
)
from sqlalchemy.orm import Session

from actions.dialogue.personal.holdings import Erasure, Held, Holding, Records
from bot.messaging import sentences as say
from store.database import Database
from store.settings import Settings

EVENTS = Table(
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255)),
    Column("type_name", String(255)),
    Column("timestamp", Float),
    Column("data", Text),
)
"""As Rasa 3.6's ``SQLTrackerStore`` has it, without the columns that nobody here reads."""


class Tracker(Holding):
    """The events that Rasa has kept, wherever they are."""

    def __init__(self, database: Database, file: Path | None = None) -> None:
        super().__init__(database)
        self._file = file

    @classmethod
    def over(cls, database: Database, settings: Settings) -> Self:
        """Find Rasa's file by the settings."""
        return cls(database, settings.tracker_file)

    @property
    def tables(self) -> Mapping[str, str]:
        """Return Rasa's table; it is none of ours."""
        return {EVENTS.name: EVENTS.c.sender_id.name}

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell how much of the conversation Rasa remembers."""
        del now
        events = self._events(person)
        if not events:
            return []
        first = datetime.fromtimestamp(events[0]["timestamp"], UTC)
        return [Held(EVENTS.name, say.HELD_CONTEXT, say.HELD_EVENTS.format(n=len(events)), first)]

    def export(self, person: str) -> Records:
        """Return the events as Rasa has written them."""
        return {EVENTS.name: [json.loads(event["data"]) for event in self._events(person)]}

    def erase(self, session: Session, erasure: Erasure) -> None:
        """Delete the events; in a file of its own that cannot be undone with ``session``."""
        gone = delete(EVENTS).where(EVENTS.c.sender_id == erasure.person)
        if self._file is None:
            if is_there(self._database.engine):
                session.execute(gone)
            return
        with self.beside() as database, database.write() as theirs:
            if is_there(database.engine):
                theirs.execute(gone)
                theirs.commit()

    @contextmanager
    def beside(self) -> Iterator[Database]:
        """Yield the database that the events are in."""
        if self._file is None:
            yield self._database
            return
        database = Database(f"sqlite:///{self._file}")
        try:
            yield database
        finally:
            database.close()

    def _events(self, person: str) -> list[dict[str, Any]]:
        wanted = select(EVENTS).where(EVENTS.c.sender_id == person).order_by(EVENTS.c.id)
        with self.beside() as database, database.read() as session:
            if not is_there(database.engine):
                return []
            return [dict(row) for row in session.execute(wanted).mappings()]


def is_there(engine: Engine) -> bool:
    """Whether Rasa has made its table yet."""
    return inspect(engine).has_table(EVENTS.name)
