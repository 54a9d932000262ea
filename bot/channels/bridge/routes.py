"""The JSON bridge: a signed door for programs that carry another messenger (WeChat, say).

A request carries ``X-Zhida-Timestamp`` (Unix seconds) and ``X-Zhida-Signature``, the
hexadecimal HMAC-SHA256 of ``<timestamp>.<body>`` under the shared secret; a GET signs
``<timestamp>.<path>?<query>``. A repeated ``message_id`` of the same user is harmless.
"""

import hashlib
import hmac
import time
from typing import Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field, ValidationError

from bot.channels.http_chat import (
    MAX_CONVERSATION,
    MAX_WAIT_SECONDS,
    MessageIn,
    converse,
    history,
)
from bot.errors import ApiError
from bot.messaging.service import Messaging
from store.database import Database
from store.settings import Settings

MAX_AGE_SECONDS = 300


class BridgeMessage(BaseModel):
    """A message as a bridge sends it; ``message_id`` is the messenger's own."""

    user: str = Field(min_length=1)
    message_id: str = Field(min_length=1)
    text: str = ""
    payload: str | None = None


def sign(secret: str, timestamp: str, content: bytes) -> str:
    """Return the signature of ``content`` at ``timestamp``."""
    signed = timestamp.encode() + b"." + content
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def check_signature(settings: Settings, request: Request, content: bytes, now: float) -> None:
    """Raise ApiError unless the request was signed with our secret, recently."""
    if settings.bridge_secret is None:
        raise ApiError(404, "bridge_closed")
    timestamp = request.headers.get("x-zhida-timestamp", "")
    given = request.headers.get("x-zhida-signature", "")
    right = sign(settings.bridge_secret.get_secret_value(), timestamp, content)
    if not hmac.compare_digest(right.encode(), given.encode()):
        raise ApiError(401, "bad_signature")
    if not timestamp.isdecimal() or abs(now - int(timestamp)) > MAX_AGE_SECONDS:
        raise ApiError(401, "stale_timestamp")


def router(messaging: Messaging, database: Database, settings: Settings) -> APIRouter:
    """Return the bridge's routes; closed while no secret is set."""
    routes = APIRouter(prefix="/channels/bridge")

    @routes.post("")
    async def post_bridge(request: Request) -> dict[str, Any]:
        content = await request.body()
        check_signature(settings, request, content, time.time())
        message = _read(content)
        return await converse(
            messaging,
            database,
            MessageIn(
                conversation=message.user,
                text=message.text,
                message_id=message.message_id,
                payload=message.payload,
            ),
            channel="bridge",
            wait=settings.reply_wait_seconds,
        )

    @routes.get("")
    async def get_bridge(
        request: Request,
        user: str = Query(min_length=1, max_length=MAX_CONVERSATION),
        after: int | None = Query(None, ge=0),
        wait: float = Query(0, ge=0, le=MAX_WAIT_SECONDS),
    ) -> dict[str, Any]:
        signed = f"{request.url.path}?{request.url.query}".encode()
        check_signature(settings, request, signed, time.time())
        return await history(messaging, database, f"bridge:{user}", after, wait)

    return routes


def _read(content: bytes) -> BridgeMessage:
    try:
        return BridgeMessage.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            raise ApiError(400, "malformed_json") from error
        raise ApiError(422, "invalid_field", ".".join(map(str, first["loc"])) or None) from error
