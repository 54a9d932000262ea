"""What the encoder and the models it loads have in common."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Unit vectors of texts, shape ``(texts, dimensions)``, or one of them ``(dimensions,)``."""

VOCABULARY = "vocabulary.txt"
"""In the folder of a model that this project trained."""


class Encoder(Protocol):
    """What makes vectors of texts; safe to share between threads.

    ``kind`` tells what the weights of a ranking by its cosines were learnt with: ``sentences``,
    ``ngrams`` or ``joint``.
    """

    kind: str
    dimensions: int

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage, shape ``(len(texts), dimensions)``."""

    def asks(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per known way of asking, to be near to questions like it."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return per question what has its cosine to each of those as the product."""
