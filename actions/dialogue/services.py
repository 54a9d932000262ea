"""The services of a process: one database, one set of settings, each service made once."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from store.settings import Settings

if TYPE_CHECKING:  # whoever lists the features needs no database
    from store.database import Database
    from store.service import Service

S = TypeVar("S", bound="Service")


class Services:
    """The container: ``services.of(Jobs)`` is the one ``Jobs`` of this process.

    ``menu`` holds what can be done, title and intent of each, as the features declare it.
    """

    def __init__(
        self, database: "Database", settings: Settings, menu: Sequence[tuple[str, str]] = ()
    ) -> None:
        self.database = database
        self.settings = settings
        self.menu = tuple(menu)
        self._made: dict[type[Any], Any] = {}
        self._making = threading.Lock()

    def of(self, kind: type[S]) -> S:
        """Return the service of this class, made at the first call."""
        made = self._made.get(kind)
        if made is None:
            with self._making:
                made = self._made.get(kind)
                if made is None:
                    made = self._made[kind] = kind.over(self.database, self.settings)
        return cast(S, made)
