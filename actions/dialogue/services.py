"""The services an action may call, made once per process."""

from dataclasses import dataclass
from datetime import datetime

from actions.appointments.service import Windows
from actions.cases.service import Cases
from actions.jobs.service import Jobs, JobWish
from knowledge.answering.answerer import PolicyLibrary
from knowledge.documents.repository import Document, get_document
from language.pay import read_pay
from language.places import find_places
from language.times import read_times
from store.database import Database
from store.settings import Settings

WARM_TEXT = "想在上海找电工的活，六千以上，明天上午"


@dataclass(frozen=True)
class Services:
    """Everything below the actions; one database for all of it."""

    database: Database
    settings: Settings
    library: PolicyLibrary
    jobs: Jobs
    windows: Windows
    cases: Cases

    @classmethod
    def open(cls, database: Database, settings: Settings) -> "Services":
        """Make the services over one database."""
        return cls(
            database=database,
            settings=settings,
            library=PolicyLibrary(database, settings),
            jobs=Jobs(database),
            windows=Windows(database),
            cases=Cases(database),
        )

    def document(self, doc_id: str) -> Document | None:
        """Return a policy document with its units, or None."""
        return get_document(self.database, doc_id)

    def warm(self, now: datetime) -> None:
        """Load what the first person would otherwise wait for."""
        self.library.warm()
        self.windows.businesses()
        # Readers load their dictionaries at first use.
        find_places(WARM_TEXT, likeliest=True)
        read_pay(WARM_TEXT)
        read_times(WARM_TEXT, now)
        self.jobs.search(JobWish(text=WARM_TEXT), now=now, limit=1)
