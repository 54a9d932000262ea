"""One linear margin per label, calibrated to a probability.

A sentence is characters, as ``features`` has them, and beside them a vector of the sentence
encoder: characters know this field's words and forms to the letter, the encoder knows words that
no training sentence has. One linear machine reads both; a second one, of characters alone, reads
where the encoder is missing or another than the model was taught with.

In place of multinomial logistic regression: on the same features a linear support-vector
machine trains some thirty times faster and reads unseen sentences better (by four-fold
cross-validation); its margins become probabilities by a softmax whose sharpness is fitted
on margins from cross-validation, so that of the readings with confidence 0.7 about seven in
ten are right. Knows nothing of Rasa, so that it is tested in either environment.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack

from nlu.components.features import Vocabulary

NAMES, NUMBERS = "classifier.json", "classifier.npz"
_FOLDS = 4
_TOLERANCE = 1e-3
_WITH_VECTOR = "beside_"


@dataclass(frozen=True)
class Machine:
    """margins = features · characters + vector · meaning + bias, each (…, labels).

    ``meaning`` is None in a machine of characters alone. ``unseen`` are the probabilities
    (sentences, labels) that training gave each of its sentences when it was held out.
    """

    characters: np.ndarray
    meaning: np.ndarray | None
    bias: np.ndarray
    sharpness: float
    unseen: np.ndarray | None = None


@dataclass(frozen=True)
class Model:
    """What training yields: ``beside`` reads vectors of ``encoder``, too; None without one.

    ``centre`` is the mean vector of the training sentences, which all sentences share.
    """

    labels: list[str]
    vocabulary: Vocabulary
    alone: Machine
    beside: Machine | None = None
    encoder: str = ""
    centre: np.ndarray | None = None

    def probabilities(self, shaped: str, vector: np.ndarray | None = None) -> np.ndarray:
        """Return one probability per label for a shaped text and, if there is one, its vector."""
        machine = self.alone if self.beside is None or vector is None else self.beside
        columns, values = self.vocabulary.weigh(shaped)
        margins = values @ machine.characters[columns] + machine.bias
        if machine.meaning is not None:
            margins = margins + _from(self.centre, vector) @ machine.meaning
        return softmax(margins * machine.sharpness)

    def read_with(self, encoder: str | None) -> Model:
        """Return the model as it reads with ``encoder``: by characters where it is another."""
        known = self.encoder == encoder
        return self if known else replace(self, beside=None, encoder="", centre=None)


@dataclass(frozen=True)
class Examples:
    """Training sentences: shaped texts, labels, and vectors (sentences, 384) of ``encoder``."""

    shaped: Sequence[str]
    labels: Sequence[str]
    vectors: np.ndarray | None = None
    encoder: str = ""


def softmax(margins: np.ndarray) -> np.ndarray:
    """Return ``margins`` as probabilities along the last axis."""
    powers = np.exp(margins - margins.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _from(centre: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Return the directions in which ``vectors`` lie from ``centre``, each of length one."""
    ways = vectors - centre
    return ways / np.maximum(np.linalg.norm(ways, axis=-1, keepdims=True), 1e-9)


def fit(examples: Examples, *, cost: float, meaning: float, seed: int) -> Model:
    """Train on ``examples`` of three labels or more, four of each at least.

    ``meaning`` is the length that vectors get beside characters' features.

    In what order they come makes no difference: files may be named and parted at will.
    """
    order = _order(examples)
    labels, wanted = np.unique([examples.labels[at] for at in order], return_inverse=True)
    views: list[np.ndarray | None] = [None]
    centre = None
    if examples.vectors is not None:
        vectors = examples.vectors[order]
        centre = vectors.mean(axis=0)
        views.append(_from(centre, vectors) * meaning)
    lesson = _Lesson([examples.shaped[at] for at in order], views, wanted, cost, seed)
    vocabulary, machines = lesson.machines()
    back = np.argsort(order)
    alone, *beside = (replace(machine, unseen=machine.unseen[back]) for machine in machines)
    model = Model([str(label) for label in labels], vocabulary, alone)
    if not beside:
        return model
    scaled = replace(beside[0], meaning=beside[0].meaning * meaning)
    return replace(model, beside=scaled, encoder=examples.encoder, centre=centre)


def _order(examples: Examples) -> list[int]:
    vectors = examples.vectors

    def key(at: int) -> tuple[str, str, bytes]:
        sense = b"" if vectors is None else vectors[at].tobytes()
        return examples.labels[at], examples.shaped[at], sense

    return sorted(range(len(examples.shaped)), key=key)


