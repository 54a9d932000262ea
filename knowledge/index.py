"""The search index: versions in ``var_dir/index/<version>/``, one of them current.

A version is written aside, renamed into place, and made current by replacing one pointer
file: a reader sees the old index or the new one, never half of either, and a crash leaves
the old one. Everything in it can be rebuilt from the database.
"""

import hashlib
import json
import os
import shutil
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from knowledge.encoder import (
    Encoder,
    build_encoder,
    encoder_identity,
    load_built_in,
    load_encoder,
)
from knowledge.sections import split_sentences
from knowledge.tables import PolicyDocument
from knowledge.text import normalise, terms
from store.database import Database
from store.settings import Settings

FORMAT = 3
POINTER = "CURRENT"
KEPT_VERSIONS = 2
SEARCHED_KINDS = frozenset(("item", "preamble", "closing"))
_process_lock = threading.Lock()


class IndexDamaged(Exception):
    """The files of an index version cannot be read; it has to be rebuilt."""


@dataclass(frozen=True)
class IndexedDocument:
    """What ranking needs to know of a document."""

    title: str
    region: str
    version: int
    text: str


@dataclass(frozen=True)
class IndexedUnit:
    """A unit that can answer: ``documents[doc_id].text[start:end]`` under its headings."""

    doc_id: str
    number: int
    kind: str
    path: tuple[str, ...]
    start: int
    end: int


@dataclass
class Index:
    """One loaded version; never changed after loading, so any thread may search it."""

    version: str
    fingerprint: str
    documents: dict[str, IndexedDocument]
    units: list[IndexedUnit]
    frequency: dict[str, int]  # term -> number of units that have it
    encoder: Encoder
    dense: Any
    sparse: Any
    _views: dict[int, "UnitView"] = field(default_factory=dict)

    def view(self, row: int) -> "UnitView":
        """Return the unit's sentences and terms, computed once."""
        view = self._views.get(row)
        if view is None:
            view = self._views[row] = _view(self.units[row], self.documents)
        return view

    def nearest_vectors(self, texts: Sequence[str], count: int) -> list[tuple[int, float]]:
        """Return (row, cosine) of the units nearest to any of ``texts``, best first."""
        if not self.units:
            return []
        scores, rows = self.dense.search(self.encoder.encode(texts), min(count, len(self.units)))
        best: dict[int, float] = {}
        for row, score in zip(rows.ravel().tolist(), scores.ravel().tolist(), strict=True):
            if row >= 0:
                best[row] = max(score, best.get(row, -1.0))
        return sorted(best.items(), key=lambda item: (-item[1], item[0]))

    def term_scores(self, query: Sequence[str]) -> NDArray[np.float32]:
        """Return BM25 of every unit for the query's terms; zeros where none is known."""
        known = [term for term in query if term in self.frequency]
        if not known:
            return np.zeros(len(self.units), dtype=np.float32)
        scores: NDArray[np.float32] = self.sparse.get_scores(known)
        return scores


@dataclass(frozen=True)
class UnitView:
    """A unit as the ranking sees it; spans are offsets into the document's text."""

    sentences: tuple[tuple[int, int], ...]
    sentence_terms: tuple[frozenset[str], ...]
    terms: frozenset[str]
    heading_terms: frozenset[str]
    title_terms: frozenset[str]


def index_folder(settings: Settings) -> Path:
    """Return the folder that holds all versions and the pointer."""
    return settings.var_dir / "index"


def current_version(settings: Settings) -> str | None:
    """Return the current version's name; None when there is no index yet."""
    try:
        return (index_folder(settings) / POINTER).read_text("ascii").strip() or None
    except FileNotFoundError:
        return None


