"""Reading the few best units again, with the question: token by token, or by a cross-encoder."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from knowledge.answering.hits import Hit
from knowledge.answering.query import Query
from knowledge.index.contents import IndexedDocument
from knowledge.index.search import Index
from language.encoder.loading import (
    MOST_THREADS,
    Reranker,
    load_reranker,
    sentence_folder,
)
from language.encoder.tokens import TokenReader
from store.settings import Settings

OFF = "off"
TITLE, HEADING, WINDOW = 40, 30, 180  # characters
REREAD = 8.0  # log-odds between a cross-encoder's surest no and its surest yes
KEPT = 64  # questions: one is ranked, and where it is refused ranked again elsewhere


class Rereader(Protocol):
    """What judges hits again; safe to share between threads."""

    def read_again(self, index: Index, query: Query, hits: list[Hit]) -> list[Hit]:
        """Return the hits with what was found and the scores that follow."""


@dataclass(frozen=True)
class LikenessWeight:
    """What the mean likeness weighs, in log-odds, and where it speaks neither for nor against."""

    weight: float
    usual: float


class ByTokens:
    """Compares articles of statutes token by token; other units stay as they are.

    Articles stand alone and differ from their neighbours in a word or two, which is what this
    finds. Of taught documents it is known how people ask, in words that are nothing like the text,
    and of a page, whose title and headings say half of it, it was no better than the vectors.
    """

    def __init__(self, reader: TokenReader, weight: LikenessWeight) -> None:
        self._weight = weight
        self._compare = lru_cache(KEPT)(reader.compare)

    def read_again(self, index: Index, query: Query, hits: list[Hit]) -> list[Hit]:
        """Return the hits with their likeness."""
        rows = {hit.row: hit.start for hit in hits if _is_compared(index.document(hit.row))}
        texts = tuple(unit_text(index, row, start) for row, start in rows.items())
        found = dict(zip(rows, self._compare(query.text, texts), strict=True))
        return [self._judged(hit, found[hit.row]) if hit.row in found else hit for hit in hits]

    def _judged(self, hit: Hit, likeness: float) -> Hit:
        gained = self._weight.weight * (likeness - self._weight.usual)
        return replace(hit, likeness=likeness, score=hit.score + gained)


class ByCrossEncoder:
    """Half of what a cross-encoder says counts."""

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker

    def read_again(self, index: Index, query: Query, hits: list[Hit]) -> list[Hit]:
        """Return the hits with what the cross-encoder says of each."""
        texts = [index.unit(hit.row).text for hit in hits]
        judged = self._reranker.scores(query.matter, texts)
        return [
            replace(hit, reread=share, score=hit.score + REREAD * (share - 0.5))
            for hit, share in zip(hits, judged, strict=True)
        ]


def rereader(settings: Settings, weight: LikenessWeight | None) -> Rereader | None:
    """Return the cross-encoder that the settings name, else the sentence encoder, token by token.

    None where it is ``off``, where that encoder is not in use, or where nobody has learnt what
    its likeness weighs. Raises EncoderUnavailable where there is no such cross-encoder.
    """
    if settings.reranker == OFF:
        return None
    if reranker := load_reranker(settings.reranker):
        return ByCrossEncoder(reranker)
    folder = sentence_folder(settings)
    if weight is None or folder is None:
        return None
    return ByTokens(TokenReader(folder, min(MOST_THREADS, os.cpu_count() or 1)), weight)


def _is_compared(document: IndexedDocument) -> bool:
    return document.kind == "statute" and not document.taught


def passage_text(title: str, path: Sequence[str], text: str, start: int = 0) -> str:
    """Return what is read of a unit under ``path``; ``start`` is where its best quote begins.

    A unit longer than the window is read from there on.
    """
    begin = max(0, min(start, len(text) - WINDOW))
    above = [title[:TITLE], *(heading[:HEADING] for heading in path[-2:-1])]
    return "\n".join((*filter(None, above), text[begin : begin + WINDOW]))


def unit_text(index: Index, row: int, start: int = 0) -> str:
    """Return what is read of the unit in ``row``, whose best quote begins at ``start``."""
    unit, document = index.unit(row), index.document(row)
    return passage_text(document.title, unit.path, unit.text, start)
