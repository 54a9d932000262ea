"""Actions over a real, seeded database; the clock stands at a working day's morning."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from actions.dialogue.context import Context
from actions.dialogue.dialogue import Dialogue
from actions.dialogue.services import Services
from actions.dialogue.turn import Named, Outcome, Reply, Turn
from actions.features import FEATURES
from language.names import NameIndex
from language.trades import lookup_entries
from store.database import Database
from store.settings import Settings
from tests.support.seeded import seed

NOW = datetime(2026, 3, 4, 1, 30, tzinfo=UTC)
"""Wednesday 2026-03-04, 09:30 in Shanghai."""

SHORT = {
    "offer_slots": "book_window",
    "policy": "ask_policy",
    "help": "ask_help",
    "privacy": "privacy_request",
    "unsure": "nlu_fallback",
}
"""Intents by the short names that tests give to some of them."""

TRADES = NameIndex({name: name for name in lookup_entries()})

BUSINESS = "失业登记"
"""It can be done on line, too."""


@pytest.fixture(scope="session")
def seeded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a seeded database and its policy index."""
    folder = tmp_path_factory.mktemp("seeded")
    seed(folder, sqlite_template, now=NOW)
    return folder


@pytest.fixture
def services(seeded: Path, tmp_path: Path) -> Iterator[Services]:
    """All services over a database of the test's own."""
    path = tmp_path / "zhida.db"
    shutil.copy(seeded / "zhida.db", path)
    settings = Settings(_env_file=None, var_dir=seeded, database_url=f"sqlite:///{path}")
    database = Database(settings.database)
    yield Services(database, settings, FEATURES)
    database.close()


def named_in(text: str) -> tuple[Named, ...]:
    """Return the trades that Rasa's lookup finds in a text."""
    return tuple(Named("trade", text[f.start : f.end], f.start, f.end) for f in TRADES.apart(text))


class Person:
    """A conversation without Rasa: the intent is given, slots are kept as Rasa would."""

    def __init__(self, services: Services, conversation: str = "web:test") -> None:
        self.services = services
        self.conversation = conversation
        self.dialogue = Dialogue(FEATURES, services)
        self.slots: dict[str, Any] = {}
        self.turns = 0
        self.now = NOW
        self.outcome = Outcome(())
        self.context = Context()
        self.commands: list[dict[str, Any]] = []

    def says(self, intent: str, text: str, **extra: Any) -> Reply:
        """Say something that Rasa reads as ``intent``; return the last reply."""
        read = {"intent": SHORT.get(intent, intent), "named": named_in(text)}
        return self._turn(Turn(**{**self._basis(), **read, **extra}, text=text))

    def taps(self, intent: str, **values: Any) -> Reply:
        """Press a button with these values; return the last reply."""
        pressed = {**self._basis(), "intent": SHORT.get(intent, intent)}
        return self._turn(Turn(**pressed, text="", values=values))

    def later(self, *, minutes: int) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)

    def holds(self, business: str = BUSINESS, when: str = "明天上午") -> dict[str, Any]:
        """Wish for a time, want to come, tap the first one offered; return the booking."""
        self.says("offer_slots", f"帮我约{when}去浦东办{business}")
        slots = self.taps("offer_slots", business=business, come="yes")["data"]["slots"]
        held = self.taps("offer_slots", slot_id=slots[0]["id"], business=business)
        return dict(held["data"])

    def books(self, business: str = BUSINESS, when: str = "明天上午") -> dict[str, Any]:
        """Hold a time and confirm it; return the booking."""
        code = self.holds(business, when)["code"]
        return dict(self.taps("affirm", code=code)["data"])

    def _basis(self) -> dict[str, Any]:
        self.turns += 1
        return {
            "intent": "inform",
            "now": self.now,
            "conversation": self.conversation,
            "request_key": f"m{self.turns}",
            "slots": dict(self.slots),
        }

    def _turn(self, turn: Turn) -> Reply:
        self.answered = self.dialogue.answer(turn)
        self.outcome = self.answered.outcome
        self.slots.update(self.answered.slots)
        self.slots = {key: value for key, value in self.slots.items() if value is not None}
        self.context = self.answered.context
        self.commands = [command.report() for command in self.answered.commands]
        return self.answered.replies[-1]


@pytest.fixture
def person(services: Services) -> Person:
    """Somebody who has not written before."""
    return Person(services)


@pytest.fixture
def named() -> Callable[[str, str, str], tuple[Named, ...]]:
    """Make what Rasa's lookup found: entity, value, in which text."""

    def found(entity: str, value: str, text: str) -> tuple[Named, ...]:
        start = text.index(value)
        return (Named(entity, value, start, start + len(value)),)

    return found
