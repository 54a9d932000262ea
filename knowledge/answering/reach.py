"""Which documents may answer a question: whose rules hold there, and which have articles."""

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.query import Query
from knowledge.index.contents import IndexedDocument
from knowledge.index.search import Index
from language.places import NATIONAL, UNKNOWN, covers

Rows = NDArray[np.bool_]
STATUTE = "statute"


def allowed_rows(index: Index, query: Query, place: str | None) -> Rows | None:
    """Return for each row whether its document may answer; None where all may.

    With a ``place``, the documents that hold there; where it is not the question's own, those of
    its districts, too. Who asks which article says so is answered by documents that have some.
    """
    own = query.place is None and place != NATIONAL
    allowed = index.rows_of(
        _holds_in(document, place, own) and (document.kind == STATUTE or not query.wants_article)
        for document in index.documents
    )
    if query.wants_article and not allowed.any():
        return index.rows_of(_holds_in(document, place, own) for document in index.documents)
    return None if allowed.all() else allowed


def own_rows(index: Index, place: str) -> Rows:
    """Return for each row whether its rule is the place's own, or of what the place lies in."""
    return index.rows_of(
        document.region not in (NATIONAL, UNKNOWN) and covers(document.region, place)
        for document in index.documents
    )


def _holds_in(document: IndexedDocument, place: str | None, own: bool) -> bool:
    if place is None or not document.region:
        return True
    return covers(document.region, place) or (own and covers(place, document.region))
