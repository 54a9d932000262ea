"""What a feature is: every point at which a room plugs into the assistant, typed.

A feature is a folder of ``actions/`` whose ``feature.py`` declares one ``Feature``; the list of
them is ``actions/features.py``, and ``docs/adding-a-feature.md`` walks through making one. What
a declaration names is given as ``Deferred``, so that listing the features loads none of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from actions.dialogue.background import NoticeSource, ScheduledJob
from actions.dialogue.deferred import Deferred
from actions.dialogue.personal.belongings import Belonging
from actions.dialogue.personal.remembered import Remembered
from actions.dialogue.services import Services
from actions.dialogue.subjects import Subject
from actions.dialogue.tasks import Task, Topic
from actions.dialogue.turn import Outcome, Turn
from actions.dialogue.values import ButtonValue

if TYPE_CHECKING:
    from language.names import NameIndex
    from store.database import Database

Answer = Callable[[Turn, Services], Outcome]
"""An action's work: blocking, called in a worker thread."""

Look = Callable[[Turn, Services], Outcome | None]
"""An answer where the message is one's own business, else None."""


@dataclass(frozen=True)
class Intent:
    """A purpose that Rasa knows, and the action that answers it.

    ``title`` offers it as a button when the assistant is not sure, if it is ``offered``.
    ``task`` names the task whose values it reads. ``aside``: it is answered in passing, what was
    asked before still waits. ``takes_away`` says that a tap of its buttons may end something that
    was promised: it asks first, and the button of that question carries, as ``seen``, what it was
    shown for. ``of_list`` names the list whose entries it is about: without one it means nothing.
    ``under_rules``: whether it is allowed, or what to do about it, is a question for the rules.
    ``asked_by`` are words without which a doubtful reading is none; ``told_by`` what sounds like
    it and only says why something else is wanted. ``done_to`` names a list, and the verbs that
    mean this purpose of its entries, however the sentence sounds.
    """

    name: str
    title: str
    action: str
    offered: bool = True
    task: str | None = None
    aside: bool = False
    takes_away: bool = False
    of_list: str | None = None
    under_rules: bool = False
    asked_by: str = ""
    told_by: str = ""
    done_to: tuple[str, str] | None = None


@dataclass(frozen=True)
class Slot:
    """Something remembered of a conversation.

    ``remembered``: how a person sees it; None for what only the dialogue understands.
    """

    name: str
    remembered: Remembered | None = None


@dataclass(frozen=True)
class Card:
    """A kind of ``data`` in replies (DESIGN section 4) and its ``CardModel``."""

    kind: str
    model: Deferred


@dataclass(frozen=True)
class PersonalData:
    """A column that tells something of a person, and what it is kept for."""

    table: str
    column: str
    purpose: str


class MeasurementFailed(Exception):
    """What could not be measured, or is worse than it may be; the text is for a person.

    ``figures`` are shown before it, where there are any.
    """

    def __init__(self, reason: str, figures: dict[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.figures = figures


@dataclass(frozen=True)
class Measurement:
    """A ``zhida eval`` or ``zhida bench`` command.

    ``run(settings, progress, …)`` takes its further parameters as typer reads them from its
    signature, says what it is doing to ``progress`` and returns the figures as one JSON object.
    It raises MeasurementFailed. ``show(figures)`` returns what a person reads, where the plain
    list of figures is not enough.
    """

    name: str
    help: str
    run: Callable[..., dict[str, Any]]
    show: Callable[[dict[str, Any]], str] | None = None


class Demo(Protocol):
    """Adds made-up data, marked as such; does nothing twice, and tops up what runs out."""

    def __call__(self, database: "Database", *, now: datetime, seed: int) -> object:
        """Seed ``database`` as of ``now``; the same ``seed`` makes the same data."""


@dataclass(frozen=True)
class Feature:
    """A room of the assistant, by everything it plugs in.

    ``menu``: title and intent of its button in the menu. ``entities``: names that the lookup
    tables find for it; ``button_keys``: further values that its buttons carry, each with what it
    may be (a bare name is a short text). ``tasks`` take more than one turn; ``topics`` are
    questions that it ``tells`` from what it knows. ``exact`` looks read something unmistakable (a
    booking's number) before any intent is believed. ``subject`` names the thing of its own
    that a complaint is about. ``affirmed``, ``denied``: what a yes, a no mean to it where nothing
    was asked. ``names`` are what people call what it has. ``sure``: an answer where its index
    leaves little doubt, for messages that were not understood.
    ``holdings``: the classes of ``Holding`` that show, hand out and forget what its tables keep of
    a person; each of ``retention(services)`` are ``Rule``s by which they
    forget unasked. ``afterword``: what it adds to an answer, whoever gave it. ``warm`` loads what
    the first person would otherwise wait for; ``belongings`` are what a conversation has with it
    that is not over; ``demo`` adds marked demo data. ``offers`` is what other features may ask of
    it (``services.offered``): functions of the services, by name.
    """

    name: str
    menu: tuple[str, str] | None = None
    intents: tuple[Intent, ...] = ()
    actions: Mapping[str, Answer] = field(default_factory=dict)
    entities: tuple[str, ...] = ()
    button_keys: tuple[str | ButtonValue, ...] = ()
    slots: tuple[Slot, ...] = ()
    tasks: tuple[Task, ...] = ()
    topics: tuple[Topic, ...] = ()
    tells: Look | None = None
    names: Callable[[Services], Mapping[str, "NameIndex[str]"]] | None = None
    exact: tuple[Look, ...] = ()
    subject: Callable[[Turn, Services], Subject | None] | None = None
    affirmed: Look | None = None
    denied: Look | None = None
    sure: Look | None = None
    afterword: Callable[[Outcome, Turn, Services], Outcome] | None = None
    warm: Callable[[Services, datetime], None] | None = None
    cards: tuple[Card, ...] = ()
    jobs: tuple[ScheduledJob, ...] = ()
    notices: Callable[[Services], NoticeSource] | None = None
    belongings: Callable[[str, Services, datetime], Sequence[Belonging]] | None = None
    personal_data: tuple[PersonalData, ...] = ()
    holdings: tuple[Deferred, ...] = ()
    retention: tuple[Deferred, ...] = ()
    demo: Demo | None = None
    offers: Mapping[str, Deferred] = field(default_factory=dict)
    evaluations: tuple[Measurement, ...] = ()
    benches: tuple[Measurement, ...] = ()
