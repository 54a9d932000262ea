"""What the ranking reads closely of a unit: its sentences, normalised, and their vectors.

Made when the index is, since reading eight units anew for each question costs more than all
the searches together. On disk and memory-mapped, like the units.
"""

import json
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.index.units import KEPT, IndexedUnit, UnitStore
from knowledge.parsing.sections import split_sentences
from language.encoder.vectors import Encoder
from language.terms import normalise

BATCH = 1024  # units


@dataclass(frozen=True)
class View:
    """A unit as the ranking sees it; ``spans`` are offsets into the unit's text.

    ``sentences`` and ``heading`` are normalised; ``vectors`` (sentences, dimensions).
    """

    spans: tuple[tuple[int, int], ...]
    sentences: tuple[str, ...]
    heading: str
    vectors: NDArray[np.float32]


class ViewStore:
    """Views by row; safe to share between threads."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        self._offsets = np.load(folder / "views.offsets.npy")
        self._starts = np.load(folder / "views.starts.npy")
        self._bytes: bytes | mmap.mmap = b""
        self._vectors: NDArray[np.float16] = np.zeros((0, dimensions), dtype=np.float16)
        if len(self._offsets) > 1:
            with (folder / "views.jsonl").open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            shape = (int(self._starts[-1]), dimensions)
            mapped = np.memmap(folder / "views.vectors", np.float16, "r", shape=shape)
            self._vectors = np.asarray(mapped)
        self.view = lru_cache(KEPT)(self._read)

    def _read(self, row: int) -> View:
        start, end = int(self._offsets[row]), int(self._offsets[row + 1])
        heading, *read = json.loads(self._bytes[start:end])
        first, last = int(self._starts[row]), int(self._starts[row + 1])
        return View(
            spans=tuple((begin, stop) for begin, stop, _ in read),
            sentences=tuple(text for *_, text in read),
            heading=heading,
            vectors=self._vectors[first:last].astype(np.float32),
        )


def write_views(units: UnitStore, encoder: Encoder, folder: Path) -> None:
    """Write the views of all ``units`` into ``folder``."""
    offsets, starts = [0], [0]
    rows = iter(range(len(units)))
    with (folder / "views.jsonl").open("wb") as file, (folder / "views.vectors").open("wb") as raw:
        while batch := [units.read(row) for row in islice(rows, BATCH)]:
            texts: list[str] = []
            for unit in batch:
                sentences = list(_sentences(unit))
                texts += [unit.text[start:end] for start, end, _ in sentences]
                line = json.dumps([normalise("\n".join(unit.path)), *sentences], ensure_ascii=False)
                offsets.append(offsets[-1] + file.write(line.encode() + b"\n"))
                starts.append(starts[-1] + len(sentences))
            raw.write(encoder.passages(texts).astype(np.float16).tobytes())
    np.save(folder / "views.offsets.npy", np.array(offsets, dtype=np.int64))
    np.save(folder / "views.starts.npy", np.array(starts, dtype=np.int64))


def sentence_texts(unit: IndexedUnit) -> list[str]:
    """Return the sentences of a unit as they are encoded."""
    return [unit.text[start:end] for start, end in _spans(unit)]


def _sentences(unit: IndexedUnit) -> Iterator[tuple[int, int, str]]:
    for start, end in _spans(unit):
        yield start, end, normalise(unit.text[start:end])


def _spans(unit: IndexedUnit) -> list[tuple[int, int]]:
    return split_sentences(unit.text) or [(0, len(unit.text))]
