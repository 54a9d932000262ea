"""Learns the model: ``python -m language.occupations.training --data FOLDER``.

From the labelled titles of the shared data that are not left out (``shared_data``), the names of
the classification, and our own everyday words; with the sentence encoder's vectors, which are
dropped at random, as n-grams are, so that either will do alone. The same seed makes the same
weights on the same machine. Needs torch; running does not.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import log_softmax

from language.encoder.loading import encoder_folder
from language.encoder.serving import SentenceEncoder
from language.encoder.vectors import Vectors
from language.occupations.classification import Classification
from language.occupations.codes import group_of, plain_code
from language.occupations.everyday import no_work, words
from language.occupations.model import BUCKETS, NONE, SHIPPED, Model, grams
from language.occupations.package import fetch_table
from language.occupations.shared_data import is_left_out, read_titles
from language.occupations.titles import clean
from store.settings import Settings

SEED = 20261130
DIMENSIONS, EPOCHS, BATCH = 192, 16, 256
GRAMS_RATE, READ_RATE, OUT_RATE = 0.012, 0.008, 0.004
NAME_WEIGHT, EVERYDAY_WEIGHT, GROUP_WEIGHT = 0.3, 0.5, 0.5
GRAMS_KEPT, WITH_VECTOR, WITH_GRAMS = 0.7, 0.6, 0.9
CALIBRATED_ON = 8
"""One title in so many of those learnt from is kept back while the sharpness is chosen."""


@dataclass(frozen=True)
class Example:
    """A cleaned title, its code, and what it weighs."""

    title: str
    code: str
    weight: float


@dataclass(frozen=True)
class Lesson:
    """Examples with the encoder's vectors, shape ``(len(examples), 384)``."""

    examples: Sequence[Example]
    vectors: Vectors

    def part(self, rows: NDArray[np.int64]) -> "Lesson":
        """Return some of it."""
        return Lesson([self.examples[row] for row in rows], self.vectors[rows])


def examples(data: Path, classification: Classification) -> list[Example]:
    """Return all that is learnt from; a title that is left out is not in it."""
    titles = [
        Example(clean(one.title), plain_code(one.code), 1.0)
        for one in read_titles(data)
        if not is_left_out(one.title)
    ]
    said = [Example(clean(w), plain_code(c), EVERYDAY_WEIGHT) for w, c in words().items()]
    learnt = {one.code for one in (*titles, *said)}
    names = [
        Example(clean(name), one.code, NAME_WEIGHT)
        for one in classification.occupations.values()
        for name in one.names
        if one.code in learnt
    ]
    none = [Example(clean(word), NONE, EVERYDAY_WEIGHT) for word in no_work()]
    return [one for one in (*titles, *said, *names, *none) if one.title]


class Learner(torch.nn.Module):
    """The model while it is learnt; its parts are named as the weights are saved."""

    def __init__(self, rarity: NDArray[np.float32], groups: NDArray[np.int64]) -> None:
        super().__init__()
        self.rarity = torch.from_numpy(rarity)
        self.groups = torch.from_numpy(groups)
        self.grams = torch.nn.EmbeddingBag(BUCKETS, DIMENSIONS, mode="sum", sparse=True)
        self.read = torch.nn.Linear(384, DIMENSIONS)
        self.out = torch.nn.Linear(DIMENSIONS, len(groups))
        self.drop = torch.nn.Dropout(0.3)
        torch.nn.init.normal_(self.grams.weight, std=0.15)
        torch.nn.init.normal_(self.read.weight, std=0.4)

    def forward(self, bags: Sequence[NDArray[np.int64]], kept: Any, vectors: Any) -> Any:
        """Return the logarithms of the codes' probabilities, shape ``(len(bags), codes)``."""
        rows = torch.from_numpy(np.concatenate(bags))
        offsets = torch.from_numpy(np.cumsum([0, *map(len, bags[:-1])]))
        owner = torch.from_numpy(np.repeat(np.arange(len(bags)), [len(bag) for bag in bags]))
        rarity = self.rarity[rows]
        lengths = torch.zeros(len(bags)).index_add_(0, owner, rarity**2).clamp(min=1).sqrt()
        summed = self.grams(rows, offsets, per_sample_weights=rarity) / lengths[:, None]
        hidden = torch.tanh(summed * kept + vectors)
        return log_softmax(self.out(self.drop(hidden)), dim=1)

    def loss(self, logs: Any, wanted: Any, weights: Any) -> Any:
        """Return the loss by code and by small group, each example by its weight."""
        grouped = torch.zeros(len(logs), int(self.groups.max()) + 1)
        grouped.index_add_(1, self.groups, logs.exp())
        group = grouped.gather(1, self.groups[wanted][:, None]).clamp(min=1e-9).log()
        both = logs.gather(1, wanted[:, None]) + GROUP_WEIGHT * group
        return -(both.squeeze(1) * weights).mean()


