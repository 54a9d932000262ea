"""The services an action may call, made once per process."""

from dataclasses import dataclass
from datetime import datetime

from actions.cases.service import Cases
from actions.jobs.service import Jobs
from actions.windows.service import Windows
from knowledge.library import PolicyLibrary
from store.database import Database
from store.settings import Settings


@dataclass(frozen=True)
class Services:
    """Everything below the actions; one database for all of it."""

    settings: Settings
    library: PolicyLibrary
    jobs: Jobs
    windows: Windows
    cases: Cases

    @classmethod
    def open(cls, database: Database, settings: Settings) -> "Services":
        """Make the services over one database."""
        return cls(
            settings=settings,
            library=PolicyLibrary(database, settings),
            jobs=Jobs(database),
            windows=Windows(database),
            cases=Cases(database),
        )

    def warm(self, now: datetime) -> None:
        """Load what the first person would otherwise wait for."""
        self.library.warm()
        self.windows.businesses()
