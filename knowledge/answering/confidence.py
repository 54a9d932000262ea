"""How likely do the documents answer a question? Decides between an answer and a refusal.

Two logistic models, learnt with the ranking's weights (``knowledge/training/ranking.py``): one
for documents whose typical questions are known, which hears what those say, and one for all
others, which has only the text to go by.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul

from knowledge.answering.query import Query
from knowledge.answering.ranking import FEATURES, OF_UNIT, Hit, Ranker, learnt

_TAKEN = ("terms", "official", "cosine", *OF_UNIT, "preamble", "closing")
OF_TEXT = (*_TAKEN, "lead")
SCOPE = "scope"
OF_TAUGHT = (*FEATURES, SCOPE)
NUMBER_BEHIND = 2.0  # a quote with the number asked for is taken before one without
KNOWN = 0.8  # a question this much alike to one that the unit is known to answer is answered
# So is one whose matter stands in the quote to this share: of 2,073 questions without an answer
# 22 find that much, of the documents' own clauses 97 in 100.
SAID = 0.6
LEAD = 3.0  # a lead beyond this says no more
_QUOTED = FEATURES.index("quoted")
_ALIKE = FEATURES.index("alike")
_PLACES = tuple(FEATURES.index(name) for name in _TAKEN)


@dataclass(frozen=True)
class Judgement:
    """A logistic model: weights (order: OF_TAUGHT or OF_TEXT) and intercept."""

    weights: tuple[float, ...]
    intercept: float

    def probability(self, values: Sequence[float]) -> float:
        """Return the model's probability for one row of features."""
        return 1 / (1 + math.exp(-(sum(map(mul, self.weights, values)) + self.intercept)))


def confidence(ranker: Ranker, query: Query, hits: Sequence[Hit]) -> float:
    """Return how likely the documents answer ``query``, given its hits, best first."""
    if not hits:
        return 0.0
    best = hits[0]
    if query.wants_number and not best.has_number:
        return 0.0
    known, said = best.features[_ALIKE], best.features[_QUOTED]
    taught = ranker.index.document(best.row).taught
    values = taught_values(ranker, query, best) if taught else text_values(hits)
    ours = _judgements(ranker.index.encoder.kind)[taught].probability(values)
    if best.reread is not None:
        ours = (ours + best.reread) / 2
    sure = [value for value, least in ((known, KNOWN), (said, SAID)) if value >= least]
    return max((ours, *sure))


def numbers_first(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """Put hits that state a number first where the question asks for one, if they are close."""
    if not query.wants_number or not hits:
        return list(hits)
    least = hits[0].score - NUMBER_BEHIND
    stating = [hit for hit in hits if hit.has_number and hit.score >= least]
    return [*stating, *(hit for hit in hits if hit not in stating)]


def taught_values(ranker: Ranker, query: Query, hit: Hit) -> tuple[float, ...]:
    """Return what speaks for a hit in a taught document (order: OF_TAUGHT)."""
    return (*hit.features, ranker.index.scope.log_odds(query.text))


def text_values(hits: Sequence[Hit]) -> tuple[float, ...]:
    """Return what the texts alone say for the first of ``hits`` (order: OF_TEXT).

    ``lead``: how far its score lies before the next one's, in log-odds.
    """
    lead = hits[0].score - max((hit.score for hit in hits[1:]), default=-math.inf)
    values = tuple(hits[0].features[place] for place in _PLACES)
    return (*values, max(-LEAD, min(LEAD, lead)))


@cache
def _judgements(kind: str) -> dict[bool, Judgement]:
    """Return the models, by whether the document is taught."""
    data = learnt(kind)
    return {
        True: _judgement(data["taught"], OF_TAUGHT),
        False: _judgement(data["untaught"], OF_TEXT),
    }


def _judgement(data: dict[str, float], names: Sequence[str]) -> Judgement:
    return Judgement(tuple(data[name] for name in names), data["intercept"])
