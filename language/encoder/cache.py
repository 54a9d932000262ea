"""Vectors kept on disk, so that a new document or training sentence costs only its own.

One SQLite file, by the SHA-256 of the encoder's identity and the text; any process may use it, and
it can be deleted at any time. Full, it forgets what it has had longest.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from language.encoder.vectors import Encoder, Vectors

MOST = 200_000
"""Vectors kept: some 350 MB."""

_ASKED = 500  # keys in one statement
_PATIENCE = 30.0  # seconds to wait for another process that writes
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (key BLOB UNIQUE NOT NULL, vector BLOB NOT NULL)"


class CachedEncoder:
    """An encoder that reads each passage once; questions, which seldom come twice, always.

    What a classifier learns from comes at every training: ``once``.
    """

    def __init__(self, encoder: Encoder, identity: str, file: Path, most: int = MOST) -> None:
        self.kind, self.dimensions = encoder.kind, encoder.dimensions
        self._encoder, self._identity = encoder, identity
        self._file, self._most = file, most
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._open()) as database, database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute(_TABLE)

    def asks(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per way of asking: as of any passage."""
        return self.passages(texts)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question, shape ``(len(texts), dimensions)``."""
        return self._encoder.queries(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage, shape ``(len(texts), dimensions)``."""
        return self.once(texts, "", self._encoder.passages)

    def once(
        self, texts: Sequence[str], kind: str, encode: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        """Return what ``encode`` does, each text read once; ``kind`` is empty for passages."""
        keys = [self._key(f"{kind}\0{text}" if kind else text) for text in texts]
        with closing(self._open()) as database:
            known = _read(database, keys)
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            if missing:
                made = encode(list(missing.values()))
                known.update(zip(missing, made, strict=True))
                self._keep(database, [(key, known[key].tobytes()) for key in missing])
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for row, key in enumerate(keys):
            vectors[row] = known[key]
        return vectors

    def unread(self, texts: Sequence[str]) -> int:
        """Return how many of the passages have yet to be read."""
        keys = {self._key(text) for text in texts}
        with closing(self._open()) as database:
            return len(keys) - len(_read(database, list(keys)))

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._identity}\0{text}".encode()).digest()

    def _keep(self, database: sqlite3.Connection, rows: list[tuple[bytes, bytes]]) -> None:
        with database:
            database.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)
            # Row numbers only grow, and the lowest go first.
            database.execute(
                "DELETE FROM vectors WHERE rowid <= (SELECT max(rowid) FROM vectors) - ?",
                (self._most,),
            )

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=_PATIENCE)


def _read(database: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    for at in range(0, len(keys), _ASKED):
        some = keys[at : at + _ASKED]
        marks = ",".join("?" * len(some))
        query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"  # noqa: S608
        rows = database.execute(query, some)
        found.update((key, np.frombuffer(vector, dtype=np.float32)) for key, vector in rows)
    return found
