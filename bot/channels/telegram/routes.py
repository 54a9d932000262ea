"""The address Telegram posts updates to, in place of long polling."""

import hmac
import json
from typing import Any, Protocol

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect
from telegram import Update

from bot import contract, headers
from bot.channels.telegram.api import readable
from bot.errors import respond
from bot.limits.body import MAX_BODY_BYTES

WEBHOOK_PATH = "/channels/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


UPDATE = {
    "type": "object",
    "required": ["update_id"],
    "properties": {"update_id": {"type": "integer"}},
}
"""What is asked of an update; Telegram describes the rest."""
SECRET = {"name": SECRET_HEADER, "in": "header", "required": True, "schema": {"type": "string"}}
WEBHOOK = {
    "parameters": [SECRET],
    "requestBody": {"required": True, "content": {"application/json": {"schema": UPDATE}}},
}
"""Described by hand: the body is read only after its secret."""


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

    @router.post(
        WEBHOOK_PATH,
        responses=contract.answers({"description": "Taken"}, 401, 404, 413),
        openapi_extra=WEBHOOK,
        response_class=Response,
    )
    async def receive(request: Request) -> Response:
        if (refusal := _check_sender(request, channel.webhook_secret)) is not None:
            return refusal
        try:
            body = await _body(request)
        except ClientDisconnect:
            return respond(400, "bad_request")
        if body is None:
            return respond(413, "body_too_large")
        raw = _update(body)
        if raw is None:
            return respond(400, "malformed_json")
        update = Update.de_json(readable(raw), None)
        try:
            await channel.take(update)
        except SQLAlchemyError:
            return respond(503, "unavailable")
        return Response(status_code=200, headers=headers.ANSWER)

    return router


def _check_sender(request: Request, secret: str | None) -> Response | None:
    if secret is None:
        return respond(404, "not_found")
    given = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode(), secret.encode()):
        return respond(401, "bad_signature")
    return None


async def _body(request: Request) -> bytes | None:
    """Read the body; None as soon as it is longer than MAX_BODY_BYTES."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
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
