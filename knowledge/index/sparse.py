"""BM25 over character terms: bm25s searches; the index is built here, text by text.

bm25s builds from all tokens at once, which for 64,000 units takes gigabytes. The matrix is
the same one (Lucene's variant, ``tests/unit/knowledge/test_policy_sparse.py`` compares), made
from term counts that arrive one text at a time, and is saved in bm25s' own format, from which
it is memory-mapped: all processes of a machine share one copy.
"""

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.6
FIRST_CUT = 0.4  # of the best score
COMMON = 0.2  # a term that more units than this have is left out where rarer ones are known


class TermIndex:
    """A loaded BM25 index; never changes, so any thread may search it."""

    def __init__(self, searcher: Any, total: int) -> None:
        self._searcher = searcher
        self._total = total
        self._vocabulary: dict[str, int] = searcher.vocab_dict if searcher is not None else {}
        # Views without numpy's memory-map class, whose every slice costs microseconds.
        if searcher is not None:
            scores = searcher.scores
            for name in ("data", "indices", "indptr"):
                scores[name] = np.asarray(scores[name])
            self._frequency: NDArray[np.int64] = np.diff(scores["indptr"])
        else:
            self._frequency = np.zeros(0, dtype=np.int64)
        # An array of the standard library: one item of it is read faster than one of numpy's.
        self._rarity = array("f", rarity(total, self._frequency).astype(np.float32).tobytes())
        self._unknown = float(rarity(total, 0))

    def __len__(self) -> int:
        return self._total

    def frequency(self, term: str) -> int:
        """Return how many texts have ``term``."""
        number = self._vocabulary.get(term)
        return int(self._frequency[number]) if number is not None else 0

    def most(self, terms: Iterable[str]) -> float:
        """Return the score of a text that had every one of ``terms`` in plenty."""
        known, rare, unknown = self._vocabulary.get, self._rarity, self._unknown
        return sum(unknown if (at := known(term)) is None else rare[at] for term in terms)

    def rarity(self, term: str) -> float:
        """Return the term's inverse document frequency as BM25 weighs it (Lucene's)."""
        number = self._vocabulary.get(term)
        return self._rarity[number] if number is not None else self._unknown

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every text for ``terms``, shape ``(len(self),)``."""
        known = [number for term in terms if (number := self._vocabulary.get(term)) is not None]
        rare = [number for number in known if self._frequency[number] <= COMMON * self._total]
        if not known:
            return np.zeros(self._total, dtype=np.float32)
        found: NDArray[np.float32] = self._searcher.get_scores_from_ids(rare or known)
        return found

    def best(self, scores: NDArray[np.float32], count: int) -> list[int]:
        """Return the numbers of the ``count`` best texts with any score, best first."""
        if not len(scores):
            return []
        # A first cut, since partitioning among thousands of equal zeros is slow.
        rows = np.flatnonzero(scores > FIRST_CUT * scores.max())
        if len(rows) < count:
            rows = np.flatnonzero(scores)
        if count < len(rows):
            rows = rows[np.argpartition(scores[rows], -count)[-count:]]
        found: list[int] = rows[np.argsort(-scores[rows], kind="stable")].tolist()
        return found


def rarity(total: int, frequency: int | NDArray[np.int64]) -> Any:
    """Return ln(1 + (N - n + 0.5) / (n + 0.5)) (Robertson & Spärck Jones, as in Lucene)."""
    return np.log1p((total - frequency + 0.5) / (frequency + 0.5))


def build(texts: Iterable[Sequence[str]], folder: Path) -> None:
    """Index ``texts``, each a sequence of terms, into ``folder``."""
    import bm25s

    counts = _Counts()
    for text in texts:
        counts.add(text)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "size.json").write_text(json.dumps({"texts": counts.texts}))
    if not counts.vocabulary:
        return
    searcher = bm25s.BM25(method="lucene", k1=K1, b=B)
    searcher.vocab_dict = counts.vocabulary
    searcher.nonoccurrence_array = None
    searcher.scores = counts.matrix()
    searcher.save(str(folder), show_progress=False)


def load(folder: Path) -> TermIndex:
    """Load an index; OSError or ValueError when its files are missing or broken."""
    import bm25s

    total = int(json.loads((folder / "size.json").read_text())["texts"])
    if not (folder / "vocab.index.json").exists():
        return TermIndex(None, total)
    return TermIndex(bm25s.BM25.load(str(folder), mmap=True, show_progress=False), total)


class _Counts:
    """Term counts as a growing sparse matrix of texts by terms (CSR)."""

    def __init__(self) -> None:
        self.vocabulary: dict[str, int] = {}
        self.terms = array("i")
        self.counts = array("H")
        self.starts = array("q", [0])
        self.lengths = array("i")

    @property
    def texts(self) -> int:
        return len(self.lengths)

    def add(self, text: Sequence[str]) -> None:
        numbers = self.vocabulary
        for term, count in Counter(text).items():
            self.terms.append(numbers.setdefault(term, len(numbers)))
            self.counts.append(min(count, 65535))
        self.starts.append(len(self.terms))
        self.lengths.append(len(text))

    def matrix(self) -> dict[str, Any]:
        """Return bm25s' score matrix: for each term, the texts that have it and its scores."""
        from scipy.sparse import csr_array

        columns = np.frombuffer(self.terms, dtype=np.int32)
        starts = np.frombuffer(self.starts, dtype=np.int64)
        lengths = np.frombuffer(self.lengths, dtype=np.int32)
        frequency = np.bincount(columns, minlength=len(self.vocabulary))
        idf = rarity(self.texts, frequency).astype(np.float32)
        mean = max(float(lengths.mean()), 1.0)
        norm = (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
        scores = np.frombuffer(self.counts, dtype=np.uint16).astype(np.float32)
        scores /= scores + np.repeat(norm, np.diff(starts))
        scores *= idf[columns]
        shape = (self.texts, len(self.vocabulary))
        by_term = csr_array((scores, columns, starts), shape=shape).tocsc()
        return {
            "data": by_term.data,
            "indices": by_term.indices.astype(np.int32),
            "indptr": by_term.indptr.astype(np.int64),
            "num_docs": self.texts,
        }
