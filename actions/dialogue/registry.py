"""The features of an assistant, looked up by what they plug in; nothing is registered twice."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

from actions.dialogue.core import CORE
from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Answer, Card, Feature, Form, Intent, Interceptor, Slot
from actions.dialogue.personal.remembered import Remembered
from actions.dialogue.values import ButtonValue, Text, Values

T = TypeVar("T")


class AlreadyRegistered(ValueError):
    """Two features plug in the same name, or address, at the same point."""


class Features:
    """The dialogue's own declaration and every feature, in the order of the menu.

    Raises AlreadyRegistered when two of them declare the same feature, intent, action, form,
    slot, kind of card or measurement.
    """

    def __init__(self, *features: Feature) -> None:
        self._all = (CORE, *features)
        self.intents: dict[str, Intent] = _unique("intent", self._all, "intents")
        self.forms: dict[str, Form] = _unique("form", self._all, "forms")
        self.slots: dict[str, Slot] = _unique("slot", self._all, "slots")
        self.evaluations = _unique("evaluation", self._all, "evaluations")
        self.benches = _unique("bench", self._all, "benches")
        self.cards: dict[str, Card] = _once(
            "card", ((card.kind, card) for feature in self._all for card in feature.cards)
        )
        self.actions: dict[str, Answer] = _once(
            "action", (pair for feature in self._all for pair in feature.actions.items())
        )
        _once("feature", ((feature.name, feature) for feature in self._all))

    def __iter__(self) -> Iterator[Feature]:
        return iter(self._all)

    @cached_property
    def interceptors(self) -> tuple[Interceptor, ...]:
        """Every look at a message, the exact ones first."""
        looks = [look for feature in self._all for look in feature.interceptors]
        return tuple(sorted(looks, key=lambda look: not look.exact))

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

    @cached_property
    def for_one_turn(self) -> tuple[str, ...]:
        """Names of the slots that hold for one turn: a form's answer, once read, must not
        answer the form's next question."""
        own = [slot.name for slot in self.slots.values() if slot.for_one_turn]
        return (*own, *self.form_slots)

    @cached_property
    def form_slots(self) -> tuple[str, ...]:
        """Names of the slots that a form's answer has just filled."""
        return tuple(form.slot for form in self.forms.values())


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
