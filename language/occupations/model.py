"""The model: a title's n-grams, and the encoder's vector where there is one, to codes. Numpy only.

An n-gram has a vector (8 bits, one scale a dimension); a title's are summed by their rarity, the
sentence's vector is added through a matrix, and one layer tells how likely each code is
(fastText's way, Joulin et al. 2017). Learnt so that it answers with either or both.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from language.encoder.vectors import Vectors
from language.occupations.codes import group_of

BUCKETS = 1 << 15
LONGEST = 4
SHIPPED = Path(__file__).parent.parent / "models" / "zhida-occupations"
WEIGHTS, CODES = "model.safetensors", "codes.json"
NONE = ""
"""The code of what names no work."""


def grams(title: str) -> NDArray[np.int64]:
    """Return the distinct buckets of a cleaned title's n-grams of 1 to 4 characters."""
    marked = f"^{title}$"
    found = {
        zlib.crc32(marked[start : start + length].encode()) % BUCKETS
        for length in range(1, LONGEST + 1)
        for start in range(len(marked) - length + 1)
    }
    return np.array(sorted(found), dtype=np.int64)


@dataclass(frozen=True)
class Guess:
    """The likeliest code, how likely it is, and how likely its small group (0 to 1)."""

    code: str
    probability: float
    group_probability: float


class Model:
    """Learnt weights; ``codes`` are the classes in the order of the last layer's columns."""

    def __init__(self, codes: Sequence[str], weights: dict[str, NDArray[Any]]) -> None:
        self.codes = list(codes)
        self.groups = sorted({group_of(code) for code in codes})
        rows = {group: row for row, group in enumerate(self.groups)}
        self._group = np.array([rows[group_of(code)] for code in codes])
        self._weights = weights
        self._scale = weights["scale"].astype(np.float32)
        self._out = weights["out"].astype(np.float32)
        self._read = weights["read"].astype(np.float32)

    @classmethod
    def load(cls, folder: Path = SHIPPED) -> "Model":
        """Read what ``save`` wrote. Raises OSError."""
        codes = json.loads((folder / CODES).read_text("ascii"))
        return cls(codes, load_file(folder / WEIGHTS))

    def save(self, folder: Path) -> None:
        """Write the weights and the codes into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CODES).write_text(json.dumps(self.codes) + "\n", "ascii")
        save_file(self._weights, folder / WEIGHTS)

    def sharpened(self, sharpness: tuple[float, float]) -> "Model":
        """Return the model with its scores multiplied, without and with vectors."""
        weights = {**self._weights, "sharpness": np.array(sharpness, dtype=np.float32)}
        return Model(self.codes, weights)

    def probabilities(self, titles: Sequence[str], vectors: Vectors | None = None) -> Vectors:
        """Return how likely each code is, shape ``(len(titles), len(codes))``.

        ``vectors`` are the encoder's, shape ``(len(titles), 384)``.
        """
        hidden = np.stack([self._summed(grams(title)) for title in titles])
        if vectors is not None:
            hidden += vectors @ self._read + self._weights["read_bias"]
        scores = np.tanh(hidden) @ self._out + self._weights["out_bias"]
        kind = 0 if vectors is None else 1
        scores *= self._weights["sharpness"][kind]
        scores -= scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        shares: Vectors = likely / likely.sum(axis=1, keepdims=True)
        return shares

    def guess(self, titles: Sequence[str], vectors: Vectors | None = None) -> list[Guess]:
        """Return the likeliest small group's likeliest code for each title."""
        if not titles:
            return []
        likely = self.probabilities(titles, vectors)
        grouped = np.zeros((len(titles), len(self.groups)), dtype=np.float32)
        np.add.at(grouped.T, self._group, likely.T)
        best = grouped.argmax(axis=1)
        code = np.where(self._group == best[:, None], likely, -1).argmax(axis=1)
        return [
            Guess(self.codes[code[row]], float(likely[row, code[row]]), float(grouped[row, group]))
            for row, group in enumerate(best)
        ]

    def _summed(self, rows: NDArray[np.int64]) -> Vectors:
        rarity = self._weights["rarity"][rows].astype(np.float32)
        length = max(1.0, float(np.sqrt(rarity @ rarity)))
        summed: Vectors = (rarity @ self._weights["grams"][rows].astype(np.float32)) * self._scale
        return summed / length