@dataclass(frozen=True)
class _Lesson:
    """Sentences in order, and with which vectors each machine sees them: None or a row each."""

    shaped: Sequence[str]
    views: Sequence[np.ndarray | None]
    wanted: np.ndarray
    cost: float
    seed: int

    def machines(self) -> tuple[Vocabulary, list[Machine]]:
        """Return a machine for each view; folds are trained side by side, as many as cores."""
        import sklearn.svm  # noqa: F401 - here, since threads cannot import one thing at once

        folds = list(_folds(self.wanted, self.seed))
        margins = [np.zeros((len(self.shaped), self.wanted.max() + 1)) for _ in self.views]
        everything = np.arange(len(self.shaped))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            whole = pool.submit(self._trained, everything)
            read = pool.map(lambda fold: self._read_unseen(*fold), folds)
            for (_known, unseen), found in zip(folds, read, strict=True):
                for all_margins, some in zip(margins, found, strict=True):
                    all_margins[unseen] = some
            vocabulary, trained = whole.result()
        width = len(vocabulary.idf)
        return vocabulary, [
            self._machine(one, width, unseen) for one, unseen in zip(trained, margins, strict=True)
        ]

    def _read_unseen(self, known: np.ndarray, unseen: np.ndarray) -> list[np.ndarray]:
        vocabulary, trained = self._trained(known)
        matrices = self._matrices(vocabulary, unseen)
        return [
            one.decision_function(matrix) for one, matrix in zip(trained, matrices, strict=True)
        ]

    def _trained(self, rows: np.ndarray) -> tuple[Vocabulary, list[Any]]:
        from sklearn.svm import LinearSVC

        vocabulary = Vocabulary.of([self.shaped[at] for at in rows])
        return vocabulary, [
            LinearSVC(C=self.cost, tol=_TOLERANCE, random_state=self.seed).fit(
                matrix, self.wanted[rows]
            )
            for matrix in self._matrices(vocabulary, rows)
        ]

    def _matrices(self, vocabulary: Vocabulary, rows: np.ndarray) -> list[csr_matrix]:
        weighed = [vocabulary.weigh(self.shaped[at]) for at in rows]
        starts = np.cumsum([0, *(len(columns) for columns, _ in weighed)])
        columns = np.concatenate([columns for columns, _ in weighed])
        values = np.concatenate([values for _, values in weighed])
        matrix = csr_matrix((values, columns, starts), shape=(len(rows), len(vocabulary.idf)))
        return [
            matrix if view is None else hstack([matrix, csr_matrix(view[rows])]).tocsr()
            for view in self.views
        ]

    def _machine(self, trained: Any, width: int, margins: np.ndarray) -> Machine:
        weights = trained.coef_.T.astype(np.float32)
        meaning = weights[width:] if len(weights) > width else None
        sharpness = _sharpness(margins, self.wanted)
        unseen = softmax(margins * sharpness)
        return Machine(weights[:width], meaning, trained.intercept_, sharpness, unseen)


def _folds(wanted: np.ndarray, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    from sklearn.model_selection import StratifiedKFold

    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
    yield from folds.split(wanted, wanted)


def _sharpness(margins: np.ndarray, wanted: np.ndarray) -> float:
    """Return the factor that makes the held-out margins' log loss smallest."""

    def loss(factor: float) -> float:
        chosen = softmax(margins * factor)[np.arange(len(wanted)), wanted]
        return float(-np.log(chosen + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=(0.5, 30.0), method="bounded").x)


def write_model(model: Model, folder: Path, others: dict[str, Any]) -> None:
    """Keep ``model`` in ``folder``, and ``others`` as JSON beside its labels."""
    names = {
        **others,
        "labels": model.labels,
        "features": list(model.vocabulary.columns),
        "encoder": model.encoder,
    }
    numbers = {"idf": model.vocabulary.idf, **_arrays(model.alone)}
    if model.beside is not None:
        numbers["centre"] = model.centre
        numbers |= {_WITH_VECTOR + name: one for name, one in _arrays(model.beside).items()}
    (folder / NAMES).write_text(json.dumps(names, ensure_ascii=False), "utf-8")
    np.savez_compressed(folder / NUMBERS, **numbers)


def _arrays(machine: Machine) -> dict[str, Any]:
    found = {
        "characters": machine.characters,
        "bias": machine.bias,
        "sharpness": machine.sharpness,
    }
    return found if machine.meaning is None else {**found, "meaning": machine.meaning}


def read_model(folder: Path) -> tuple[Model, dict[str, Any]]:
    """Read back what ``write_model`` kept: the model, and everything that stood as JSON."""
    names = json.loads((folder / NAMES).read_text("utf-8"))
    columns = {feature: at for at, feature in enumerate(names["features"])}
    with np.load(folder / NUMBERS, allow_pickle=False) as numbers:
        vocabulary = Vocabulary(columns, numbers["idf"])
        beside = _read_machine(numbers, _WITH_VECTOR) if names["encoder"] else None
        alone = _read_machine(numbers, "")
        centre = numbers.get("centre")
    return Model(names["labels"], vocabulary, alone, beside, names["encoder"], centre), names


def _read_machine(numbers: Any, prefix: str) -> Machine:
    return Machine(
        numbers[f"{prefix}characters"],
        numbers.get(f"{prefix}meaning"),
        numbers[f"{prefix}bias"],
        float(numbers[f"{prefix}sharpness"]),
    )
