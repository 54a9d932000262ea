"""Coverage: the share of a question's matter, weighed by rarity, that a text covers."""

from operator import mul

from knowledge.query import Query, Slot

SINGLE = 0.3  # a character alone covers its place this much, a pair wholly
SPOKEN = 0.85  # an official term covers the colloquial words it stands for this much
MOST_OF_A_TERM = 0.6  # of an official term's pairs

Profile = tuple[float, ...]  # one share (0–1) for each slot of a query


class Coverage:
    """Measures texts against one question; texts that share the same terms cost once."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._total = sum(query.weights)
        self._profiles: dict[frozenset[str], Profile] = {}

    def profile(self, found: frozenset[str]) -> Profile:
        """Return how far a text with the terms ``found`` covers each slot."""
        known = found & self._query.vocabulary
        profile = self._profiles.get(known)
        if profile is None:
            profile = tuple(_covered(slot, known) for slot in self._query.slots)
            self._profiles[known] = profile
        return profile

    def share(self, *profiles: Profile) -> float:
        """Return the weighed share (0–1) of the slots that the profiles cover together."""
        if not self._total:
            return 0.0
        together = tuple(map(max, *profiles)) if len(profiles) > 1 else profiles[0]
        gained: float = sum(map(mul, self._query.weights, together))
        return gained / self._total


def _covered(slot: Slot, found: frozenset[str]) -> float:
    best = 0.0
    if any(pair in found for pair in slot.pairs):
        best = 1.0
    elif slot.single in found:
        best = SINGLE
    for pairs in slot.official:
        share = sum(pair in found for pair in pairs) / len(pairs)
        best = max(best, SPOKEN * share if share > MOST_OF_A_TERM else 0.0)
    return best
