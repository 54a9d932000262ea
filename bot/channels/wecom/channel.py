"""微信客服: told by a callback, fetched by a cursor, sent within what the platform allows."""

from fastapi import APIRouter

from bot.channels.callbacks.api import open_http
from bot.channels.protocol import Surroundings
from bot.channels.wecom.account import api_of, envelope_of
from bot.channels.wecom.arrivals import Arrivals
from bot.channels.wecom.desk import Desk
from bot.channels.wecom.layout import MAX_TEXT
from bot.channels.wecom.pulling import Puller
from bot.channels.wecom.routes import router
from bot.channels.wecom.sending import KfMessages
from bot.messaging.messages import Abilities, Sender


class WecomChannel:
    """The customer service accounts of one company."""

    name = "wecom"
    abilities = Abilities(counted=True, buttons="tapped", text_bytes=MAX_TEXT)

    def __init__(self, surroundings: Surroundings) -> None:
        settings, database = surroundings.settings, surroundings.database
        self._settings = settings
        self._http = open_http(settings.wecom_api_base)
        api = api_of(settings, database, self._http)
        desk = Desk(database, api)
        self._puller = Puller(database, api, Arrivals(surroundings, api))
        self.sender: Sender = KfMessages(settings, api, surroundings.pictures, desk)

    def routes(self) -> APIRouter:
        """Return ``/channels/wecom``."""
        return router(envelope_of(self._settings), self._puller.ask)

    async def start(self) -> None:
        """Begin to fetch."""
        await self._puller.start()

    async def stop(self) -> None:
        """Stop fetching, and close the connections."""
        await self._puller.stop()
        await self._http.aclose()


def open_channel(surroundings: Surroundings) -> WecomChannel | None:
    """Open the company of the settings; None where there is none."""
    settings = surroundings.settings
    if not settings.wecom_corp_id or not settings.wecom_token or not settings.wecom_aes_key:
        return None
    return WecomChannel(surroundings)
