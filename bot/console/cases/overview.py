"""What the overview shows: open cases, and the recent conversations."""

from dataclasses import dataclass

from actions.cases.service import Case, Cases
from bot.messaging.transcripts import ConversationCard, list_conversations
from store.database import Database

CONVERSATIONS = 100
CASES = 100


@dataclass(frozen=True)
class Overview:
    """One look at everything: open cases, the recent conversations."""

    cases: tuple[Case, ...]
    conversations: tuple[ConversationCard, ...]


def read_overview(database: Database) -> Overview:
    """Read open cases and recent conversations (blocking)."""
    return Overview(
        tuple(Cases(database).open_cases(CASES)),
        tuple(list_conversations(database, limit=CONVERSATIONS)),
    )
