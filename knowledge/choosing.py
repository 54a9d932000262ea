"""Choosing among hits: whose rule comes first, what stands beside it, what says the same."""

from collections.abc import Sequence

from knowledge.ranking import Hit, Ranker
from knowledge.regions import NATIONAL, UNKNOWN, covers
from knowledge.search import Index
from knowledge.text import normalise, terms

LOCAL_RULES = 3  # so many regions' rules can be read side by side; more ask which region
# Scores are log-odds: one unit behind is a chance of one in four to be the better answer.
CLOSE_BEHIND = 1.0  # a further citation lies at most this far behind the first
OWN_FIRST = 2.0  # the region's own rule stands first until it lies so far behind
SAME_WORDS = 0.80  # quotes that share this much of their terms say the same (Jaccard)


def choose(ranker: Ranker, hits: Sequence[Hit], place: str | None) -> list[Hit]:
    """Return the hits to cite: one for each document, the asked region's own rule first.

    Without a region the rules of different regions stand side by side. A document that
    says the same in the same words as one before it is left out.
    """
    index = ranker.index
    best: dict[int, Hit] = {}
    for hit in hits:
        best.setdefault(int(index.store.owners[hit.row]), hit)
    close = [hit for hit in best.values() if hit.score >= hits[0].score - CLOSE_BEHIND]
    if place is not None:
        close = _own_first(index, best, close, hits[0])
    chosen: list[Hit] = []
    for hit in close:
        if not any(_says_the_same(index, hit, other) for other in chosen):
            chosen.append(hit)
    return chosen


def _own_first(index: Index, best: dict[int, Hit], close: list[Hit], first: Hit) -> list[Hit]:
    """Put the region's own rule before the national one, also when it fits a little less."""
    own = [
        hit
        for hit in best.values()
        if index.document(hit.row).region not in (NATIONAL, UNKNOWN)
        and hit.score >= first.score - OWN_FIRST
    ]
    return [*own[:1], *(hit for hit in close if hit not in own[:1])]


def _says_the_same(index: Index, hit: Hit, other: Hit) -> bool:
    """Tell whether two quotes share their words and one's region lies within the other's."""
    here, there = index.document(hit.row).region, index.document(other.row).region
    if not (covers(here, there) or covers(there, here)):
        return False
    mine, others = _terms(index, hit), _terms(index, other)
    return len(mine & others) >= SAME_WORDS * len(mine | others)


def _terms(index: Index, hit: Hit) -> set[str]:
    return set(terms(normalise(index.unit(hit.row).text[hit.start : hit.end])))
