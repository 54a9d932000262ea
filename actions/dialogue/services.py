"""The services of a process: one database, one set of settings, each service made once."""

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from actions.dialogue.deferred import Deferred
from store.settings import Settings

if TYPE_CHECKING:  # whoever lists the features needs no database
    from actions.dialogue.personal.holdings import Holding
    from actions.dialogue.personal.remembered import Remembered
    from actions.dialogue.personal.retention import Rule
    from actions.dialogue.subjects import Subject
    from actions.dialogue.turn import Turn
    from store.database import Database
    from store.service import Service

S = TypeVar("S", bound="Service")


class Declared(Protocol):
    """What services know of the features, all of them together; see ``registry.Features``."""

    @property
    def menu(self) -> Sequence[tuple[str, str]]:
        """Title and intent of what can be done."""

    @property
    def holdings(self) -> Sequence[Deferred]:
        """The classes of ``Holding``; what others depend on comes last."""

    @property
    def rules(self) -> Sequence[Deferred]:
        """The lists of ``Rule``."""

    @property
    def subjects(self) -> "Sequence[Callable[[Turn, Services], Subject | None]]":
        """What names the thing that a complaint is about."""

    @property
    def offers(self) -> Mapping[str, Deferred]:
        """What features offer each other, by name."""

    @property
    def purposes(self) -> Mapping[str, str]:
        """What a table names a person for."""

    @property
    def remembered(self) -> "Mapping[str, Remembered]":
        """How people see the slots that tell of them, by their names."""


class Services:
    """The container: ``services.of(Jobs)`` is the one ``Jobs`` of this process.

    ``declared`` is what the features declare, None where nothing of it is needed.
    """

    def __init__(
        self, database: "Database", settings: Settings, declared: Declared | None = None
    ) -> None:
        self.database = database
        self.settings = settings
        self.menu = tuple(declared.menu) if declared else ()
        self.purposes = declared.purposes if declared else {}
        self.remembered = declared.remembered if declared else {}
        self._holdings = tuple(declared.holdings) if declared else ()
        self._rules = tuple(declared.rules) if declared else ()
        self._subjects = tuple(declared.subjects) if declared else ()
        self._offers = declared.offers if declared else {}
        self._made: dict[type[Any], Any] = {}
        self._making = threading.Lock()

    @property
    def holdings(self) -> "Sequence[Holding]":
        """Everything that may be kept of a person; what others depend on comes last."""
        return [self.of(declared.load()) for declared in self._holdings]

    @property
    def rules(self) -> "Sequence[Rule]":
        """How long what is kept."""
        return [rule for declared in self._rules for rule in declared(self)]

    def subject_of(self, turn: "Turn") -> "Subject | None":
        """Return the thing of a feature's that a complaint is about, if there is one."""
        found = (subject(turn, self) for subject in self._subjects)
        return next((each for each in found if each is not None), None)

    def offered(self, name: str) -> Callable[..., Any] | None:
        """Return what a feature offers the others under a name; None where none does.

        Features do not import each other: who asks knows its shape by a protocol of its own.
        """
        offer = self._offers.get(name)
        return None if offer is None else partial(offer.load(), self)

    def of(self, kind: type[S]) -> S:
        """Return the service of this class, made at the first call."""
        made = self._made.get(kind)
        if made is None:
            with self._making:
                made = self._made.get(kind)
                if made is None:
                    made = self._made[kind] = kind.over(self.database, self.settings)
        return cast(S, made)
