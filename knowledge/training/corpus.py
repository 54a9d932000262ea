"""The passages that are trained and measured on, each text once, and BM25 over them."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.training.data import Question
from language.terms import normalise, terms

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


class Corpus:
    """Passages in a fixed order; one that differs only in white space is the same."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.names: list[str] = []  # of the law each is from; "" unknown
        self._rows: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def add(self, text: str, name: str = "") -> int:
        """Return the passage's row; a new one when it is not there yet."""
        folded = "".join(text.split())
        row = self._rows.get(folded)
        if row is None:
            row = self._rows[folded] = len(self.texts)
            self.texts.append(text.strip())
            self.names.append(name)
        elif name and not self.names[row]:
            self.names[row] = name
        return row

    def answers(self, questions: Iterable[Question]) -> list[list[int]]:
        """Return the rows that answer each question, adding passages not there yet."""
        return [sorted({self.add(text) for text in asked.answers}) for asked in questions]


class Sparse:
    """BM25 over character terms, as the assistant searches."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        tokens = [terms(normalise(text)) for text in texts]
        self._model: Any = bm25s.BM25(k1=1.5, b=0.75)
        self._model.index(tokens, show_progress=False)
        self._size = len(texts)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._model.vocab_dict)

    def scores(self, question: str, boosted: Sequence[tuple[str, float]] = ()) -> Scores:
        """Return the BM25 of every passage; ``boosted``: further words with their weight."""
        found = self._scores(question)
        for words, weight in boosted:
            found = found + weight * self._scores(words)
        return found

    def _scores(self, text: str) -> Scores:
        known = [term for term in terms(normalise(text)) if term in self._known]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: Scores = self._model.get_scores(known)
        return scores


def best_rows(scores: Scores, count: int) -> Rows:
    """Return the rows of the ``count`` highest scores, best first."""
    count = min(count, len(scores))
    rows = np.argpartition(-scores, count - 1)[:count]
    return rows[np.argsort(-scores[rows], kind="stable")]
