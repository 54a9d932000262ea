"""Coverage: the share of a question's matter, weighed by rarity, that a text covers."""

from collections.abc import Container
from operator import mul

from knowledge.answering.query import Query, Slot

SINGLE = 0.3  # a character alone covers its place this much, a pair wholly
SPOKEN = 0.85  # an official term covers the colloquial words it stands for this much
RAREST = 6  # characters that tell a question's subject
MOST_OF_A_TERM = 0.6  # of an official term's pairs

Profile = tuple[float, ...]  # one share (0–1) for each slot of a query


class Coverage:
    """Measures normalised texts against one question."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._total = sum(query.weights)

    def profile(self, text: Container[str]) -> Profile:
        """Return how far ``text``, normalised or as the set of its terms, covers each slot."""
        return tuple([_covered(slot, text) for slot in self._query.slots])

    def share(self, *profiles: Profile) -> float:
        """Return the weighed share (0–1) of the slots that the profiles cover together."""
        if not self._total:
            return 0.0
        together = tuple(map(max, *profiles)) if len(profiles) > 1 else profiles[0]
        gained: float = sum(map(mul, self._query.weights, together))
        return gained / self._total

    def missed(self, *profiles: Profile) -> float:
        """Return how much (0–1) of its weightiest place, the rarest word, nobody covers.

        A text that has all of a question but its subject covers most of it and answers nothing.
        """
        weights = self._query.weights
        most = max(weights, default=0.0)
        if not most:
            return 0.0
        together: Profile = tuple(map(max, zip(*profiles, strict=True)))
        missed = [(1 - one) * weight for one, weight in zip(together, weights, strict=True)]
        return max(missed) / most

    def unknown(self) -> float:
        """Return how much (0–1) of the question is in words that the library does not have."""
        weights, known = self._query.weights, self._query.known
        return 1 - self._of_known(weights, known) if self._total else 0.0

    def off_subject(self, *profiles: Profile) -> float:
        """Return how much (0–1) of its rarest words, of those the library has, nobody covers.

        Words it does not have are often only another way of saying it; these it would have said.
        """
        together: Profile = tuple(map(max, zip(*profiles, strict=True)))
        known = sorted(
            (
                (weight, share)
                for weight, share, is_known in zip(
                    self._query.weights, together, self._query.known, strict=True
                )
                if is_known
            ),
            reverse=True,
        )[:RAREST]
        total = sum(weight for weight, _ in known)
        return sum(weight * (1 - share) for weight, share in known) / total if total else 1.0

    def _of_known(self, weights: Profile, known: tuple[bool, ...]) -> float:
        return sum(w for w, is_known in zip(weights, known, strict=True) if is_known) / self._total


def _covered(slot: Slot, text: Container[str]) -> float:
    best = 0.0
    for pair in slot.pairs:
        if pair in text:
            return 1.0
    if slot.single in text:
        best = SINGLE
    for pairs in slot.official:
        share = sum([pair in text for pair in pairs]) / len(pairs)
        if share > MOST_OF_A_TERM:
            best = max(best, SPOKEN * share)
    return best
