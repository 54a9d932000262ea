"""What the console's pages work on: the database and the services behind them."""

from dataclasses import dataclass

from actions.appointments.service import Desk as HallDesk
from actions.appointments.service import Windows
from actions.cases.service import Case, Cases
from bot.messaging.handover import Handover
from bot.messaging.transcripts import ConversationCard, list_conversations
from bot.web.policies.document_cache import Shelf
from store.database import Database
from store.settings import Settings

CONVERSATIONS = 100
CASES = 100


@dataclass(frozen=True)
class Overview:
    """One look at everything: open cases, the recent conversations, whose case is open."""

    cases: tuple[Case, ...]
    conversations: tuple[ConversationCard, ...]


@dataclass(frozen=True)
class Desk:
    """The console of this process."""

    database: Database
    settings: Settings
    shelf: Shelf
    handover: Handover

    @property
    def cases(self) -> Cases:
        """The service of cases."""
        return Cases(self.database)

    @property
    def halls(self) -> HallDesk:
        """The service of what staff do in halls."""
        return HallDesk(self.database)

    @property
    def windows(self) -> Windows:
        """The service of halls and their bookings."""
        return Windows(self.database)

    def overview(self) -> Overview:
        """Read open cases and recent conversations (blocking)."""
        return Overview(
            tuple(self.cases.open_cases(CASES)),
            tuple(list_conversations(self.database, limit=CONVERSATIONS)),
        )


_desks: list[Desk] = []


def open_desk(database: Database, settings: Settings, handover: Handover) -> None:
    """Make this the process's console; NiceGUI's pages, being global, find it by ``desk``."""
    _desks[:] = [Desk(database, settings, Shelf(database, everything=True), handover)]


def desk() -> Desk:
    """Return the process's console."""
    return _desks[0]