def database_fingerprint(database: Database, settings: Settings) -> str:
    """Return what an index of the database's present state would be called."""
    with database.read() as session:
        rows = session.execute(
            select(PolicyDocument.id, PolicyDocument.content_hash).order_by(PolicyDocument.id)
        ).all()
    parts = [f"{FORMAT}", encoder_identity(settings.encoder), *(f"{a}:{b}" for a, b in rows)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@contextmanager
def index_lock(settings: Settings) -> Iterator[None]:
    """Let one thread of one process at a time change documents and index."""
    import fcntl

    folder = index_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    with _process_lock, (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file gives the lock back


def rebuild_index(database: Database, settings: Settings) -> str:
    """Bring the index to the database's state and return its version; repeatable."""
    with index_lock(settings):
        return rebuild_locked(database, settings)


def rebuild_locked(database: Database, settings: Settings) -> str:
    """Do ``rebuild_index`` for a caller who already holds ``index_lock``."""
    fingerprint = database_fingerprint(database, settings)
    version = fingerprint[:16]
    folder = index_folder(settings)
    if current_version(settings) == version and _is_whole(folder / version):
        return version
    if not _is_whole(folder / version):
        aside = folder / f".new-{uuid.uuid4().hex}"
        try:
            _write_version(aside, fingerprint, database, settings)
            shutil.rmtree(folder / version, ignore_errors=True)
            aside.rename(folder / version)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    pointer = folder / f".{POINTER}-{uuid.uuid4().hex}"
    pointer.write_text(version, "ascii")
    pointer.replace(folder / POINTER)
    _remove_old(folder, version)
    return version


def load_index(settings: Settings, version: str) -> Index:
    """Load one version; raise IndexDamaged when its files are missing or unreadable."""
    import bm25s
    import faiss

    folder = index_folder(settings) / version
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        data = json.loads((folder / "units.json").read_text("utf-8"))
        dense = faiss.read_index(str(folder / "dense.faiss"))
        sparse = bm25s.BM25.load(str(folder / "sparse")) if data["units"] else None
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise IndexDamaged(version) from error
    faiss.omp_set_num_threads(1)
    if settings.encoder:
        encoder = load_encoder(settings.encoder)
    else:
        encoder = load_built_in(folder / "encoder")
    return Index(
        version=version,
        fingerprint=manifest["fingerprint"],
        documents={key: IndexedDocument(**value) for key, value in data["documents"].items()},
        units=[IndexedUnit(**{**unit, "path": tuple(unit["path"])}) for unit in data["units"]],
        frequency=data["frequency"],
        encoder=encoder,
        dense=dense,
        sparse=sparse,
    )


def _write_version(folder: Path, fingerprint: str, database: Database, settings: Settings) -> None:
    import bm25s
    import faiss

    folder.mkdir(parents=True)
    documents, units = _collect(database)
    texts = [_searched_text(unit, documents) for unit in units]
    tokens = [terms(normalise(text)) for text in texts]
    frequency: dict[str, int] = {}
    for unit_terms in tokens:
        for term in set(unit_terms):
            frequency[term] = frequency.get(term, 0) + 1
    encoder = build_encoder(settings.encoder, texts)
    vectors = encoder.encode(texts or [""])
    dense = faiss.IndexFlatIP(vectors.shape[1])
    if units:
        dense.add(vectors)
        sparse = bm25s.BM25(k1=1.2, b=0.6)
        sparse.index(tokens, show_progress=False)
        sparse.save(str(folder / "sparse"))
    faiss.write_index(dense, str(folder / "dense.faiss"))
    if not settings.encoder:
        encoder.save(folder / "encoder")
    data = {
        "documents": {key: asdict(value) for key, value in documents.items()},
        "units": [asdict(unit) for unit in units],
        "frequency": frequency,
    }
    (folder / "units.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    manifest = {"format": FORMAT, "fingerprint": fingerprint, "units": len(units)}
    # Last, so that a folder with a manifest is whole.
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def _collect(database: Database) -> tuple[dict[str, IndexedDocument], list[IndexedUnit]]:
    documents: dict[str, IndexedDocument] = {}
    units: list[IndexedUnit] = []
    with database.read() as session:
        query = select(PolicyDocument).order_by(PolicyDocument.id)
        for row in session.scalars(query.options(selectinload(PolicyDocument.units))):
            documents[row.id] = IndexedDocument(row.title, row.region, row.version, row.text)
            units.extend(
                IndexedUnit(row.id, unit.number, unit.kind, tuple(unit.path), unit.start, unit.end)
                for unit in row.units
                if unit.kind in SEARCHED_KINDS
            )
    return documents, units


def _searched_text(unit: IndexedUnit, documents: dict[str, IndexedDocument]) -> str:
    """A unit's own words below the headings above it (its own heading is in its text)."""
    above = "\n".join(unit.path[:-1])
    return above + "\n" + documents[unit.doc_id].text[unit.start : unit.end]


def _view(unit: IndexedUnit, documents: dict[str, IndexedDocument]) -> UnitView:
    document = documents[unit.doc_id]
    spans = tuple(split_sentences(document.text, unit.start, unit.end))
    spans = spans or ((unit.start, unit.end),)
    sentence_terms = tuple(
        frozenset(terms(normalise(document.text[start:end]))) for start, end in spans
    )
    return UnitView(
        sentences=spans,
        sentence_terms=sentence_terms,
        terms=frozenset().union(*sentence_terms),
        heading_terms=frozenset(terms(normalise("\n".join(unit.path)))),
        title_terms=frozenset(terms(normalise(document.title))),
    )


def _is_whole(folder: Path) -> bool:
    return (folder / "manifest.json").is_file()


def _remove_old(folder: Path, current: str) -> None:
    """Delete all but the newest versions; a reader that still loads one starts again."""
    versions = [path for path in folder.iterdir() if path.is_dir() and path.name != current]
    versions.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in versions[KEPT_VERSIONS - 1 :]:
        if not path.name.startswith(".new-") or os.access(path, os.W_OK):
            shutil.rmtree(path, ignore_errors=True)
