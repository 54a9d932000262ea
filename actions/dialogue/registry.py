"""The features of an assistant, looked up by what they plug in; nothing is registered twice."""

import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from actions.dialogue.context import Context
from actions.dialogue.core import CORE
from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Answer, Card, Feature, Intent, Look, Slot
from actions.dialogue.personal.remembered import Remembered
from actions.dialogue.reading import cues
from actions.dialogue.services import Services
from actions.dialogue.subjects import Subject
from actions.dialogue.tasks import Task, Topic
from actions.dialogue.turn import Outcome, Turn
from actions.dialogue.values import ButtonValue, Text, Values

if TYPE_CHECKING:
    from language.names import NameIndex

T = TypeVar("T")


class AlreadyRegistered(ValueError):
    """Two features plug in the same name, or address, at the same point."""


class Features:
    """The dialogue's own declaration and every feature, in the order of the menu.

    Raises AlreadyRegistered when two of them declare the same feature, intent, action, task,
    slot, kind of card, offer or measurement.
    """

    def __init__(self, *features: Feature) -> None:
        self._all = (CORE, *features)
        self.intents: dict[str, Intent] = _unique("intent", self._all, "intents")
        self._tasks: dict[str, Task] = _unique("task", self._all, "tasks")
        self.slots: dict[str, Slot] = _unique("slot", self._all, "slots")
        self._topics: dict[str, Topic] = _unique("topic", self._all, "topics")
        self.evaluations = _unique("evaluation", self._all, "evaluations")
        self.benches = _unique("bench", self._all, "benches")
        self.cards: dict[str, Card] = _once(
            "card", ((card.kind, card) for feature in self._all for card in feature.cards)
        )
        self.actions: dict[str, Answer] = _once(
            "action", (pair for feature in self._all for pair in feature.actions.items())
        )
        self.offers: dict[str, Deferred] = _once(
            "offer", (pair for feature in self._all for pair in feature.offers.items())
        )
        _once("feature", ((feature.name, feature) for feature in self._all))

    def __iter__(self) -> Iterator[Feature]:
        return iter(self._all)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Every task, in the order of the features."""
        return tuple(self._tasks.values())

    def task(self, name: str) -> Task:
        """Return a task by its name; KeyError."""
        return self._tasks[name]

    def task_of(self, intent: str) -> Task | None:
        """Return the task whose values an intent reads."""
        known = self.intents.get(intent)
        return None if known is None or known.task is None else self._tasks[known.task]

    def answers_task(self, intent: str) -> bool:
        """Whether an intent is answered as its task is."""
        task = self.task_of(intent)
        return task is not None and self.intents[intent].action == self.intents[task.intent].action

    @cached_property
    def exact(self) -> tuple[Look, ...]:
        """Every look that reads something unmistakable."""
        return tuple(look for feature in self._all for look in feature.exact)

    def topic(self, name: str) -> Topic:
        """Return a topic by its name; KeyError."""
        return self._topics[name]

    def topic_in(self, text: str, context: Context, named: Container[str]) -> Topic | None:
        """Return the topic that a text asks about, which names these fields."""
        topics = (topic for topic in self._topics.values() if not topic.at_last)
        return next((topic for topic in topics if topic.asked(text, context, named)), None)

    def topic_at_last(self, text: str, context: Context) -> Topic | None:
        """Return the topic that takes a text which fits nothing else."""
        topics = (topic for topic in self._topics.values() if topic.at_last)
        return next((topic for topic in topics if topic.asked(text, context, ())), None)

    def topic_of_view(self, text: str, context: Context) -> tuple[Topic, str] | None:
        """Return the topic that a text asks about the one thing that is looked at, and that thing.

        Where the words point back it may be one that was looked at before.
        """
        earlier = context.viewed if cues.POINTS_BACK.search(text) else ()
        for thing in filter(None, (context.focus, *earlier)):
            for topic in self._topics.values():
                if topic.is_of(thing) and re.search(topic.words, text):
                    return topic, thing
        return None

    def topic_of_rest(self, context: Context) -> Topic | None:
        """Return the topic that takes whatever is told of the thing that is looked at."""
        topics = (each for each in self._topics.values() if each.takes_rest)
        return next((each for each in topics if each.is_of(context.focus)), None)

    def topic_beyond_view(self, text: str, of: str) -> Topic | None:
        """Return the topic that a text asks of a thing (``Topic.of``), and no view of it shows."""
        topics = (each for each in self._topics.values() if each.of == of)
        asked = next((each for each in topics if re.search(each.words, text)), None)
        return None if asked is None or asked.in_view else asked

    def sure(self, turn: Turn, services: Services, intent: str | None = None) -> Outcome | None:
        """Return the answer of the first feature whose index is sure, or of an intent's own."""
        asked = [
            feature
            for feature in self._all
            if intent is None or any(each.name == intent for each in feature.intents)
        ]
        sure = (feature.sure(turn, services) for feature in asked if feature.sure)
        return next((outcome for outcome in sure if outcome is not None), None)

    def names(self, services: Services) -> dict[str, "NameIndex[str]"]:
        """Return the names that features know, by what they are names of."""
        known = [feature.names(services) for feature in self._all if feature.names is not None]
        return {kind: index for names in known for kind, index in names.items()}

    @cached_property
    def names_found(self) -> tuple[str, ...]:
        """Kinds of names that the lookup tables find in messages."""
        return tuple(dict.fromkeys(each for feature in self._all for each in feature.entities))

    @cached_property
    def values(self) -> Values:
        """What buttons may carry, by name: names that lookup tables find, and declared values."""
        declared = [each for one in self._all for each in (*one.entities, *one.button_keys)]
        return {value.name: value for value in map(_as_value, declared)}

    @cached_property
    def menu(self) -> tuple[tuple[str, str], ...]:
        """Title and intent of each button of the menu."""
        return tuple(feature.menu for feature in self._all if feature.menu is not None)

    @cached_property
    def holdings(self) -> tuple[Deferred, ...]:
        """What is kept of a person, the dialogue's own last: all else hangs on it."""
        return tuple(each for feature in reversed(self._all) for each in feature.holdings)

    @cached_property
    def subjects(self) -> tuple[Callable[[Turn, Services], Subject | None], ...]:
        """What names the thing that a complaint is about, in the order of the features."""
        return tuple(each.subject for each in self._all if each.subject is not None)

    @cached_property
    def rules(self) -> tuple[Deferred, ...]:
        """How long what is kept, in the order of the features."""
        return tuple(each for feature in self._all for each in feature.retention)

    @cached_property
    def purposes(self) -> dict[str, str]:
        """What a table names a person for: the first purpose that is declared for it."""
        declared = [each for feature in self._all for each in feature.personal_data]
        return {each.table: each.purpose for each in reversed(declared)}

    @cached_property
    def remembered(self) -> dict[str, Remembered]:
        """How people see the slots that tell of them, by their names."""
        return {slot.name: slot.remembered for slot in self.slots.values() if slot.remembered}


def _as_value(declared: str | ButtonValue) -> ButtonValue:
    return Text(declared) if isinstance(declared, str) else declared


def _unique(what: str, features: Iterable[Feature], point: str) -> dict[str, Any]:
    return _once(what, ((part.name, part) for each in features for part in getattr(each, point)))


def _once(what: str, pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    known = list(pairs)
    once(what, (name for name, _ in known))
    return dict(known)


def once(what: str, names: Iterable[str]) -> None:
    """Raise AlreadyRegistered where one of ``names`` is there twice; ``what`` they are."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise AlreadyRegistered(f"{what} {name!r} is registered twice")
        seen.add(name)
