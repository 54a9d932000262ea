"""What a feature declares of a task: its values, how each is read, asked for, changed."""

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from actions.dialogue.context import Context
from actions.dialogue.services import Services
from actions.dialogue.turn import Named, Reply, Turn

if TYPE_CHECKING:
    from language.names import NameIndex


@dataclass(frozen=True)
class Words:
    """What values are read from: a text, the clock, Rasa's names in it, the names we know."""

    text: str
    now: datetime
    named: tuple[Named, ...] = ()
    names: "Mapping[str, NameIndex[str]]" = field(default_factory=dict)

    def of(self, entity: str) -> list[Named]:
        """Return the names of this kind, from left to right."""
        return [named for named in self.named if named.entity == entity]


@dataclass(frozen=True)
class Found:
    """A value in a text at ``[start, end)``; ``sets`` what it means for what is remembered.

    ``refused``: its reader knows that it is named because it is not wanted; ``wanted``: that it is.
    ``weak``: it is only what is left of the sentence, and says nothing about its purpose.
    ``loud``: it goes on with its task whatever else the sentence says. ``intent`` answers it where
    that is another one than the task's: always if it is loud, else unless the task is begun.
    ``said`` are the words, where they matter further on.
    """

    field: str
    value: Any
    start: int
    end: int
    sets: Mapping[str, Any] | None = None
    refused: bool = False
    wanted: bool = False
    weak: bool = False
    loud: bool = False
    intent: str | None = None
    said: str = ""

    def says_other(self, begun: bool) -> bool:
        """Whether another intent answers it, while its task is ``begun`` or not."""
        return self.intent is not None and (self.loud or not begun)

    @property
    def values(self) -> Mapping[str, Any]:
        """What it sets, by name."""
        return {self.field: self.value} if self.sets is None else self.sets


Known = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A value of a task.

    ``read(words)`` finds it in a text; ``free``: whatever answers its question is it. ``called``:
    a pattern of what people call it, so that 「地方无所谓」 drops it. ``slots`` hold it (its own
    name's, if none are named). ``excluded`` is the slot of values that are not wanted, joined
    by 、; ``excludes(found, text)`` says which. ``merged(known, found, corrects)`` is what a new
    value becomes beside what is known. ``several``: of two said together both are meant.
    ``counts``: its answers are numbers, so a bare one is no choice from what was shown before.
    ``renews`` are the slots that are void when it changes. ``ask`` puts the question, ``why``
    says what it is for.
    """

    name: str
    read: Callable[[Words], Iterable[Found]] | None = None
    called: str = ""
    free: bool = False
    slots: tuple[str, ...] = ()
    excluded: str | None = None
    excludes: Callable[[Found, str], str] | None = None
    merged: Callable[[Known, Found, bool], Mapping[str, Any]] | None = None
    several: bool = False
    counts: bool = False
    renews: tuple[str, ...] = ()
    ask: Callable[[Turn, Services], Reply] | None = None
    why: str = ""

    @property
    def held_in(self) -> tuple[str, ...]:
        """The slots that hold it."""
        return self.slots or (self.name,)


@dataclass(frozen=True)
class Task:
    """Something that takes more than one turn.

    ``intent`` is whose answer follows when its values change; ``title`` is what it is called
    when it is offered. ``whole``: a pressed button's values stand for themselves. ``goes_on``
    is said, with buttons, after a question in between: one line, or None. ``closes`` are further
    slots that are forgotten when it is given up. ``begins``: a bare value may begin it.
    ``stops`` is a pattern of verbs that, said not to be done, give it up: 「先别投」.
    ``keeps``: what its buttons carry is remembered without its answer saying so. ``says`` is a
    pattern of its own verbs: with two of its values they begin it.
    """

    name: str
    intent: str
    title: str
    fields: tuple[Field, ...]
    whole: bool = False
    goes_on: Callable[[Turn, Services], Reply | None] | None = None
    closes: tuple[str, ...] = ()
    begins: bool = True
    keeps: bool = True
    says: str = ""
    stops: str = ""

    def is_begun(self, known: Known) -> bool:
        """Whether what it is about is known: its first field."""
        return any(known.get(slot) is not None for each in self.fields[:1] for slot in each.held_in)

    def field(self, name: str) -> Field:
        """Return a field by its name; KeyError."""
        return {each.name: each for each in self.fields}[name]

    @property
    def slots(self) -> tuple[str, ...]:
        """Every slot that holds something of it."""
        own = [slot for each in self.fields for slot in (*each.held_in, each.excluded) if slot]
        return (*own, *self.closes)


@dataclass(frozen=True)
class Topic:
    """A question that a feature answers from what it knows, before any index is asked.

    ``words`` is a pattern of how it is put. ``within`` are the tasks in whose midst it is meant
    so; elsewhere the sentence must name a field that it is ``about``, or its ``matter``. ``of``
    begins the names of the things (``Context.focus``) that it is asked of while one of them is
    looked at: then it is no new wish. ``in_view``: whoever looks at the thing sees the answer.
    ``takes_rest``: what is told then, and fits no task, is for it. ``at_last``: it is meant only
    where a message fits nothing else.
    """

    name: str
    words: str
    matter: str = ""
    within: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    of: str | None = None
    in_view: bool = False
    takes_rest: bool = False
    at_last: bool = False

    def asked(self, text: str, context: Context, named: Container[str]) -> bool:
        """Whether a text that names these fields asks it now."""
        meant = (
            self.is_of(context.focus)
            or context.task in self.within
            or any(field in named for field in self.about)
            or bool(self.matter and re.search(self.matter, text))
        )
        return meant and bool(re.search(self.words, text))

    def is_of(self, thing: str | None) -> bool:
        """Whether it is asked of a thing, as ``Context.focus`` names it."""
        return self.of is not None and (thing or "").startswith(self.of)
