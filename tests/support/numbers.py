"""A number as somebody writes it, on its way through the gate: its placeholder."""

from datetime import UTC, datetime

from language.personal import find_personal
from store.database import Database
from store.settings import Settings
from store.vault.vault import Vault

NOW = datetime(2026, 3, 4, 1, 30, tzinfo=UTC)


def hidden(database: Database, settings: Settings, conversation: str, text: str) -> str:
    """Return ``text`` with placeholders, the numbers kept in ``conversation``."""
    with database.write() as session:
        vault = Vault.over(database, settings)
        passed = vault.hide(session, conversation, text, find_personal(text), NOW)
        session.commit()
    return passed.text
