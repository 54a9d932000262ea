"""The model while it learns, and one step of learning."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from knowledge.training.examples import Bag, Batch
from knowledge.training.initial import Start

Vectors = NDArray[np.float32]
_WEIGHTS_RATE = 5  # weights learn so many times faster than vectors


@dataclass(frozen=True)
class Recipe:
    """All that decides what comes out, besides the data."""

    seed: int = 7
    dimensions: int = 256
    vocabulary: int = 64_000
    cloze_passes: int = 4
    passes: int = 8
    cloze_share: float = 0.1  # of a cloze pass, beside each pass over the questions
    comprehension_share: float = 0.0
    pairs: bool = True
    asks: bool = True
    hard: int = 2
    cloze_size: int = 512
    size: int = 128
    rate: float = 2e-3
    temperature: float = 0.05
    dropout: float = 0.2
    lexicon: float = 0.0


class Learner:
    """A vector and a weight for every n-gram, learnt with one Adam each on the rows in use."""

    def __init__(self, start: Start, recipe: Recipe) -> None:
        torch.manual_seed(recipe.seed)
        weights = torch.from_numpy(start.weights)
        size, dimensions = start.vectors.shape
        self._vectors = torch.nn.EmbeddingBag(size, dimensions, mode="sum", sparse=True)
        self._vectors.weight.data = torch.from_numpy(start.vectors).clone()
        self._weights = torch.nn.Embedding(size, 1, sparse=True)
        self._weights.weight.data = torch.log(torch.expm1(weights))[:, None]
        self._temperature, self._dropout = recipe.temperature, recipe.dropout
        self._optimisers: list[Any] = [
            torch.optim.SparseAdam(self._vectors.parameters(), lr=recipe.rate),
            torch.optim.SparseAdam(self._weights.parameters(), lr=recipe.rate * _WEIGHTS_RATE),
        ]
        self._rates = [recipe.rate, recipe.rate * _WEIGHTS_RATE]

    def step(self, batch: Batch, pace: float) -> float:
        """Learn from one batch at ``pace`` (share of the full rate); return the loss.

        Multiple negatives ranking (Henderson et al. 2017): every other passage of the batch
        is a counter-example. Without decoys it is taken both ways.
        """
        for optimiser, rate in zip(self._optimisers, self._rates, strict=True):
            optimiser.param_groups[0]["lr"] = rate * pace
            optimiser.zero_grad()
        questions, passages = self._embed(batch.questions), self._embed(batch.passages)
        likeness = questions @ passages.T / self._temperature
        likeness = likeness.masked_fill(torch.from_numpy(batch.also), -1e4)
        target = torch.arange(len(batch.questions))
        loss = functional.cross_entropy(likeness, target)
        if len(batch.passages) == len(batch.questions):
            loss = (loss + functional.cross_entropy(likeness.T, target)) / 2
        torch.autograd.backward([loss])
        for optimiser in self._optimisers:
            optimiser.step()
        return float(loss.detach())

    def result(self) -> Vectors:
        """Return the n-grams' vectors with their weights in them."""
        with torch.no_grad():
            weights = functional.softplus(self._weights.weight)
            found: Vectors = (self._vectors.weight * weights).numpy()
        return found

    def _embed(self, bags: Sequence[Bag]) -> torch.Tensor:
        rows = torch.from_numpy(np.concatenate(bags))
        offsets = torch.tensor(np.cumsum([0, *map(len, bags[:-1])]))
        weights = functional.softplus(self._weights(rows)[:, 0])
        weights = weights * (torch.rand(len(weights)) >= self._dropout)
        vectors = self._vectors(rows, offsets, per_sample_weights=weights)
        return functional.normalize(vectors, dim=1)