def learn(lesson: Lesson, seed: int, progress: Callable[[str], None]) -> Model:
    """Return the model of a lesson; its sharpness is one."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    codes = sorted({one.code for one in lesson.examples})
    rows = {code: row for row, code in enumerate(codes)}
    groups = sorted({group_of(code) for code in codes})
    in_group = np.array([groups.index(group_of(code)) for code in codes])
    bags = [grams(one.title) for one in lesson.examples]
    learner = Learner(_rarity(bags), in_group)
    wanted = torch.tensor([rows[one.code] for one in lesson.examples])
    weights = torch.tensor([one.weight for one in lesson.examples])
    vectors = torch.from_numpy(lesson.vectors)
    steps: tuple[Any, ...] = (
        torch.optim.SparseAdam(learner.grams.parameters(), lr=GRAMS_RATE),
        torch.optim.Adam(learner.read.parameters(), lr=READ_RATE),
        torch.optim.Adam(learner.out.parameters(), lr=OUT_RATE),
    )
    slower = [torch.optim.lr_scheduler.LinearLR(step, 1.0, 0.05, EPOCHS) for step in steps]
    for epoch in range(EPOCHS):
        order, lost = chance.permutation(len(bags)), 0.0
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            cut = [_thinned(bags[row], chance) for row in some]
            read = learner.read(vectors[some]) * _coins(chance, len(some), WITH_VECTOR)
            logs = learner(cut, _coins(chance, len(some), WITH_GRAMS), read)
            loss = learner.loss(logs, wanted[some], weights[some])
            for step in steps:
                step.zero_grad()
            loss.backward()
            for step in steps:
                step.step()
            lost += float(loss.detach()) * len(some)
        for schedule in slower:
            schedule.step()
        progress(f"第 {epoch + 1}/{EPOCHS} 轮，损失 {lost / len(bags):.3f}")
    return _packed(learner, codes)


def calibrated(model: Model, lesson: Lesson) -> tuple[float, float]:
    """Return the sharpness, without and with vectors, that makes a lesson likeliest."""
    known = [row for row, one in enumerate(lesson.examples) if one.code in model.codes]
    some = lesson.part(np.array(known))
    titles = [one.title for one in some.examples]
    wanted = np.array([model.codes.index(one.code) for one in some.examples])
    return (
        _sharpness(model.probabilities(titles), wanted),
        _sharpness(model.probabilities(titles, some.vectors), wanted),
    )


def _sharpness(likely: Vectors, wanted: NDArray[np.int64]) -> float:
    logs = np.log(np.maximum(likely, 1e-12))

    def loss(sharpness: float) -> float:
        scores = logs * sharpness
        total = np.log(np.exp(scores - scores.max(axis=1, keepdims=True)).sum(axis=1))
        right = scores[np.arange(len(wanted)), wanted] - scores.max(axis=1)
        return float((total - right).mean())

    return min((round(0.3 + 0.05 * step, 2) for step in range(30)), key=loss)


def _rarity(bags: Iterable[NDArray[np.int64]]) -> NDArray[np.float32]:
    """Return how rare each n-gram is (inverse document frequency), shape ``(BUCKETS,)``."""
    count, titles = np.zeros(BUCKETS), 0
    for bag in bags:
        count[bag] += 1
        titles += 1
    return np.log((titles + 1) / (count + 1)).astype(np.float32)


def _thinned(bag: NDArray[np.int64], chance: np.random.Generator) -> NDArray[np.int64]:
    return bag[chance.random(len(bag)) < GRAMS_KEPT]


def _coins(chance: np.random.Generator, count: int, share: float) -> Any:
    return torch.from_numpy((chance.random((count, 1)) < share).astype(np.float32))


def _packed(learner: Learner, codes: list[str]) -> Model:
    table = learner.grams.weight.detach().numpy()
    scale = np.maximum(np.abs(table).max(axis=0), 1e-12) / 127
    half = np.float16
    weights: dict[str, NDArray[Any]] = {
        "grams": np.rint(table / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "rarity": learner.rarity.numpy().astype(half),
        "read": np.ascontiguousarray(learner.read.weight.detach().numpy().T).astype(half),
        "read_bias": learner.read.bias.detach().numpy().astype(np.float32),
        "out": np.ascontiguousarray(learner.out.weight.detach().numpy().T).astype(half),
        "out_bias": learner.out.bias.detach().numpy().astype(np.float32),
        "sharpness": np.ones(2, dtype=np.float32),
    }
    return Model(codes, weights)


def train(data: Path, settings: Settings, seed: int, progress: Callable[[str], None]) -> Model:
    """Return the model of all that may be learnt from, calibrated on a part kept back once."""
    encoder = SentenceEncoder(encoder_folder(settings))
    all_ = examples(data, Classification.read(fetch_table(settings)))
    lesson = Lesson(all_, encoder.passages([one.title for one in all_]))
    progress(f"{len(all_)} 条样例")
    titles = np.flatnonzero([one.weight == 1.0 for one in all_])
    kept = titles[::CALIBRATED_ON]
    rest = np.setdiff1d(np.arange(len(all_)), kept)
    sharpness = calibrated(learn(lesson.part(rest), seed, progress), lesson.part(kept))
    progress(f"锐度 {sharpness}")
    return learn(lesson, seed, progress).sharpened(sharpness)


def _main() -> None:
    options = argparse.ArgumentParser(prog="python -m language.occupations.training")
    options.add_argument("--data", type=Path, required=True, help="folder of the shared data")
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--out", type=Path, default=SHIPPED)
    given = options.parse_args()
    torch.set_num_threads(1)
    train(given.data, Settings(), given.seed, print).save(given.out)


if __name__ == "__main__":
    _main()
