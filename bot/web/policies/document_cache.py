"""All documents of the library, kept in memory for lists until any of them changes.

Reading some thousand rows takes half a second, asking whether any has changed a twentieth of
that; lists are looked at far more often than documents change.
"""

import threading
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from bot.web.policies.catalogue import Choices, Entry, choices, entry
from knowledge.documents.repository import Document, library_state, list_documents
from store.clock import to_shanghai
from store.database import Database


@dataclass(frozen=True)
class Snapshot:
    """What there was at one moment, newest first."""

    state: tuple[object, ...]
    entries: tuple[Entry[Document], ...]

    @cached_property
    def choices(self) -> Choices:
        """What the list can be narrowed to."""
        return choices([each.document for each in self.entries])


class DocumentCache:
    """The published documents; with ``everything`` also drafts and removed ones."""

    def __init__(self, database: Database, *, everything: bool = False) -> None:
        self._database = database
        self._everything = everything
        self._reading = threading.Lock()
        self._snapshot = Snapshot((), ())

    def snapshot(self, *, now: datetime) -> Snapshot:
        """Return what there is at ``now`` (blocking)."""
        day = to_shanghai(now).date()
        state = (day, *library_state(self._database))
        if self._snapshot.state != state:
            with self._reading:
                if self._snapshot.state != state:
                    self._snapshot = Snapshot(state, tuple(map(entry, self._read(day))))
        return self._snapshot

    def _read(self, day: date) -> list[Document]:
        """Read them as they stand on ``day``: validity changes overnight, too."""
        everything = self._everything
        return list_documents(self._database, on=day, drafts=everything, removed=everything)
