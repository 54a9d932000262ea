"""The model while it learns, and one step of learning."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from knowledge.training.examples import Bag, Batch
from knowledge.training.initial import Start

Vectors = NDArray[np.float32]
_WEIGHTS_RATE = 5  # weights learn so many times faster than vectors
_BETAS = (0.9, 0.999)


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
    citations_share: float = 0.0
    alike_share: float = 0.0
    phrases_share: float = 0.0
    pairs: bool = True
    asks: bool = True
    hard: int = 2
    cloze_size: int = 512
    size: int = 128
    rate: float = 2e-3
    temperature: float = 0.05
    dropout: float = 0.2


class Learner:
    """A vector and a weight for every n-gram, learnt with Adam on the rows in use."""

    def __init__(self, start: Start, recipe: Recipe) -> None:
        weights = torch.from_numpy(start.weights)[:, None]
        self._vectors = _Learnt(torch.from_numpy(start.vectors))
        self._weights = _Learnt(torch.log(torch.expm1(weights)))
        self.follow(recipe)

    def follow(self, recipe: Recipe) -> None:
        """Learn by this recipe from now on."""
        self._chance = np.random.default_rng(recipe.seed)
        self._rate = recipe.rate
        self._temperature, self._dropout = recipe.temperature, recipe.dropout

    def step(self, batch: Batch, pace: float) -> float:
        """Learn from one batch at ``pace`` (share of the full rate); return the loss.

        Multiple negatives ranking (Henderson et al. 2017): every other passage of the batch
        is a counter-example. Without decoys it is taken both ways.
        """
        rows, offsets = self._thinned([*batch.questions, *batch.passages])
        used, places = np.unique(rows, return_inverse=True)
        vectors, weights = self._vectors.taken(used), self._weights.taken(used)
        sums = functional.embedding_bag(
            torch.from_numpy(places),
            vectors * functional.softplus(weights),
            torch.from_numpy(offsets),
            mode="sum",
        )
        embedded = functional.normalize(sums, dim=1)
        loss = self._loss(embedded, batch)
        gradients = torch.autograd.grad(loss, [vectors, weights])
        self._vectors.improve(used, gradients[0], self._rate * pace)
        self._weights.improve(used, gradients[1], self._rate * pace * _WEIGHTS_RATE)
        return float(loss.detach())

    def result(self) -> Vectors:
        """Return the n-grams' vectors with their weights in them."""
        found: Vectors = (self._vectors.values * functional.softplus(self._weights.values)).numpy()
        return found

    def _loss(self, embedded: torch.Tensor, batch: Batch) -> torch.Tensor:
        asked = len(batch.questions)
        likeness = embedded[:asked] @ embedded[asked:].T / self._temperature
        likeness = likeness.masked_fill(torch.from_numpy(batch.also), -1e4)
        target = torch.arange(asked)
        loss = functional.cross_entropy(likeness, target)
        if len(batch.passages) == asked:
            loss = (loss + functional.cross_entropy(likeness.T, target)) / 2
        return loss

    def _thinned(self, bags: Sequence[Bag]) -> tuple[Bag, Bag]:
        """Return all bags in one, some n-grams dropped at random, and where each begins."""
        rows = np.concatenate(bags)
        kept = self._chance.random(len(rows)) >= self._dropout
        begins = np.cumsum([0, *map(len, bags[:-1])])
        return rows[kept], np.concatenate(([0], np.cumsum(kept)))[begins]


class _Learnt:
    """A table learnt by Adam (Kingma & Ba 2015) only on the rows that a step uses.

    ``torch.optim.SparseAdam`` does the same in two and a half times the time: it gathers one
    gradient for every use of a row.
    """

    def __init__(self, values: torch.Tensor) -> None:
        self.values = values.clone()
        self._steps = 0
        self._mean, self._square = torch.zeros_like(values), torch.zeros_like(values)

    def taken(self, rows: Bag) -> torch.Tensor:
        return self.values[torch.from_numpy(rows)].requires_grad_()

    def improve(self, rows: Bag, gradient: torch.Tensor, rate: float) -> None:
        self._steps += 1
        used = torch.from_numpy(rows)
        mean = self._mean[used].lerp(gradient, 1 - _BETAS[0])
        square = self._square[used].lerp(gradient.square(), 1 - _BETAS[1])
        self._mean[used], self._square[used] = mean, square
        first, second = (1 - beta**self._steps for beta in _BETAS)
        change = (mean / first) / ((square / second).sqrt() + 1e-8)
        self.values[used] -= rate * change
