"""A posting as this room takes it from the room of postings."""

from typing import Protocol

from actions.dialogue.services import Services
from actions.dialogue.turn import Turn

POSTING = "posting:"
"""Begins the name of a posting that is looked at (``Context.focus``)."""


class Posting(Protocol):
    """What of a posting matters here; pay is whole yuan a month, ``place`` a code."""

    @property
    def title(self) -> str:
        """What it calls itself."""

    @property
    def trade(self) -> str:
        """Our name of its trade, "" where it has none."""

    @property
    def place(self) -> str:
        """Where it is."""

    @property
    def salary_min(self) -> int | None:
        """From which pay on."""

    @property
    def salary_max(self) -> int | None:
        """Up to which pay."""


def looked_at(turn: Turn, services: Services) -> Posting | None:
    """Return the posting that is looked at, if it is shown still."""
    focus, offered = turn.context.focus or "", services.offered("posting")
    if offered is None or not focus.startswith(POSTING):
        return None
    found: Posting | None = offered(focus.removeprefix(POSTING), now=turn.now)
    return found
