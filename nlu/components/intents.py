"""The intent classifier as a component of Rasa's pipeline, in place of its own ones."""

from __future__ import annotations

import json
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

from nlu.components.features import Vocabulary, shape
from nlu.components.lookups import Lists, lists_of
from nlu.components.margins import Model, fit
from nlu.components.spans import NameFinder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MarginIntentClassifier(IntentClassifier, GraphComponent):
    """Rasa's face of :class:`Model`; reads the message's text, needs no featurizer."""

    NAMES = "classifier.json"
    NUMBERS = "classifier.npz"

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Machine's ``cost``, intents reported, and ``compounds`` as the extractor has them."""
        return {"cost": 1.0, "random_state": 42, "ranking_length": 10, "compounds": {}}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._finder = NameFinder({}, config["compounds"])
        self._model: Model | None = None

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
        lists = lists_of(training_data)
        self._finder = NameFinder(lists, self._config["compounds"])
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        self._model = fit(
            [self._shape(example) for example in examples],
            [example.get(INTENT) for example in examples],
            cost=self._config["cost"],
            seed=self._config["random_state"],
        )
        self._persist(self._model, lists)
        return self._resource

    def _shape(self, message: Message) -> str:
        text = message.get(TEXT) or ""
        return shape(text, self._finder.find(text))

    def _persist(self, model: Model, lists: Lists) -> None:
        names = {
            "intents": model.intents,
            "features": list(model.vocabulary.columns),
            "lists": lists,
        }
        with self._storage.write_to(self._resource) as folder:
            (folder / self.NAMES).write_text(json.dumps(names, ensure_ascii=False), "utf-8")
            np.savez_compressed(
                folder / self.NUMBERS,
                idf=model.vocabulary.idf,
                weights=model.weights,
                bias=model.bias,
                sharpness=model.sharpness,
            )

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
            names = json.loads((folder / cls.NAMES).read_text("utf-8"))
            with np.load(folder / cls.NUMBERS, allow_pickle=False) as numbers:
                columns = {feature: at for at, feature in enumerate(names["features"])}
                classifier._model = Model(
                    intents=names["intents"],
                    vocabulary=Vocabulary(columns, numbers["idf"]),
                    weights=numbers["weights"],
                    bias=numbers["bias"],
                    sharpness=float(numbers["sharpness"]),
                )
        classifier._finder = NameFinder(names["lists"], config["compounds"])
        return classifier

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``intent`` and ``intent_ranking`` on each message."""
        if self._model is None:
            raise RuntimeError("the intent classifier has not been trained")
        for message in messages:
            probabilities = self._model.probabilities(self._shape(message))
            ranking = [
                {"name": self._model.intents[at], "confidence": float(probabilities[at])}
                for at in np.argsort(-probabilities)[: self._config["ranking_length"]]
            ]
            message.set(INTENT, dict(ranking[0]), add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
