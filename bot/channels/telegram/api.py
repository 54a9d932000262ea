"""python-telegram-bot's Bot as this assistant uses it: timeouts, errors, a silent token."""

import logging
import os
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.messaging.messages import NotNow, RetryLater, Undeliverable

# The library's own switch: without it every flood-control answer raises a deprecation
# warning, and ``retry_after`` is a number of seconds instead of a timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "1")

log = structlog.get_logger(__name__)

TALKATIVE = (
    "httpx",  # logs every address at INFO, and the token is part of the address
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.proxy",
    "httpcore.socks",
    "telegram.Bot",  # logs its base address at DEBUG
    "telegram.request.BaseRequest",
    "telegram.request.HTTPXRequest",
)
REJECTED_TOKEN_WAIT = 300.0


class HideToken(logging.Filter):
    """Takes the token out of what the libraries log about their calls."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite a record that shows the token; keep every record."""
        message = record.getMessage()
        if self._token in message:
            record.msg = message.replace(self._token, "<token>")
            record.args = None
        return True

    def install(self) -> None:
        """Watch every logger that has been seen to write addresses."""
        for name in TALKATIVE:
            logging.getLogger(name).addFilter(self)

    def remove(self) -> None:
        """Stop watching."""
        for name in TALKATIVE:
            logging.getLogger(name).removeFilter(self)


class UpdatesRequest(HTTPXRequest):
    """Requests for updates in which one unreadable update does not spoil the others.

    ``Bot.get_updates`` raises when any update of the batch does not fit the library's
    classes (Telegram has changed fields before); its number would then never be
    confirmed and everybody would wait behind it. Here it becomes an empty update.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse an answer; see the class."""
        answer = HTTPXRequest.parse_json_payload(payload)
        if isinstance(answer, dict) and isinstance(updates := answer.get("result"), list):
            answer["result"] = [readable(update) for update in updates]
        return answer


def readable(raw: dict[str, Any]) -> dict[str, Any]:
    """Return ``raw`` if it can be read as an update, else an empty update of its number."""
    try:
        Update.de_json(raw, None)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        log.warning("telegram_unreadable", update_id=raw["update_id"], error=type(error).__name__)
        return {"update_id": raw["update_id"]}
    return raw


class Connection:
    """A Bot and its two connection pools: a long poll never delays an answer.

    ``Bot.initialize`` is not used: it calls Telegram and fails when that fails, with the
    token in its message. The pools are opened and closed here instead.
    """

    def __init__(self, token: str, api_base: str) -> None:
        self._sending = HTTPXRequest(
            connection_pool_size=64,
            connect_timeout=5,
            read_timeout=15,
            write_timeout=10,
            pool_timeout=5,
            media_write_timeout=20,
        )
        self._polling = UpdatesRequest(
            connection_pool_size=2, connect_timeout=10, read_timeout=15, pool_timeout=5
        )
        self.bot = Bot(
            token,
            base_url=f"{api_base}/bot",
            base_file_url=f"{api_base}/file/bot",
            request=self._sending,
            get_updates_request=self._polling,
        )

    async def open(self) -> None:
        """Open the pools, again after a ``close``."""
        await self._sending.initialize()
        await self._polling.initialize()

    async def close(self) -> None:
        """Close all connections."""
        await self._polling.shutdown()
        await self._sending.shutdown()


def seconds_to_wait(error: RetryAfter) -> float:
    """Return the wait Telegram asked for."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def delivery_error(error: TelegramError) -> RetryLater | NotNow | Undeliverable:
    """Return what a failed delivery means to messaging."""
    if isinstance(error, RetryAfter):
        return RetryLater(seconds_to_wait(error))
    if isinstance(error, Forbidden):
        # They have blocked us: whoever writes again has changed their mind.
        return NotNow(error.message, lost=True)
    if isinstance(error, BadRequest | ChatMigrated):
        # Gone, or refused as it stands: sending it again changes nothing.
        return Undeliverable(error.message)
    if isinstance(error, InvalidToken):
        return RetryLater(REJECTED_TOKEN_WAIT)
    if not isinstance(error, NetworkError):
        log.error("telegram_unexpected_error", error=type(error).__name__)
    return RetryLater()
