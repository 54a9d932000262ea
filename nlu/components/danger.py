"""Hears danger in a message, of which kind, and puts ``distress`` first then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.danger_rules import DISTRESS, NONE, distressed, heard, threshold
from nlu.components.lookups import lists_of
from nlu.components.margins import Machine
from nlu.components.reader import DEFAULTS, Reader

DATA = Path(__file__).parent.parent / "data" / "danger.jsonl"
"""A line ``{"text", "danger"}`` each; null where the words only sound like danger."""

DANGER = "danger"
THRESHOLDS = "thresholds.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DangerClassifier(IntentClassifier, GraphComponent):
    """Runs behind the intent classifier and before the fallback.

    Learns from sentences of its own, and from those of every intent but ``distress``, which say
    what is no danger.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What ``Reader`` wants, and how many ``false_alarms`` look-alikes may raise."""
        return {**DEFAULTS, "false_alarms": 0.02}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._reader: Reader | None = None
        self._threshold = 1.0

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DangerClassifier:
        """Make an untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn; keep the result, and the thresholds with and without the encoder."""
        own = dangers()
        known = dict(own)
        others = [
            (example.get(TEXT), NONE)
            for example in training_data.intent_examples
            if example.get(TEXT) not in known and example.get(INTENT) != DISTRESS
        ]
        texts, labels = zip(*own, *others, strict=True)
        self._reader = Reader.train(texts, labels, lists_of(training_data), self._config)
        alike = [at for at, (_, label) in enumerate(own) if label == NONE]
        machines = (self._reader.model.alone, self._reader.model.beside)
        thresholds = [self._threshold_of(machine, alike) for machine in machines if machine]
        with self._storage.write_to(self._resource) as folder:
            self._reader.write(folder)
            (folder / THRESHOLDS).write_text(json.dumps(thresholds), "ascii")
        return self._resource

    def _threshold_of(self, machine: Machine, alike: list[int]) -> float:
        calm = self._reader.labels.index(NONE)
        return threshold(1 - machine.unseen[alike, calm], self._config["false_alarms"])

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DangerClassifier:
        """Read the trained classifier back from the model."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._reader = reader = Reader.read(folder, config)
            thresholds = json.loads((folder / THRESHOLDS).read_text("ascii"))
        classifier._threshold = thresholds[1 if reader.reads_meaning else 0]
        return classifier

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``danger``; where there is any, ``distress`` is the intent."""
        if self._reader is None:
            raise RuntimeError("the danger classifier has not been trained")
        for message in messages:
            text = message.get(TEXT) or ""
            probabilities = self._reader.probabilities(text).tolist()
            kind = heard(text, self._reader.labels, probabilities, self._threshold)
            message.set(DANGER, kind, add_to_output=True)
            if kind is not None:
                ranking = distressed(message.get("intent_ranking", []))
                message.set(INTENT, dict(ranking[0]), add_to_output=True)
                message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def dangers() -> list[tuple[str, str]]:
    """Return the texts and labels of ``DATA``."""
    lines = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
    return [(line["text"], line["danger"] or NONE) for line in lines]
