"""What titles mean: each distinct one is read once, to an occupation and a vector, and kept.

Reading takes some ten milliseconds a title, so it follows an import: until a title is read it is
found by its words alone.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from sqlalchemy import func, select, update

from actions.jobs.tables import JobTitleRow
from actions.jobs.writing import next_revision
from language.encoder.loading import encoder_folder
from language.encoder.serving import SentenceEncoder, is_encoder
from language.encoder.vectors import Encoder, Vectors
from language.occupations.reader import Reader, classification_at, load_reader
from language.occupations.titles import clean
from store.database import Database
from store.service import Service
from store.settings import Settings

DIMENSIONS = 384
MOST_AT_ONCE = 200
REMEMBERED = 20_000
"""Phrases whose meaning a process keeps: 30 MB of vectors."""


@dataclass(frozen=True)
class Meaning:
    """What a title says: an occupation's code (None: none), a unit vector (None: no encoder)."""

    occupation: str | None
    vector: Vectors | None


class Titles(Service):
    """Titles of one database; without a reader nothing is known of them."""

    def __init__(
        self,
        database: Database,
        reader: Callable[[], Reader] | None = None,
        encoder: Encoder | None = None,
        identity: str = "",
    ) -> None:
        super().__init__(database)
        self._make_reader, self._encoder = reader, _Once(encoder) if encoder else None
        self._reader: Reader | None = None
        self._lock = threading.Lock()
        self._meanings: dict[str, Meaning] = {}
        self.identity = identity

    @classmethod
    def over(cls, database: Database, settings: Settings) -> Self:
        """Make it with what set-up has made; models load when the first title is read."""
        folder = encoder_folder(settings)
        encoder = _Once(SentenceEncoder(folder)) if is_encoder(folder) else None

        def reader() -> Reader:
            return load_reader(settings, encoder)

        known = "table" if classification_at(settings) else "names"
        read_by = f"{encoder.identity[:40] if encoder else 'words'}:{known}"
        return cls(database, reader, encoder, read_by)

    @property
    def reads(self) -> bool:
        """Whether titles can be read at all."""
        return self._make_reader is not None

    def meanings(self, texts: Sequence[str]) -> list[Meaning]:
        """Return what phrases mean, each read once in a process's life."""
        if not self.reads:
            return [Meaning(None, None) for _ in texts]
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._meanings]
            if len(self._meanings) + len(new) > REMEMBERED:
                self._meanings.clear()
                new = list(dict.fromkeys(texts))
            if new:
                self._meanings.update(zip(new, self._read(new), strict=True))
            return [self._meanings[text] for text in texts]

    def unread(self) -> int:
        """Return how many titles wait to be read."""
        waiting = select(func.count()).select_from(JobTitleRow)
        with self._database.read() as session:
            return session.scalar(waiting.where(JobTitleRow.read_by != self.identity)) or 0

    def read_some(self, limit: int = MOST_AT_ONCE) -> int:
        """Read titles that wait, in a unit of work of its own; return how many."""
        if not self.reads:
            return 0
        with self._database.read() as session:
            waiting = select(JobTitleRow.text).where(JobTitleRow.read_by != self.identity)
            texts = session.scalars(waiting.order_by(JobTitleRow.text).limit(limit)).all()
        if not texts:
            return 0
        with self._lock:
            meanings = self._read(texts)
        with self._database.write() as session:
            # Memories read what titles mean when the feed has moved on.
            next_revision(session)
            for text, meaning in zip(texts, meanings, strict=True):
                vector = meaning.vector
                kept = None if vector is None else vector.astype(np.float16).tobytes()
                values = {"occupation": meaning.occupation, "vector": kept}
                session.execute(
                    update(JobTitleRow)
                    .where(JobTitleRow.text == text)
                    .values(read_by=self.identity, **values)
                )
            session.commit()
        return len(texts)

    def _read(self, texts: Sequence[str]) -> list[Meaning]:
        if self._reader is None and self._make_reader is not None:
            self._reader = self._make_reader()
        readings = self._reader.read(texts) if self._reader else [None] * len(texts)
        codes = [None if reading is None else reading.code for reading in readings]
        if self._encoder is None:
            return [Meaning(code, None) for code in codes]
        vectors = self._encoder.passages([clean(text) or text for text in texts])
        return [Meaning(code, vector) for code, vector in zip(codes, vectors, strict=True)]


class _Once:
    """An encoder that reads a text once, though reader and index both ask for its vector."""

    def __init__(self, encoder: Encoder) -> None:
        self.kind, self.dimensions = encoder.kind, encoder.dimensions
        self.identity = getattr(encoder, "identity", encoder.kind)
        self._encoder = encoder
        self._last: dict[str, Vectors] = {}

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage."""
        new = [text for text in dict.fromkeys(texts) if text not in self._last]
        made = dict(zip(new, self._encoder.passages(new), strict=True)) if new else {}
        known = {text: self._last[text] for text in texts if text in self._last} | made
        self._last = known
        empty = np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack([known[text] for text in texts]) if texts else empty

    def asks(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per way of asking."""
        return self._encoder.asks(texts)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question."""
        return self._encoder.queries(texts)
