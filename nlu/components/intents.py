"""The intent classifier as a component of Rasa's pipeline, in place of its own ones."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.lookups import lists_of
from nlu.components.reader import DEFAULTS, Reader


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MarginIntentClassifier(IntentClassifier, GraphComponent):
    """Rasa's face of :class:`Reader`; reads the message's text, needs no featurizer."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What ``Reader`` wants, and how many intents are reported."""
        return {**DEFAULTS, "ranking_length": 10}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._reader: Reader | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MarginIntentClassifier:
        """Make an untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example with an intent; keep the result in the model."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        self._reader = Reader.train(
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
            lists_of(training_data),
            self._config,
        )
        with self._storage.write_to(self._resource) as folder:
            self._reader.write(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MarginIntentClassifier:
        """Read the trained classifier back from the model."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._reader = Reader.read(folder, config)
        return classifier

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``intent`` and ``intent_ranking`` on each message."""
        if self._reader is None:
            raise RuntimeError("the intent classifier has not been trained")
        for message in messages:
            probabilities = self._reader.probabilities(message.get(TEXT) or "")
            ranking = [
                {"name": self._reader.labels[at], "confidence": float(probabilities[at])}
                for at in np.argsort(-probabilities)[: self._config["ranking_length"]]
            ]
            message.set(INTENT, dict(ranking[0]), add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
