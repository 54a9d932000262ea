"""A question tried out: what would be said, what else was found, and what spoke for it.

For staff, who see where an answer comes from and where a way of asking would help.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.answers import PolicyAnswer
from knowledge.answering.hits import Hit
from knowledge.answering.ranking import FEATURES, Ranker
from knowledge.sentences import PATH_SEPARATOR

SHOWN = 5
_COVERAGE, _ALIKE = FEATURES.index("coverage"), FEATURES.index("alike")
_NEAREST = FEATURES.index("nearest_sentence")


@dataclass(frozen=True)
class Candidate:
    """A passage that was found, best first.

    ``covered``: the share (0-1) of the question's words, by their rarity, that stand in it or its
    headings; ``near``: how near (cosine) its nearest sentence is in meaning; ``asked``: the known
    way of asking that is nearest, "" for none, and ``alike`` how alike (0-1).
    """

    doc_id: str
    key: str
    title: str
    section: str
    quote: str
    covered: float
    near: float
    asked: str
    alike: float


@dataclass(frozen=True)
class Trial:
    """What the assistant would answer now, and from what it chose."""

    answer: PolicyAnswer
    candidates: tuple[Candidate, ...]


def candidates(ranker: Ranker, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
    """Return the first of ``hits`` as staff see them."""
    return tuple(_candidate(ranker, hit) for hit in hits[:SHOWN])


def _candidate(ranker: Ranker, hit: Hit) -> Candidate:
    index = ranker.index
    unit, document = index.unit(hit.row), index.document(hit.row)
    return Candidate(
        doc_id=document.doc_id,
        key=unit.key,
        title=document.title,
        section=PATH_SEPARATOR.join(unit.path),
        quote=unit.text[hit.start : hit.end],
        covered=hit.features[_COVERAGE],
        near=hit.features[_NEAREST],
        asked=index.sample_questions[hit.sample].text if hit.sample >= 0 else "",
        alike=hit.features[_ALIKE],
    )
