"""The built-in encoder's one module: a static embedding of hashed character n-grams.

Imported lazily (``knowledge.encoder``), since sentence-transformers and torch take seconds.

Every n-gram (n = 1, 2, 3) hashes to four signed coordinates of the vector: a sparse random
projection (Achlioptas 2003; Li, Hastie & Church 2006) that needs no table, keeps cosines,
and gives the same vector on every machine. An n-gram weighs its inverse document frequency
in the indexed corpus, kept in 2**16 hashed buckets; n-grams never seen weigh as the rarest.
"""

import math
import zlib
from collections.abc import Iterable
from typing import Any, ClassVar

import torch
from sentence_transformers.base.modules.input_module import InputModule

from knowledge.text import STOP, normalise, runs

BUCKETS = 1 << 16
SIGNS = 4
_SIZE_WEIGHT = {1: 0.35, 2: 1.0, 3: 0.8}


class CharacterNgrams(InputModule):
    """Text to vectors of ``dimensions`` floats; ``idf`` is a buffer of BUCKETS weights."""

    config_keys: ClassVar[list[str]] = ["dimensions"]
    modalities: ClassVar[list[str]] = ["text"]
    idf: torch.Tensor

    def __init__(self, dimensions: int = 384, **_: Any) -> None:
        super().__init__()
        self.dimensions = dimensions
        self.max_seq_length = 4096  # characters; the base class wants the attribute
        self.tokenizer = None
        self.register_buffer("idf", torch.ones(BUCKETS))

    def fit(self, texts: Iterable[str]) -> None:
        """Learn the document frequency of every bucket from ``texts``."""
        frequency = torch.zeros(BUCKETS)
        total = 0
        for text in texts:
            total += 1
            buckets = {zlib.crc32(gram.encode()) % BUCKETS for gram in _grams(text)}
            if buckets:
                frequency[list(buckets)] += 1
        self.idf = torch.log((total + 1) / (frequency + 1)) / math.log(total + 2) + 0.05

    def preprocess(
        self, inputs: list[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, torch.Tensor]:
        """Return n-grams as coordinates: ``places`` and ``values`` (n, 4), ``owners`` (n,)."""
        hashes: list[int] = []
        sizes: list[float] = []
        owners: list[int] = []
        for number, text in enumerate(inputs):
            for gram in _grams((prompt or "") + str(text)):
                hashes.append(zlib.crc32(gram.encode()))
                sizes.append(_SIZE_WEIGHT[len(gram)])
                owners.append(number)
        seeds = torch.tensor(hashes, dtype=torch.int64)
        weights = torch.tensor(sizes) * self.idf[seeds % BUCKETS]
        mixed = _mix(seeds)
        signs = ((mixed >> 40) & 1).to(torch.float32) * 2 - 1
        return {
            "places": (mixed & 0xFFFFFFFF) % self.dimensions,
            "values": signs * weights[:, None] / math.sqrt(SIGNS),
            "owners": torch.tensor(owners, dtype=torch.int64),
            "input_ids": torch.zeros((len(inputs), 1), dtype=torch.int64),
        }

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add every n-gram's coordinates to its text's vector."""
        count = features["input_ids"].shape[0]
        vectors = torch.zeros(count * self.dimensions)
        flat = features["owners"][:, None] * self.dimensions + features["places"]
        vectors.index_add_(0, flat.reshape(-1), features["values"].reshape(-1))
        features["sentence_embedding"] = vectors.reshape(count, self.dimensions)
        return features

    def get_embedding_dimension(self) -> int:
        """Return the vectors' length."""
        return self.dimensions

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **_: Any) -> None:
        """Write configuration and weights into a folder."""
        self.save_config(output_path)
        self.save_torch_weights(output_path, safe_serialization=safe_serialization)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **kwargs: Any) -> "CharacterNgrams":
        """Read a saved module back."""
        config = cls.load_config(model_name_or_path, subfolder=subfolder)
        module = cls(**config)
        cls.load_torch_weights(model_name_or_path, subfolder=subfolder, model=module)
        return module


def _grams(text: str) -> list[str]:
    grams: list[str] = []
    for run in runs(normalise(text)):
        for size in (1, 2, 3):
            grams.extend(run[at : at + size] for at in range(len(run) - size + 1))
    return [gram for gram in grams if len(gram) > 1 or gram not in STOP]


def _mix(seeds: torch.Tensor) -> torch.Tensor:
    """Return SIGNS well-mixed 62-bit numbers for every 32-bit seed (a splitmix finaliser)."""
    mixed = seeds[:, None] * 0x9E3779B1 + torch.arange(1, SIGNS + 1) * 0x85EBCA6B
    for shift, factor in ((15, 0x2C1B3C6D), (12, 0x297A2D39)):
        mixed = ((mixed ^ (mixed >> shift)) & 0xFFFFFFFFFFF) * (factor & 0x3FFFF)
    return (mixed ^ (mixed >> 13)) & 0x3FFFFFFFFFFFFFFF
