"""What any better reader must beat: BM25 over the classification's names and aliases."""

from collections.abc import Sequence

import bm25s

from language.occupations.classification import Classification
from language.occupations.titles import clean


class Bm25Reader:
    """Titles to codes by the characters and pairs that they share with names and aliases."""

    def __init__(self, classification: Classification) -> None:
        named = [(one.code, n) for one in classification.occupations.values() for n in one.names]
        self._codes = [code for code, _ in named]
        self._index = bm25s.BM25()
        self._index.index([_units(name) for _, name in named], show_progress=False)

    def read(self, titles: Sequence[str]) -> list[str | None]:
        """Return the code of the name most like each title; None where nothing is shared."""
        return [self._best(clean(title)) for title in titles]

    def _best(self, title: str) -> str | None:
        scores = self._index.get_scores(_units(title)) if title else None
        return None if scores is None or not scores.any() else self._codes[int(scores.argmax())]


def _units(text: str) -> list[str]:
    joined = "".join(clean(text).split())
    return [*joined, *(joined[at : at + 2] for at in range(len(joined) - 1))]
