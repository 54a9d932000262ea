"""The bridge's second door: programs that carry another messenger, an account each."""

import httpx
from fastapi import APIRouter

from bot.channels.bridge_v2.arrivals import NAME
from bot.channels.bridge_v2.routes import router
from bot.channels.bridge_v2.sending import Pushes
from bot.channels.protocol import Surroundings
from bot.messaging.messages import Abilities, Sender

TIMEOUT = httpx.Timeout(10.0, connect=5.0)


class BridgeV2Channel:
    """The signed JSON door for all accounts."""

    name = NAME
    abilities = Abilities(counted=True)

    def __init__(self, surroundings: Surroundings) -> None:
        self._at = surroundings
        self._http = httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False)
        settings, database = surroundings.settings, surroundings.database
        self.sender: Sender = Pushes(settings, database, self._http)

    def routes(self) -> APIRouter:
        """Return ``/channels/bridge/v2``."""
        return router(self._at)

    async def start(self) -> None:
        """Nothing is to be begun: bridges come by the routes."""

    async def stop(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def open_channel(surroundings: Surroundings) -> BridgeV2Channel:
    """Open the door; while no secret is set, its routes say that it is closed."""
    return BridgeV2Channel(surroundings)
