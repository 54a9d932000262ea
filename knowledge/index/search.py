"""One index version: terms and vectors of units, and of the ways people ask for them."""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.index import dense, sparse
from knowledge.index.contents import (
    ABSENT,
    Contents,
    IndexedDocument,
    IndexedSampleQuestion,
    searched_text,
)
from knowledge.index.dense import VectorIndex
from knowledge.index.scope import Scope, learn_scope, load_scope, save_scope, sayings
from knowledge.index.sparse import TermIndex
from knowledge.index.units import IndexedUnit, UnitStore, write_units
from knowledge.index.views import ViewStore, write_views
from language.encoder.vectors import Encoder, Vectors
from language.terms import normalise, terms
from store.errors import ZhidaError

BATCH = 2048
Encode = Callable[[Sequence[str]], Vectors]


class IndexDamaged(ZhidaError):
    """The files of an index version cannot be read; it has to be rebuilt."""

    code = "index_damaged"


@dataclass(frozen=True)
class Field:
    """Texts searched by their terms and by their vectors."""

    terms: TermIndex
    vectors: VectorIndex


@dataclass(frozen=True)
class Index:
    """One loaded version; never changed after loading, so any thread may search it."""

    version: str
    fingerprint: str
    documents: tuple[IndexedDocument, ...]
    store: UnitStore
    views: ViewStore
    text: Field  # by unit row
    asked: Field  # by number in ``sample_questions``
    sample_questions: tuple[IndexedSampleQuestion, ...]
    scope: Scope
    encoder: Encoder

    def unit(self, row: int) -> IndexedUnit:
        """Return the unit in ``row``."""
        return self.store.unit(row)

    def document(self, row: int) -> IndexedDocument:
        """Return the document that the unit in ``row`` belongs to."""
        return self.documents[int(self.store.owners[row])]

    def rows_of(self, wanted: Iterable[bool]) -> NDArray[np.bool_]:
        """Return for every row whether its document is wanted (one flag a document)."""
        flags: NDArray[np.bool_] = np.fromiter(wanted, dtype=np.bool_)[self.store.owners]
        return flags


def write_index(contents: Contents, encoder: Encoder, folder: Path) -> int:
    """Write an index of ``contents`` into ``folder``; return the number of its units."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[IndexedSampleQuestion] = []

    def noting_sample_questions() -> Iterator[IndexedUnit]:
        for row, unit in enumerate(contents.units):
            rows.extend(contents.sample_questions_of(row, unit))
            yield unit

    count = write_units(noting_sample_questions(), folder)
    store = UnitStore(folder)
    documents = [asdict(document) for document in contents.documents]
    (folder / "documents.json").write_text(json.dumps(documents, default=str), "utf-8")
    taught = [one.text for one in rows if documents[store.owners[one.row]]["taught"]]
    of_others = [one.text for one in rows if not documents[store.owners[one.row]]["taught"]]
    rows.extend(contents.absent_sample_questions())
    of_others += [one.text for one in rows if one.row == ABSENT]
    questions = [[one.row, one.about, one.text, one.statute] for one in rows]
    (folder / "asks.json").write_text(json.dumps(questions, ensure_ascii=False), "utf-8")
    said = sayings(store, contents.documents)
    save_scope(learn_scope([*taught, *said], [*contents.unanswered, *of_others]), folder)
    write_views(store, encoder, folder)
    texts = _Texts(contents.documents, store)
    _write_field(texts, count, encoder.passages, encoder.dimensions, folder / "text")
    asks = [one.text for one in rows]
    _write_field(asks, len(asks), encoder.asks, encoder.dimensions, folder / "asked")
    return count


def open_index(folder: Path, version: str, fingerprint: str, encoder: Encoder) -> Index:
    """Load what ``write_index`` wrote; raise IndexDamaged when that cannot be."""
    try:
        documents = json.loads((folder / "documents.json").read_text("utf-8"))
        questions = json.loads((folder / "asks.json").read_text("utf-8"))
        return Index(
            version=version,
            fingerprint=fingerprint,
            documents=tuple(_document(values) for values in documents),
            store=UnitStore(folder),
            views=ViewStore(folder, encoder.dimensions),
            text=_open_field(folder / "text"),
            asked=_open_field(folder / "asked"),
            sample_questions=tuple(
                IndexedSampleQuestion(row, tuple(about), text, statute)
                for row, about, text, statute in questions
            ),
            scope=load_scope(folder),
            encoder=encoder,
        )
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise IndexDamaged(folder.name) from error


class _Texts:
    """The searched texts of a store, read anew at each pass: they need not fit in memory."""

    def __init__(self, documents: Sequence[IndexedDocument], store: UnitStore) -> None:
        self._documents = documents
        self._store = store

    def __iter__(self) -> Iterator[str]:
        for row in range(len(self._store)):
            unit = self._store.read(row)
            yield searched_text(unit, self._documents[unit.owner])


def _write_field(
    texts: Iterable[str], total: int, encode: Encode, dimensions: int, folder: Path
) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    sparse.build((terms(normalise(text)) for text in texts), folder)
    vectors = (encode(batch) for batch in _batches(texts))
    dense.build(vectors, total, dimensions, folder / "vectors.faiss")


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(texts)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _open_field(folder: Path) -> Field:
    return Field(sparse.load(folder), dense.load(folder / "vectors.faiss"))


def _document(values: dict[str, Any]) -> IndexedDocument:
    for name in ("effective_on", "ends_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return IndexedDocument(**values)
