"""Vectors in FAISS: one by one while they are few, by a graph when many, by lists when more.

Measured on one core, 256 dimensions. 64,053 articles of law: exact search takes 2 ms; a graph
(HNSW, Malkov & Yashunin 2018) finds 0.93 of the ten nearest in 0.2 ms, 256 lists 0.82 in 0.6 ms.
A million units mixed from their clauses: a graph is built in a quarter of an hour and finds 0.73
with the same effort; 1,024 lists of 8-bit codes are built in 12 s and find 0.96 in 16 ms.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
EXACT_UNTIL = 16_000
COMPRESSED_FROM = 200_000  # 8 bits a dimension: a million vectors in 0.3 GB
LISTS = 1024
LISTS_LOOKED_AT = 384
TRAINED_ON = 64  # vectors for each list
SEED = 20
NEIGHBOURS = 32
LOOKED_AT = 64  # while building
LOOKED_AT_SEARCHING = 160


class VectorIndex:
    """A loaded index of unit vectors; never changes, so any thread may search it."""

    def __init__(self, index: Any) -> None:
        self._index = index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vectors: Vectors, count: int) -> dict[int, float]:
        """Return row → cosine of the ``count`` vectors nearest to any of ``vectors``."""
        if not len(self):
            return {}
        scores, rows = self._index.search(vectors, min(count, len(self)))
        best: dict[int, float] = {}
        for row, score in zip(rows.ravel().tolist(), scores.ravel().tolist(), strict=True):
            if row >= 0 and score > best.get(row, -2.0):
                best[row] = score
        return best

    def vector(self, row: int) -> Vectors:
        """Return one stored vector (as compressed)."""
        found: Vectors = self._index.reconstruct(row)
        return found


def build(batches: Iterable[Vectors], total: int, dimensions: int, path: Path) -> None:
    """Index ``total`` unit vectors that arrive in ``batches`` into the file ``path``."""
    import faiss

    index = _empty(total, dimensions)
    batches = iter(batches)
    if not index.is_trained:
        index.cp.seed = SEED
        sample: list[Vectors] = []
        while sum(map(len, sample)) < LISTS * TRAINED_ON:
            sample.append(next(batches))
        first = np.concatenate(sample)
        index.train(first)
        index.add(first)
    for batch in batches:
        index.add(batch)
    faiss.write_index(index, str(path))


def load(path: Path) -> VectorIndex:
    """Load an index; RuntimeError when it cannot be read."""
    import faiss

    index: Any = faiss.read_index(str(path))
    faiss.omp_set_num_threads(1)  # one question is too little work to share
    if hasattr(index, "hnsw"):
        index.hnsw.efSearch = LOOKED_AT_SEARCHING
    if hasattr(index, "nprobe"):
        index.nprobe = LISTS_LOOKED_AT
        index.make_direct_map()
    return VectorIndex(index)


def _empty(total: int, dimensions: int) -> Any:
    import faiss

    if total <= EXACT_UNTIL:
        return faiss.IndexFlatIP(dimensions)
    if total >= COMPRESSED_FROM:
        return faiss.index_factory(dimensions, f"IVF{LISTS},SQ8", faiss.METRIC_INNER_PRODUCT)
    index = faiss.IndexHNSWFlat(dimensions, NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = LOOKED_AT
    return index
