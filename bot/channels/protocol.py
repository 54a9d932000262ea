"""What every channel is, whichever messenger stands behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from fastapi import APIRouter
from sqlalchemy.orm import Session

from bot.channels.pictures import Pictures
from bot.messaging.messages import Abilities, Sender
from bot.messaging.service import Messaging
from store.database import Database
from store.settings import Settings


class Channel(Protocol):
    """One way in and out, of the shape that ``tests/channels/conformance.py`` examines.

    In: a message is acknowledged only after ``Messaging.accept`` has returned, under the
    channel's own key, so that a second delivery is the same message. Out: replies are pushed
    by ``sender``, or fetched by whoever asked.
    """

    @property
    def name(self) -> str:
        """What its conversations' ids begin with, at most 20 characters; for ever the same."""

    @property
    def abilities(self) -> Abilities:
        """What can be done through it."""

    @property
    def sender(self) -> Sender | None:
        """What pushes replies out; None where they are fetched."""

    def routes(self) -> APIRouter | None:
        """Return its routes, None where it has none."""

    async def start(self) -> None:
        """Begin to receive; whatever is wrong outside is the channel's own affair."""

    async def stop(self) -> None:
        """Stop receiving, and close what is open."""


@dataclass(frozen=True)
class Entrance:
    """What somebody who came by a code or a link is met with: the button that it presses."""

    title: str
    payload: str


Scenes = Callable[[str], Entrance | None]
"""Reads what a code or a link says, ``hall-3``; blocks. None where it says nothing to us."""


def nowhere(_scene: str) -> None:
    """Know no scene."""


Helped = Callable[[Session, str, str], None]
"""Is told, in the transaction that notes it, whom a clerk at a messenger's own desk has finished
with: conversation, clerk."""


def not_noted(_session: Session, _conversation: str, _staff: str) -> None:
    """Note nothing."""


@dataclass(frozen=True)
class Surroundings:
    """What a channel is opened with."""

    settings: Settings
    database: Database
    messaging: Messaging
    pictures: Pictures
    scenes: Scenes = nowhere
    helped: Helped = not_noted


OpenChannel = Callable[[Surroundings], Channel | None]
"""Opens a channel as the settings want it; None where they do not."""
