"""Puts ``distress`` first when the words leave no doubt, whatever the classifier read."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.distress_rules import is_distress

DISTRESS = "distress"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DistressGuard(IntentClassifier, GraphComponent):
    """Runs behind the classifier and before the fallback; learns nothing."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DistressGuard:
        """Make the guard."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Overrule the intent of every message that speaks of wanting to die."""
        for message in messages:
            if not is_distress(message.get(TEXT) or ""):
                continue
            others = [
                {**entry, "confidence": 0.0}
                for entry in message.get("intent_ranking", [])
                if entry["name"] != DISTRESS
            ]
            first = {"name": DISTRESS, "confidence": 1.0}
            message.set(INTENT, first, add_to_output=True)
            message.set("intent_ranking", [dict(first), *others], add_to_output=True)
        return messages
