"""Reminders, closures and offered seats to who wrote too long ago for an answer.

By 订阅通知 where the person has agreed to that, else by 模板消息. Which template is for what
``zhida wechat notices`` finds by its title, and is kept with the channel's states; without one,
what is to be told waits for the person's next message.
"""

import json
from collections.abc import Mapping
from typing import Any

from bot.channels.callbacks.api import Api, ApiRefused
from bot.channels.wechat.codes import outcome_of
from bot.messaging.channels import consents, states
from bot.messaging.messages import Delivery, NotNow, Outgoing, RetryLater
from store.clock import utc_now
from store.database import Database
from store.settings import Settings

SEND, SEND_SUBSCRIBED = "/cgi-bin/message/template/send", "/cgi-bin/message/subscribe/bizsend"
STATE, SUBSCRIBED = "wechat:templates", "wechat:subscriptions"
KINDS = {"booking": "预约", "slot_list": "候补"}
"""Cards of replies that may become a notice, and what stands in the title of their template."""
LIMITS = {"thing": 20, "phrase": 5, "character_string": 32, "const": 20}
"""Characters that a field takes, by the letters of its name; longer ones are refused (47003)."""
LASTING = 3
"""The type of a template whose consent is for good, as a public service may have one."""
NO_CONSENT = 43101


class Notices:
    """Tells by a template what may not be said by a message."""

    def __init__(self, settings: Settings, database: Database, api: Api) -> None:
        self._settings = settings
        self._database = database
        self._api = api

    async def tell(self, delivery: Delivery) -> bool:
        """Tell the reply, if it is one and may be told; False where it has to wait."""
        if len(delivery.rows) > 1:
            return False
        if await self._tell_subscribed(delivery):
            return True
        templates = await self._database.run(stored, self._database)
        body = notice(delivery.rows[0], delivery.peer, templates, self._settings.web_url)
        if body is None:
            return False
        try:
            await self._api.post(SEND, body)
        except ApiRefused as error:
            raise outcome_of(error.code, utc_now()) from None
        return True

    async def _tell_subscribed(self, delivery: Delivery) -> bool:
        """Tell it by 订阅通知, which takes a consent; False where there is none."""
        database, run = self._database, self._database.run
        templates = await run(stored, database, SUBSCRIBED)
        body = notice(delivery.rows[0], delivery.peer, templates, self._settings.web_url)
        if body is None:
            return False
        conversation, sort = f"wechat:{delivery.peer}", str(body["template_id"])
        lasting = any(each["id"] == sort and each.get("lasting") for each in templates.values())
        if not await run(lambda: consents.take(database, conversation, sort, lasting=lasting)):
            return False
        try:
            await self._api.post(SEND_SUBSCRIBED, _as_subscribed(body))
        except ApiRefused as error:
            if error.code == NO_CONSENT:
                await run(consents.forget, database, conversation, sort)
                raise NotNow(f"{NO_CONSENT}：没有订阅") from None
            if not lasting:
                await run(consents.give_back, database, conversation, sort)
            raise outcome_of(error.code, utc_now()) from None
        except RetryLater as error:
            if error.untaken and not lasting:
                await run(consents.give_back, database, conversation, sort)
            raise
        return True


def _as_subscribed(body: dict[str, Any]) -> dict[str, Any]:
    """Return a notice as 订阅通知 has it: it knows no repeats, and a page instead of an address."""
    kept = {name: body[name] for name in ("touser", "template_id", "data")}
    return {**kept, "page": body["url"]} if "url" in body else kept


def stored(database: Database, state: str = STATE) -> dict[str, Any]:
    """Return the templates in use, by the kind of card."""
    written = states.read(database, state)
    return {} if written is None else dict(json.loads(written))


def notice(
    outgoing: Outgoing, peer: str, templates: Mapping[str, Any], web_url: str
) -> dict[str, Any] | None:
    """Return a template message for a reply, None where there is no template for it."""
    card = outgoing.reply.get("data") or {}
    template = templates.get(str(card.get("kind")))
    if template is None:
        return None
    link = str(card.get("link") or "")
    values = {
        "title": str(outgoing.reply.get("text") or "").strip().splitlines()[0],
        "hall": str(card.get("hall") or ""),
        "business": str(card.get("business") or ""),
        "code": str(card.get("code") or ""),
        "time": _time(str(card.get("start") or "")),
    }
    data = {
        field: {"value": fitting(field, values.get(source, ""))}
        for field, source in template["fields"].items()
    }
    body = {
        "touser": peer,
        "template_id": template["id"],
        "client_msg_id": f"zhida-{outgoing.id}",
        "data": data,
    }
    return body | ({"url": web_url + link if link.startswith("/") else link} if link else {})


def fitting(field: str, value: str) -> str:
    """Return a value as its field takes it."""
    limit = LIMITS.get(field.rstrip("0123456789"), 20)
    return value if len(value) <= limit else value[: limit - 1] + "…"


def _time(start: str) -> str:
    """Return an ISO moment as the platform's time fields have it."""
    day, _, clock = start.partition("T")
    parts = day.split("-")
    return f"{parts[0]}年{parts[1]}月{parts[2]}日 {clock[:5]}" if len(parts) == 3 else ""
