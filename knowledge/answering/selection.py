"""Choosing among hits: whose rule comes first, what stands beside it, what says the same."""

import math
from collections.abc import Sequence

from knowledge.answering.hits import Hit
from knowledge.answering.ranking import Ranker
from knowledge.index.search import Index
from language.places import NATIONAL, UNKNOWN, covers

LOCAL_RULES = 3  # so many regions' rules can be read side by side; more ask which region
# Scores are log-odds: one unit behind is a chance of one in four to be the better answer.
CLOSE_BEHIND = 1.0  # another document's rule stands beside the first when it is this close
OWN_FIRST = 1.0  # the region's own rule stands first until it lies so far behind
SAME_WORDS = 0.80  # quotes that share this much of their terms say the same (Jaccard)
CITATIONS = 3
SURE = 0.9  # that the answer is among what is cited; until then more is cited
UNLIKELY = 0.06  # what is less likely the answer than this is not cited


def choose(ranker: Ranker, hits: Sequence[Hit], place: str | None) -> list[Hit]:
    """Return the hits to cite, the asked region's own rule first.

    Each document's best unit, where it is close to the first: without a region the rules of
    different regions stand side by side. Then further units while the answer may well be
    another one. What says the same in the same words as one before it is left out.
    """
    index = ranker.index
    best: dict[int, Hit] = {}
    for hit in hits:
        best.setdefault(int(index.store.owners[hit.row]), hit)
    close = [hit for hit in best.values() if hit.score >= hits[0].score - CLOSE_BEHIND]
    if place is not None:
        close = _own_first(index, best, close, hits[0])
    shares = dict(zip((hit.row for hit in hits), _shares(hits), strict=True))
    chosen: list[Hit] = []
    told = 0.0
    for hit in (*close, *(hit for hit in hits if hit not in close)):
        further = len(chosen) >= len(close)
        if further and (told >= SURE or len(chosen) >= CITATIONS or shares[hit.row] < UNLIKELY):
            break
        region = index.document(hit.row).region
        if len(chosen) >= CITATIONS and region in {index.document(c.row).region for c in chosen}:
            continue
        told += shares[hit.row]
        if not any(_says_the_same(ranker, hit, other) for other in chosen):
            chosen.append(hit)
    return chosen


def _shares(hits: Sequence[Hit]) -> list[float]:
    """Return how likely each hit is the one that answers, if one of them does."""
    odds = [math.exp(hit.score - hits[0].score) for hit in hits]
    return [one / sum(odds) for one in odds]


def _own_first(index: Index, best: dict[int, Hit], close: list[Hit], first: Hit) -> list[Hit]:
    """Put the region's own rule before the national one, also when it fits a little less."""
    own = [
        hit
        for hit in best.values()
        if index.document(hit.row).region not in (NATIONAL, UNKNOWN)
        and hit.score >= first.score - OWN_FIRST
    ]
    return [*own[:1], *(hit for hit in close if hit not in own[:1])]


def _says_the_same(ranker: Ranker, hit: Hit, other: Hit) -> bool:
    """Tell whether two quotes share their words and one's region lies within the other's."""
    index = ranker.index
    here, there = index.document(hit.row).region, index.document(other.row).region
    if not (covers(here, there) or covers(there, here)):
        return False
    shorter, longer = sorted((hit.end - hit.start, other.end - other.start))
    if shorter < SAME_WORDS * longer / 1.5:  # cheap, and right: the words cannot be the same
        return False
    mine, others = ranker.quoted_terms(hit), ranker.quoted_terms(other)
    return len(mine & others) >= SAME_WORDS * len(mine | others)
