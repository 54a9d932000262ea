"""The address Telegram posts updates to, in place of long polling."""

import hmac
import json
from typing import Any, Protocol

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect
from telegram import Update

from bot.channels.telegram_api import readable

WEBHOOK_PATH = "/channels/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
MAX_BODY = 1 << 20


class UpdateTaker(Protocol):
    """What the route needs of the channel."""

    @property
    def webhook_secret(self) -> str | None:
        """The secret Telegram was told, or None when updates are polled."""

    async def take(self, update: Update) -> None:
        """Store what the update says; committed on return."""


def webhook_router(channel: UpdateTaker) -> APIRouter:
    """Return the route ``POST /channels/telegram``.

    200 only after the update is committed; anything else makes Telegram deliver it again.
    An update nobody can read is answered with 200, or it would come again for a day.
    """
    router = APIRouter()

    @router.post(WEBHOOK_PATH, include_in_schema=False)
    async def receive(request: Request) -> Response:
        if (refusal := _check_sender(request, channel.webhook_secret)) is not None:
            return refusal
        try:
            body = await _body(request)
        except ClientDisconnect:
            return _error(400, "incomplete", "请求没有传完。")
        if body is None:
            return _error(413, "too_large", "请求内容过大。")
        raw = _update(body)
        if raw is None:
            return _error(400, "bad_update", "请求内容不是 Telegram 的更新。")
        update = Update.de_json(readable(raw), None)
        try:
            await channel.take(update)
        except SQLAlchemyError:
            return _error(503, "try_later", "暂时无法保存，请稍后重发。")
        return Response(status_code=200)

    return router


def _check_sender(request: Request, secret: str | None) -> Response | None:
    if secret is None:
        return _error(404, "not_found", "没有启用 Telegram 回调。")
    given = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode(), secret.encode()):
        return _error(401, "bad_secret", "回调密钥不正确。")
    return None


async def _body(request: Request) -> bytes | None:
    """Read the body; None as soon as it is longer than MAX_BODY bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or type(raw.get("update_id")) is not int:
        return None
    return raw


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message, "field": None}}, status)
