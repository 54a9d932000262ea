"""What every service of a room is: methods over one database, made once per process."""

from typing import Self

from store.database import Database
from store.settings import Settings


class Service:
    """Blocking methods over a database, each a unit of work; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def over(cls, database: Database, settings: Settings) -> Self:
        """Make the service; cheap, since what is heavy loads when it is first used."""
        del settings
        return cls(database)
