"""One linear margin per intent, calibrated to a probability.

In place of multinomial logistic regression: on the same features a linear support-vector
machine trains some thirty times faster and reads unseen sentences better (by four-fold
cross-validation); its margins become probabilities by a softmax whose sharpness is fitted
on margins from cross-validation, so that of the readings with confidence 0.7 about seven in
ten are right. Knows nothing of Rasa, so that it is tested in either environment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix

from nlu.components.features import Vocabulary

_FOLDS = 4


@dataclass(frozen=True)
class Model:
    """What training yields: margins = weights · features + bias, (features × intents)."""

    intents: list[str]
    vocabulary: Vocabulary
    weights: np.ndarray
    bias: np.ndarray
    sharpness: float

    def probabilities(self, shaped: str) -> np.ndarray:
        """Return one probability per intent for a shaped text."""
        columns, values = self.vocabulary.weigh(shaped)
        return softmax((values @ self.weights[columns] + self.bias) * self.sharpness)


def softmax(margins: np.ndarray) -> np.ndarray:
    """Return ``margins`` as probabilities along the last axis."""
    powers = np.exp(margins - margins.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def fit(texts: Sequence[str], intents: Sequence[str], *, cost: float, seed: int) -> Model:
    """Train on shaped ``texts`` and their ``intents`` (each at least four times).

    In what order they come makes no difference: files may be named and parted at will.
    """
    from sklearn.model_selection import StratifiedKFold

    intents, texts = zip(*sorted(zip(intents, texts, strict=True)), strict=True)
    labels, wanted = np.unique(list(intents), return_inverse=True)
    margins = np.zeros((len(texts), len(labels)))
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed)
    for known, unseen in folds.split(texts, wanted):
        vocabulary = Vocabulary.of([texts[i] for i in known])
        machine = _machine(vocabulary, [texts[i] for i in known], wanted[known], cost, seed)
        matrix = _matrix(vocabulary, [texts[i] for i in unseen])
        margins[unseen] = machine.decision_function(matrix)
    vocabulary = Vocabulary.of(texts)
    machine = _machine(vocabulary, texts, wanted, cost, seed)
    return Model(
        intents=[str(label) for label in labels],
        vocabulary=vocabulary,
        weights=machine.coef_.T.astype(np.float32),
        bias=machine.intercept_,
        sharpness=_sharpness(margins, wanted),
    )


def _machine(
    vocabulary: Vocabulary, texts: Sequence[str], wanted: np.ndarray, cost: float, seed: int
) -> Any:
    from sklearn.svm import LinearSVC

    return LinearSVC(C=cost, random_state=seed).fit(_matrix(vocabulary, texts), wanted)


def _matrix(vocabulary: Vocabulary, texts: Sequence[str]) -> csr_matrix:
    rows = [vocabulary.weigh(text) for text in texts]
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    columns = np.concatenate([columns for columns, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return csr_matrix((values, columns, starts), shape=(len(rows), len(vocabulary.idf)))


def _sharpness(margins: np.ndarray, wanted: np.ndarray) -> float:
    """Return the factor that makes the held-out margins' log loss smallest."""

    def loss(factor: float) -> float:
        chosen = softmax(margins * factor)[np.arange(len(wanted)), wanted]
        return float(-np.log(chosen + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=(0.5, 30.0), method="bounded").x)
