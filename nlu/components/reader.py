"""A trained model together with what it reads a message by: the names, and the encoder."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from language.dialects import standardised
from language.encoder.serving import VECTOR
from nlu.components import sentences
from nlu.components.features import shape
from nlu.components.margins import Examples, Model, fit, read_model, write_model
from nlu.components.spans import NameFinder

Lists = dict[str, list[str]]
logger = logging.getLogger(__name__)
DEFAULTS: dict[str, Any] = {
    "cost": 1.0,
    "meaning": 1.0,
    "view": VECTOR,
    "random_state": 42,
    "compounds": {},
}
"""What config.yml may say of a reader: see ``margins.fit``, ``sentences`` for the ``view``, and the
extractor's compounds."""


class Reader:
    """Gives the probability of each label; see ``margins.Model``."""

    def __init__(self, model: Model, lists: Lists, config: Mapping[str, Any]) -> None:
        self.model = model
        self._lists = lists
        self._finder = NameFinder(lists, config["compounds"])
        self._view = config["view"]
        here = sentences.identity()
        self._here = model.read_with(here)
        if model.encoder and here and not self.reads_meaning:
            logger.warning(
                "the model was taught with %s, here is %s: read by characters alone",
                model.encoder,
                here,
            )

    @property
    def labels(self) -> list[str]:
        """What is told apart, in the order of the probabilities."""
        return self.model.labels

    @property
    def reads_meaning(self) -> bool:
        """Whether the encoder is here that the model was taught with."""
        return self._here.beside is not None

    @classmethod
    def train(
        cls, texts: Sequence[str], labels: Sequence[str], lists: Lists, config: dict[str, Any]
    ) -> Reader:
        """Learn ``labels`` of ``texts``, with the encoder's vectors where there is one.

        Messages come in standard words, so examples are learnt in them.
        """
        texts = [standardised(text) for text in texts]
        finder = NameFinder(lists, config["compounds"])
        examples = Examples(
            [shape(text, finder.find(text)) for text in texts],
            labels,
            sentences.training_vectors(texts, config["view"]),
            sentences.identity() or "",
        )
        model = fit(
            examples, cost=config["cost"], meaning=config["meaning"], seed=config["random_state"]
        )
        return cls(model, lists, config)

    def probabilities(self, text: str) -> np.ndarray:
        """Return one probability per label, shape (labels,)."""
        vector = sentences.vector(text, self._view) if self.reads_meaning else None
        return self._here.probabilities(shape(text, self._finder.find(text)), vector)

    def write(self, folder: Path) -> None:
        """Keep everything in ``folder``."""
        write_model(self.model, folder, {"lists": self._lists})

    @classmethod
    def read(cls, folder: Path, config: dict[str, Any]) -> Reader:
        """Read back what ``write`` kept."""
        model, others = read_model(folder)
        return cls(model, others["lists"], config)
