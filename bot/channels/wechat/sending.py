"""客服消息: answers that were not ready within their request, and what is told unasked."""

from typing import Any

import structlog

from bot.channels.callbacks.api import Api, ApiRefused
from bot.channels.callbacks.wording import Worded, word
from bot.channels.pictures import Pictures, picture_of
from bot.channels.wechat import passive
from bot.channels.wechat.codes import outcome_of
from bot.channels.wechat.notices import Notices
from bot.messaging.channels.reading import reading_path
from bot.messaging.messages import Delivery, NotNow, RetryLater
from store.clock import utc_now
from store.settings import Settings

log = structlog.get_logger(__name__)

SEND = "/cgi-bin/message/custom/send"
UPLOAD = "/cgi-bin/media/upload"
NO_ROOM = "等用户下一条消息"
REMEMBERED = 1000


class CustomMessages:
    """Sends within what the platform allows: one message, and a picture where there is room."""

    def __init__(self, settings: Settings, api: Api, pictures: Pictures, notices: Notices) -> None:
        self._settings = settings
        self._api = api
        self._pictures = pictures
        self._notices = notices
        self._pictured: dict[int, None] = {}

    async def send(self, delivery: Delivery) -> int:
        """Deliver; see ``Sender``."""
        if not delivery.room:
            if await self._notices.tell(delivery):
                return 0
            raise NotNow(NO_ROOM)
        web_url = self._settings.web_url
        said = word(delivery.rows, web_url, most_choices=passive.MOST_CHOICES)
        first = delivery.rows[0].id
        spent = 0
        if said.pictures and delivery.room > 1 and first not in self._pictured:
            spent = await self._send_picture(delivery.peer, said.pictures[0])
            if spent:
                self._remember(first)
                said = Worded(said.text, said.links, said.choices, said.pictures[1:])
        await self._post(self._message(delivery, said))
        self._pictured.pop(first, None)
        return spent + 1

    def _message(self, delivery: Delivery, said: Worded) -> dict[str, Any]:
        read_on = self._settings.web_url + reading_path(self._settings, delivery.rows)
        words = Worded(said.text, said.links, (), said.pictures)
        text = passive.laid_out(words, self._settings.web_url, read_on)
        if not said.choices:
            return {"touser": delivery.peer, "msgtype": "text", "text": {"content": text}}
        menu = {
            "head_content": text,
            "list": [{"id": each.reference, "content": each.title} for each in said.choices],
        }
        return {"touser": delivery.peer, "msgtype": "msgmenu", "msgmenu": menu}

    async def _send_picture(self, peer: str, image: str) -> int:
        """Send a picture; 0 where it cannot be had, or is not taken: then words lead to it."""
        content = await picture_of(image, self._pictures)
        if content is None:
            return 0
        try:
            found = await self._api.upload(UPLOAD, content, type="image")
        except (ApiRefused, RetryLater) as error:
            log.warning("wechat_picture_refused", reason=str(error))
            return 0
        media = found.get("media_id")
        if not media:
            return 0
        shown = {"touser": peer, "msgtype": "image", "image": {"media_id": media}}
        await self._post(shown)
        return 1

    async def _post(self, body: dict[str, Any]) -> None:
        try:
            await self._api.post(SEND, body)
        except ApiRefused as error:
            raise outcome_of(error.code, utc_now()) from None

    def _remember(self, outbox_id: int) -> None:
        self._pictured[outbox_id] = None
        if len(self._pictured) > REMEMBERED:
            del self._pictured[next(iter(self._pictured))]
