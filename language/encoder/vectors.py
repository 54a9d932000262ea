"""What the encoder and the models it loads have in common."""

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Unit vectors of texts, shape ``(texts, dimensions)``, or one of them ``(dimensions,)``."""

VOCABULARY = "vocabulary.txt"
"""In the folder of a model that this project trained."""
