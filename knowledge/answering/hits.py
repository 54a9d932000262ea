"""What the ranking hands on: a unit with what speaks for it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass
class Signals:
    """What the searches say of one unit, each 0–1.

    ``terms`` and ``official``: BM25 of the question's and of the official words, as a share
    of the most that could be; ``cosine``: of the vectors; ``asked``, ``asked_cosine``: the
    same of the nearest sample question (``sample``, its number; -1 none), ``alike`` how many
    terms the two questions share (Dice, weighed by rarity), ``meant`` the same of the official
    words that both stand for, ``voted`` the mean nearness of the nearest few.
    """

    terms: float = 0.0
    official: float = 0.0
    cosine: float = 0.0
    asked: float = 0.0
    asked_cosine: float = 0.0
    alike: float = 0.0
    meant: float = 0.0
    voted: float = 0.0
    sample: int = -1

    def values(self) -> tuple[float, ...]:
        """Return the figures in the order of SIGNALS."""
        of_text = (self.terms, self.official, self.cosine)
        return (*of_text, self.asked, self.asked_cosine, self.alike, self.meant, self.voted)


@dataclass(frozen=True)
class Hit:
    """A unit with its score, its features and the span of the best quote.

    ``start`` and ``end`` are offsets into the unit's text; ``features`` and ``of_sentences``, what
    spoke for each of its sentences, are in the orders that ``ranking`` names.
    """

    row: int
    score: float
    features: tuple[float, ...]
    start: int
    end: int
    has_number: bool
    of_sentences: NDArray[np.float32]
    sample: int = -1  # the number of the nearest sample question; -1 none
    likeness: float | None = None  # to the question, token by token, where it was compared
    reread: float | None = None  # what a cross-encoder says, where one is set
