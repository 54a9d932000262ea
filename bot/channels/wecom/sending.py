"""Sending by 微信客服: a message's number is ours, so that a repeat is recognised."""

from typing import Any

import structlog

from bot.channels.callbacks.api import Api, ApiRefused
from bot.channels.callbacks.wording import Worded, word
from bot.channels.pictures import Pictures, picture_of
from bot.channels.wecom.codes import WRONG_STATE, outcome_of
from bot.channels.wecom.desk import Desk
from bot.channels.wecom.layout import MOST_CHOICES, Body, laid_out
from bot.messaging.channels.reading import reading_path
from bot.messaging.messages import Delivery, NotNow, RetryLater
from store.settings import Settings

log = structlog.get_logger(__name__)

SEND = "/cgi-bin/kf/send_msg"
UPLOAD = "/cgi-bin/media/upload"
NO_ROOM, TAKEN_OUT = "等用户下一条消息", "从企业微信的接待池里取回"
NUMBER_KNOWN = frozenset({40126, 40127, 95004})
"""Refusals that may be of a number that was sent before: it has arrived. Not confirmed."""


class KfMessages:
    """Sends within five messages in 48 hours, joined; steps aside for clerks."""

    def __init__(self, settings: Settings, api: Api, pictures: Pictures, desk: Desk) -> None:
        self._settings = settings
        self._api = api
        self._pictures = pictures
        self._desk = desk

    async def send(self, delivery: Delivery) -> int:
        """Deliver; see ``Sender``."""
        if not delivery.room:
            raise NotNow(NO_ROOM)
        web_url, first = self._settings.web_url, delivery.rows[0].id
        said = word(delivery.rows, web_url, most_choices=MOST_CHOICES)
        read_on = web_url + reading_path(self._settings, delivery.rows)
        messages = laid_out(said, web_url, read_on, room=delivery.room)
        if said.pictures and len(messages) < delivery.room:
            picture = await self._picture(said.pictures[0])
            if picture is not None:
                rest = Worded(said.text, said.links, said.choices, said.pictures[1:])
                messages = [picture, *laid_out(rest, web_url, read_on, room=1)]
        for number, message in enumerate(messages):
            await self._post(delivery, message, f"zhida-{first}" + (f"-{number}" if number else ""))
        if any((row.reply.get("data") or {}).get("kind") == "staff_case" for row in delivery.rows):
            await self._desk.hand_over(delivery.peer)
        return len(messages)

    async def _post(self, delivery: Delivery, message: Body, number: str) -> None:
        account, _, person = delivery.peer.partition(":")
        addressed = {"touser": person, "open_kfid": account, "msgid": number}
        try:
            await self._api.post(SEND, {**addressed, **message})
        except ApiRefused as error:
            if error.code in NUMBER_KNOWN and delivery.attempt > 1:
                return
            if error.code == WRONG_STATE and await self._desk.look(delivery.peer):
                raise RetryLater(0, untaken=True, reason=TAKEN_OUT) from None
            raise outcome_of(error.code) from None

    async def _picture(self, image: str) -> dict[str, Any] | None:
        content = await picture_of(image, self._pictures)
        if content is None:
            return None
        try:
            found = await self._api.upload(UPLOAD, content, type="image")
        except (ApiRefused, RetryLater) as error:
            log.warning("wecom_picture_refused", reason=str(error))
            return None
        media = found.get("media_id")
        return {"msgtype": "image", "image": {"media_id": media}} if media else None
