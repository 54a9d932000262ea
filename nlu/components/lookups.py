"""The entity extractor: place, trade, business and hall from the lookup tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.reader import Lists
from nlu.components.spans import NameFinder


def lists_of(training_data: TrainingData) -> Lists:
    """Return the lookup tables by name; tables of one name in several files are joined."""
    lists: Lists = {}
    for table in training_data.lookup_tables:
        elements = table["elements"]
        if not isinstance(elements, list):
            raise TypeError(f"lookup {table['name']}: give the entries, not a file")
        lists.setdefault(table["name"], []).extend(elements)
    return lists


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LookupEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Rasa's face of :class:`~nlu.components.spans.NameFinder`."""

    FILE = "lookups.json"

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``compounds``: name → [first list, second list], see ``NameFinder``."""
        return {"compounds": {}}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, lists: Lists
    ) -> None:
        self._storage = storage
        self._resource = resource
        self._compounds: dict[str, Sequence[str]] = config["compounds"]
        self._finder = NameFinder(lists, self._compounds)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LookupEntityExtractor:
        """Make an extractor that knows no names yet."""
        return cls(config, model_storage, resource, {})

    def train(self, training_data: TrainingData) -> Resource:
        """Take over the lookup tables and keep them in the model."""
        lists = lists_of(training_data)
        self._finder = NameFinder(lists, self._compounds)
        with self._storage.write_to(self._resource) as folder:
            (folder / self.FILE).write_text(json.dumps(lists, ensure_ascii=False), "utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LookupEntityExtractor:
        """Read the names back from the model."""
        with model_storage.read_from(resource) as folder:
            lists = json.loads((folder / cls.FILE).read_text("utf-8"))
        return cls(config, model_storage, resource, lists)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the spans found to each message's entities."""
        for message in messages:
            text = message.get(TEXT) or ""
            found = [
                {
                    "entity": span.name,
                    "start": span.start,
                    "end": span.end,
                    "value": text[span.start : span.end],
                }
                for span in self._finder.find(text)
            ]
            message.set(
                ENTITIES,
                message.get(ENTITIES, []) + self.add_extractor_name(found),
                add_to_output=True,
            )
        return messages
