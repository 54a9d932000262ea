"""Pushing replies to an account's own address, signed, under a key that makes a repeat harmless."""

import json
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.channels.bridge_v2 import accounts
from bot.channels.bridge_v2.models import CapabilitiesIn
from bot.channels.bridge_v2.shape import joined, shape
from bot.channels.bridge_v2.signature import secrets_of, signed
from bot.messaging.channels.reading import reading_path
from bot.messaging.messages import Delivery, NotNow, RetryLater, Undeliverable
from store.database import Database
from store.settings import Settings

NO_ROOM = "等用户下一条消息"
HELD, LOST = frozenset({"window_closed", "quota_used"}), frozenset({"blocked", "unknown_user"})
GONE = frozenset({404, 410})


class Pushes:
    """Sends to accounts that gave an address; those of others are there to be fetched."""

    def __init__(self, settings: Settings, database: Database, http: httpx.AsyncClient) -> None:
        self._settings = settings
        self._database = database
        self._http = http

    async def send(self, delivery: Delivery) -> int:
        """Deliver; see ``Sender``."""
        account, _, user = delivery.peer.partition(":")
        can = await self._database.run(accounts.of, self._database, account)
        if not delivery.room:
            raise NotNow(NO_ROOM)
        if can.callback_url is None:
            return 1
        web_url = self._settings.web_url
        read_on = web_url + reading_path(self._settings, delivery.rows)
        if can.push is not None:
            shown = [joined(delivery.rows, can, web_url, read_on)]
        else:
            shown = [shape(row, can, web_url, read_on) for row in delivery.rows]
        for reply in shown:
            await self._post(account, user, can, reply, delivery.context)
        return 1

    async def _post(
        self,
        account: str,
        user: str,
        can: CapabilitiesIn,
        reply: dict[str, Any],
        context: str | None,
    ) -> None:
        url = str(can.callback_url)
        number = reply.pop("id")
        body = {"v": 2, "account": account, "user": user, "reply_id": number, "context": context}
        content = json.dumps(body | reply, ensure_ascii=False).encode(errors="replace")
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = signed(secrets_of(self._settings, account)[0], account, "POST", path, content)
        headers |= {
            "Idempotency-Key": f"{account}:{number}",
            "Content-Type": "application/json; charset=utf-8",
        }
        try:
            answer = await self._http.post(url, content=content, headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise RetryLater(untaken=True, reason=type(error).__name__) from None
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise RetryLater(reason=type(error).__name__) from None
        _heed(answer)


def _heed(answer: httpx.Response) -> None:
    """Raise where the account did not take a reply, or says what became of it."""
    if answer.status_code in GONE:
        raise Undeliverable(f"HTTP {answer.status_code}")
    if not answer.is_success:
        wish = answer.headers.get("retry-after", "")
        seconds = float(wish) if wish.isascii() and wish.isdigit() and len(wish) < 7 else None
        raise RetryLater(seconds, untaken=True, reason=f"HTTP {answer.status_code}")
    try:
        said = answer.json()
    except ValueError:
        return
    code = said.get("code") if isinstance(said, dict) and said.get("status") == "failed" else None
    if code in HELD:
        raise NotNow(str(code))
    if code in LOST:
        raise NotNow(str(code), lost=True)
    if code is not None:
        raise Undeliverable(str(code)[:40])
