"""The web channel: replies are fetched, by who asked or by a page that waits."""

from fastapi import APIRouter

from bot.channels.protocol import Surroundings
from bot.channels.web.routes import router
from bot.messaging.messages import Abilities, Sender


class WebChannel:
    """The chat of our own page and of ``zhida chat``; always open."""

    name = "web"
    abilities = Abilities(pushes=False)
    sender: Sender | None = None

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings

    def routes(self) -> APIRouter:
        """Return ``/api/messages``."""
        at = self._surroundings
        return router(at.messaging, at.database, at.settings, channel=self.name)

    async def start(self) -> None:
        """Nothing is to be begun: people come by the routes."""

    async def stop(self) -> None:
        """Nothing is open."""


def open_channel(surroundings: Surroundings) -> WebChannel:
    """Open the chat of our own page."""
    return WebChannel(surroundings)
