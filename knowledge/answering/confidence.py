"""How likely do the documents answer a question? Decides between an answer and a refusal.

Three logistic models, learnt with the ranking's weights (``knowledge/training/ranking.py``): for
documents all of whose typical questions are known, for units of others near to a known question,
and for the rest, where the text and the kind of thing that is asked for are all there is.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul

from knowledge.answering.asked_for import ASKS, asks
from knowledge.answering.coverage import Coverage
from knowledge.answering.hits import Hit
from knowledge.answering.query import Query
from knowledge.answering.ranking import FEATURES, Ranker, learnt
from knowledge.answering.regulations import LOCAL
from language.places import NATIONAL
from language.terms import normalise

OF_MATTER = ("length", "unknown", "off_subject", "off_quote", "other_year")
OF_TEXT = (*FEATURES, "lead", "broader", "elsewhere", "left_out", *OF_MATTER, *ASKS)
SCOPE = "scope"
OF_TAUGHT = (*FEATURES, SCOPE)
NUMBER_BEHIND = 2.0  # a quote with the number asked for is taken before one without
KNOWN = 0.8  # a question this much alike to one that the unit is known to answer is answered
# In a taught document, so is one whose matter stands in the quote to this share: of 2,073
# questions without an answer 22 find that much, of the documents' own clauses 97 in 100.
SAID = 0.6
LONG = 60  # characters
LEAD = 3.0  # a lead beyond this says no more
_YEAR = re.compile("20[0-9]{2}(?=年)")
_QUOTED = FEATURES.index("quoted")
_ALIKE = FEATURES.index("alike")
_VOTED = FEATURES.index("voted")


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
    if query.own_case or (query.wants_number and not best.has_number):
        return 0.0
    known, said = best.features[_ALIKE], best.features[_QUOTED]
    taught = ranker.index.document(best.row).taught
    values = taught_values(ranker, query, best) if taught else text_values(ranker, query, hits)
    kind = "taught" if taught else "asked" if is_asked(best) else "untaught"
    ours = _judgements(ranker.index.encoder.kind)[kind].probability(values)
    if best.reread is not None:
        ours = (ours + best.reread) / 2
    if known >= KNOWN:
        ours = max(ours, known)
    return max(ours, said) if taught and said >= SAID else ours


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


def text_values(
    ranker: Ranker, query: Query, hits: Sequence[Hit], without: frozenset[int] = frozenset()
) -> tuple[float, ...]:
    """Return what speaks for the first of ``hits`` in any other document (order: OF_TEXT).

    ``lead``: how far its score lies before the next one's, in log-odds; ``broader``: whether its
    rule is for the country where a place was named; ``elsewhere``: how near people ask
    like this about what is not here, ``left_out``: its share of all that is asked like this.
    ``without``: as in ``Ranker.rank``.
    """
    best = hits[0]
    lead = best.score - max((hit.score for hit in hits[1:]), default=-math.inf)
    lead = max(-LEAD, min(LEAD, lead))
    national = ranker.index.document(best.row).region == NATIONAL
    broader = query.place is not None and national
    # What each place sets for itself is what a place's documents answer.
    elsewhere = ranker.elsewhere(query, without, but="" if national else LOCAL)
    quote = ranker.index.unit(best.row).text[best.start : best.end]
    matter = _of_matter(ranker, query, best, normalise(quote))
    told = (lead, float(broader), elsewhere.near, elsewhere.share)
    return (*best.features, *told, *matter, *asks(query.text, quote))


def _of_matter(ranker: Ranker, query: Query, hit: Hit, quote: str) -> tuple[float, ...]:
    """Return how far a hit is about another matter than the question (order: OF_MATTER).

    ``length``: of the question, as a share of ``LONG``: a story has words that no rule has;
    ``unknown``: the share in words that the library does not have; ``off_subject``: how much of the
    rarest others neither quote nor headings cover, ``off_quote`` of the quote alone;
    ``other_year``: whether it says a year that they do not, but another.
    """
    coverage = Coverage(query)
    heading = ranker.index.views.view(hit.row).heading
    title = normalise(ranker.index.document(hit.row).title)
    said = coverage.profile(quote)
    whole = (said, coverage.profile(heading), coverage.profile(title))
    asked, found = (set(_YEAR.findall(text)) for text in (query.text, f"{quote}{title}"))
    return (
        min(1.0, len(query.slots) / LONG),
        coverage.unknown(),
        coverage.off_subject(*whole),
        coverage.off_subject(said),
        float(bool(asked and found) and not asked & found),
    )


def is_asked(hit: Hit) -> bool:
    """Tell whether known questions for the hit's unit are near to the one asked."""
    return hit.features[_VOTED] > 0


@cache
def _judgements(kind: str) -> dict[str, Judgement]:
    """Return the models: of ``taught`` documents, of units ``asked`` about, of others."""
    data = learnt(kind)
    return {
        "taught": _judgement(data["taught"], OF_TAUGHT),
        "asked": _judgement(data["asked"], OF_TEXT),
        "untaught": _judgement(data["untaught"], OF_TEXT),
    }


def _judgement(data: dict[str, float], names: Sequence[str]) -> Judgement:
    # Nought weighs what came after a model was learnt (the n-grams' and the sentence encoder's).
    return Judgement(tuple(data.get(name, 0.0) for name in names), data["intercept"])
