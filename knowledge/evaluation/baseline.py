"""What the answers are measured against: BM25 over characters, and nothing else."""

import re
from collections.abc import Sequence

import bm25s
import numpy as np

from language.terms import normalise

_RUN = re.compile(r"\w+")


class Baseline:
    """bm25s as it comes (Lucene's variant, k1 1.5, b 0.75) over character uni- and bigrams.

    Its terms are made here and not by ``language.terms.terms``, so that the measure stays
    where it is when the search changes.
    """

    def __init__(self, units: Sequence[tuple[str, str]]) -> None:
        """Index ``units``, each a document's id and the unit's words."""
        self._units = units
        self._searcher = bm25s.BM25()
        if units:
            self._searcher.index([_terms(text) for _, text in units], show_progress=False)

    def best(self, question: str, count: int) -> list[tuple[str, str]]:
        """Return up to ``count`` units with any term of the question, best first."""
        known = [term for term in _terms(question) if term in self._vocabulary]
        if not known:
            return []
        scores = self._searcher.get_scores(known)
        order = np.argsort(-scores, kind="stable")[:count]
        return [self._units[row] for row in order if scores[row] > 0]

    @property
    def _vocabulary(self) -> dict[str, int]:
        found: dict[str, int] = self._searcher.vocab_dict if self._units else {}
        return found


def _terms(text: str) -> list[str]:
    found: list[str] = []
    for run in _RUN.findall(normalise(text)):
        found.extend(run)
        found.extend(run[at : at + 2] for at in range(len(run) - 1))
    return found
