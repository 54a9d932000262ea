"""微信服务号: callbacks into the inbox; answers in the response, else by 客服消息 or a notice."""

from dataclasses import replace
from datetime import datetime

import structlog
from fastapi import APIRouter

from bot.channels.callbacks.api import open_http
from bot.channels.callbacks.fields import Fields
from bot.channels.protocol import Surroundings
from bot.channels.wechat import passive
from bot.channels.wechat import sentences as say
from bot.channels.wechat.account import api_of, envelope_of, token_of
from bot.channels.wechat.notices import Notices
from bot.channels.wechat.routes import Door, router
from bot.channels.wechat.sending import CustomMessages
from bot.channels.wechat.updates import Happened, Seen, read
from bot.messaging.channels.allowance import end_of_second
from bot.messaging.channels.reading import reading_path
from bot.messaging.messages import Abilities, Incoming, Sender, TooManyWaiting
from store.clock import utc_now

log = structlog.get_logger(__name__)

GREET, HELP = "/greet", "/ask_help"
UNFOLLOWED = "unfollowed"
LONGEST_TEMPLATE = 64


class WechatChannel:
    """One 服务号."""

    name = "wechat"
    abilities = Abilities(counted=True, buttons="tapped", text_bytes=passive.MAX_BYTES)

    def __init__(self, surroundings: Surroundings) -> None:
        settings, database = surroundings.settings, surroundings.database
        self._at = surroundings
        self._messaging = surroundings.messaging
        self._http = open_http(settings.wechat_api_base)
        api = api_of(settings, database, self._http)
        notices = Notices(settings, database, api)
        self.sender: Sender = CustomMessages(settings, api, surroundings.pictures, notices)

    def routes(self) -> APIRouter:
        """Return ``/channels/wechat``."""
        settings = self._at.settings
        return router(Door(token_of(settings), envelope_of(settings)), self.take)

    async def start(self) -> None:
        """Nothing is to be begun: the platform comes by the routes."""

    async def stop(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def take(self, fields: Fields, answer_by: datetime) -> str:
        """Store what a callback says; return the answer's text if it is there in time."""
        seen = read(fields)
        incoming = None if seen is None else await self._incoming(seen, answer_by)
        if incoming is None:
            return "" if seen is None or seen.kind != "choice" else say.EXPIRED
        try:
            accepted = await self._messaging.accept(incoming)
        except TooManyWaiting:
            return say.TOO_MANY
        rows = await self._messaging.carry(accepted, incoming)
        if not rows:
            return ""
        settings = self._at.settings
        read_on = settings.web_url + reading_path(settings, rows)
        return passive.content(rows, settings.web_url, read_on)

    async def _incoming(self, seen: Seen, answer_by: datetime) -> Incoming | None:
        """Return a message for the inbox; None for what is only noted, or nothing to us."""
        now = utc_now()
        arrived = Incoming(
            channel=self.name,
            key=seen.key,
            peer=seen.peer,
            text=seen.text,
            received_at=now,
            kind=seen.kind,
            details=seen.details,
            grant=seen.grant,
            answer_by=answer_by,
            acted_at=end_of_second(seen.at) if seen.at else None,
        )
        if seen.kind == "choice":
            button = await self._messaging.choice(arrived.conversation_id, seen.menu)
            return None if button is None else arrived.pressed(**button)
        if seen.happened is None:
            return arrived
        return await self._event(arrived, seen.happened)

    async def _event(self, arrived: Incoming, happened: Happened) -> Incoming | None:
        if happened.type in ("subscribe", "scan"):
            return await self._entered(arrived, happened.scene)
        if happened.type == "click":
            known = happened.key in self._messaging.intents
            return _pressing(arrived, arrived.text, f"/{happened.key}" if known else HELP)
        if happened.type == "scancode" and happened.result:
            return _typed(arrived)
        if happened.type == "unsubscribe":
            await self._messaging.lose(arrived.conversation_id, UNFOLLOWED)
        elif happened.type == "notice_consent":
            sorts = {template[:LONGEST_TEMPLATE]: agreed for template, agreed in happened.consents}
            await self._messaging.consent(arrived.conversation_id, sorts, arrived.key)
        elif happened.type in ("template_sent", "notice_sent") and not happened.ok:
            trouble = f"{happened.type}：{happened.result or happened.template}"
            self._messaging.troubles.note(self.name, trouble)
        return None

    async def _entered(self, arrived: Incoming, scene: str) -> Incoming:
        entrance = await self._at.database.run(self._at.scenes, scene) if scene else None
        if entrance is None:
            return _pressing(arrived, arrived.text, GREET)
        return _pressing(arrived, f"{arrived.text}{entrance.title}", entrance.payload)


def _typed(arrived: Incoming) -> Incoming:
    """Return as words what came otherwise: a tap on what we do not know says its title."""
    return replace(arrived, kind="text")


def _pressing(arrived: Incoming, title: str, payload: str) -> Incoming:
    return replace(arrived, kind="event", text=title, payload=payload)


def open_channel(surroundings: Surroundings) -> WechatChannel | None:
    """Open the account of the settings; None where there is none."""
    settings = surroundings.settings
    if not settings.wechat_app_id or not settings.wechat_token:
        return None
    return WechatChannel(surroundings)
