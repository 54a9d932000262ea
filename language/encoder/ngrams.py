"""The shipped encoder's one module: a learnt static embedding of character n-grams.

Imported lazily (``language.encoder.loading``), since sentence-transformers and torch take seconds.

A text is the sum of the vectors of its characters, pairs of neighbouring characters, words and
numbers, brought to length one: what a transformer does in milliseconds this does in a tenth
of one. Vectors are kept as 8-bit numbers with one scale each, which holds the learnt weight
of the n-gram too. ``knowledge.training`` learns them.
"""

from collections.abc import Iterable, Sequence
from operator import add
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers.base.modules.input_module import InputModule

from language.encoder.vectors import VOCABULARY, Vectors
from language.terms import normalise, runs

_LONGEST = 8_000  # characters; no unit is longer, and a whole book must not cost minutes


def grams(text: str) -> list[str]:
    """Return the n-grams of a text as typed: characters, pairs, words, numbers."""
    found: list[str] = []
    for run in runs(normalise(text[:_LONGEST])):
        if run[0].isascii():
            found.append(run)
        else:
            found.extend(run)
            found.extend(map(add, run, run[1:]))
    return found


class CharacterNgrams(InputModule):
    """Texts to vectors: ``table`` int8 (n-grams, dimensions), ``scales`` float32 (n-grams,)."""

    config_keys: ClassVar[list[str]] = ["dimensions"]
    modalities: ClassVar[list[str]] = ["text"]
    table: torch.Tensor
    scales: torch.Tensor

    def __init__(self, vocabulary: Sequence[str], dimensions: int) -> None:
        super().__init__()
        self.dimensions = dimensions
        self.max_seq_length = _LONGEST  # the base class wants both attributes
        self.tokenizer = None
        self.rows = {gram: row for row, gram in enumerate(vocabulary)}
        size = len(self.rows)
        self.register_buffer("table", torch.zeros((size, dimensions), dtype=torch.int8))
        self.register_buffer("scales", torch.zeros(size))

    @classmethod
    def of_vectors(cls, vocabulary: Sequence[str], vectors: Vectors) -> "CharacterNgrams":
        """Make the module of one float vector for each n-gram, rounded to 8 bits."""
        module = cls(vocabulary, vectors.shape[1])
        scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / 127
        module.scales = torch.from_numpy(scales.astype(np.float32))
        module.table = torch.from_numpy(np.rint(vectors / scales[:, None]).astype(np.int8))
        return module

    def known(self, text: str) -> list[int]:
        """Return the rows of the text's n-grams, those out of the vocabulary left out."""
        return [row for row in map(self.rows.get, grams(text)) if row is not None]

    def vectors(self, texts: Iterable[str]) -> Vectors:
        """Return unit vectors (texts, dimensions) without torch: ``forward`` in numpy.

        One short question costs some 0.1 ms. A text without a known n-gram has a zero vector.
        """
        table, scales = self.table.numpy(), self.scales.numpy()
        found = [self._vector(self.known(text), table, scales) for text in texts]
        return np.stack(found) if found else np.zeros((0, self.dimensions), dtype=np.float32)

    def _vector(self, rows: list[int], table: NDArray[np.int8], scales: Vectors) -> Vectors:
        if not rows:
            return np.zeros(self.dimensions, dtype=np.float32)
        taken = np.array(rows)
        vector: Vectors = scales.take(taken) @ table.take(taken, axis=0).astype(np.float32)
        length = float(np.sqrt(vector @ vector))
        return vector / length if length else vector

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """Return ``rows`` of all texts' n-grams in one, and ``offsets`` where each begins."""
        rows: list[int] = []
        offsets: list[int] = []
        for text in inputs:
            offsets.append(len(rows))
            rows.extend(self.known((prompt or "") + str(text)))
        return {
            "rows": torch.tensor(rows, dtype=torch.int64),
            "offsets": torch.tensor(offsets, dtype=torch.int64),
        }

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add up every text's vectors as ``sentence_embedding`` (texts, dimensions)."""
        # Only the rows in use become floats: the whole table would take four times its size.
        used, rows = torch.unique(features["rows"], return_inverse=True)
        weight = self.table[used].float() * self.scales[used, None]
        features["sentence_embedding"] = torch.nn.functional.embedding_bag(
            rows, weight, features["offsets"], mode="sum"
        )
        return features

    def get_embedding_dimension(self) -> int:
        """Return the vectors' length."""
        return self.dimensions

    def save(self, output_path: str, *_: Any, safe_serialization: bool = True, **__: Any) -> None:
        """Write configuration, vocabulary and weights into a folder."""
        self.save_config(output_path)
        (Path(output_path) / VOCABULARY).write_text("\n".join(self.rows) + "\n", "utf-8")
        self.save_torch_weights(output_path, safe_serialization=safe_serialization)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **_: Any) -> "CharacterNgrams":
        """Read a saved module back from a folder."""
        config = cls.load_config(model_name_or_path, subfolder=subfolder)
        folder = Path(model_name_or_path) / subfolder
        module = cls((folder / VOCABULARY).read_text("utf-8").split(), config["dimensions"])
        cls.load_torch_weights(model_name_or_path, subfolder=subfolder, model=module)
        return module
