"""The bridge channel: programs carry another messenger's messages to us and our replies back."""

from fastapi import APIRouter

from bot.channels.bridge.routes import router
from bot.channels.protocol import Surroundings
from bot.messaging.messages import Abilities, Sender


class BridgeChannel:
    """The signed JSON door."""

    name = "bridge"
    abilities = Abilities(pushes=False)
    sender: Sender | None = None

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings

    def routes(self) -> APIRouter:
        """Return ``/channels/bridge``."""
        at = self._surroundings
        return router(at.messaging, at.database, at.settings, channel=self.name)

    async def start(self) -> None:
        """Nothing is to be begun: bridges come by the routes."""

    async def stop(self) -> None:
        """Nothing is open."""


def open_channel(surroundings: Surroundings) -> BridgeChannel:
    """Open the bridge; while no secret is set, its routes say that it is closed."""
    return BridgeChannel(surroundings)
