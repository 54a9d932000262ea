"""``/channels/bridge``: signed messages in, replies in the answer or fetched later.

A repeated ``message_id`` of the same user is harmless.
"""

import time
from typing import Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field, ValidationError

from actions.dialogue.values import LARGEST_ID
from bot import contract
from bot.channels.bridge.signature import check_signature
from bot.channels.http_chat import (
    MAX_WAIT_SECONDS,
    MessageIn,
    check_conversation,
    converse,
    history,
)
from bot.errors import ApiError
from bot.messaging.service import Messaging
from store.database import Database
from store.settings import Settings

SIGNED = [
    {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
    for name in ("X-Zhida-Timestamp", "X-Zhida-Signature")
]

RECEIVES = contract.answers(contract.body(contract.AnswerOut, "The answer"), 401, 404, 413, 422)
GIVES = contract.answers(
    contract.body(contract.HistoryOut, "What was said, or is new"), 401, 404, 422
)


class BridgeMessage(BaseModel):
    """A message as a bridge sends it; ``message_id`` is the messenger's own."""

    user: str = Field(min_length=1)
    message_id: str = Field(min_length=1)
    text: str = ""
    payload: str | None = None

    def as_ours(self) -> MessageIn:
        """Return it as every chat over HTTP has it."""
        return MessageIn(
            conversation=self.user,
            text=self.text,
            message_id=self.message_id,
            payload=self.payload,
        )


MESSAGE = {
    "required": True,
    "content": {"application/json": {"schema": BridgeMessage.model_json_schema()}},
}
"""Described by hand: the body is read only after its signature."""


def router(
    messaging: Messaging, database: Database, settings: Settings, *, channel: str
) -> APIRouter:
    """Return the bridge's routes; closed while no secret is set."""
    routes = APIRouter(prefix="/channels/bridge")

    @routes.post(
        "",
        responses=RECEIVES,
        openapi_extra={"parameters": SIGNED, "requestBody": MESSAGE},
    )
    async def post_bridge(request: Request) -> dict[str, Any]:
        content = await request.body()
        check_signature(settings, request, content, time.time())
        message = _read(content).as_ours()
        wait = settings.reply_wait_seconds
        return await converse(messaging, database, message, channel=channel, wait=wait)

    @routes.get(
        "",
        responses=GIVES,
        openapi_extra={"parameters": SIGNED},
    )
    async def get_bridge(
        request: Request,
        user: str = Query(min_length=1),
        after: int | None = Query(None, ge=0, le=LARGEST_ID),
        wait: float = Query(0, ge=0, le=MAX_WAIT_SECONDS),
    ) -> dict[str, Any]:
        signed = f"{request.url.path}?{request.url.query}".encode()
        check_signature(settings, request, signed, time.time())
        check_conversation(user, "user")
        return await history(messaging, database, f"{channel}:{user}", after, wait)

    return routes


def _read(content: bytes) -> BridgeMessage:
    try:
        return BridgeMessage.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            raise ApiError(400, "malformed_json") from error
        raise ApiError(422, "invalid_field", ".".join(map(str, first["loc"])) or None) from error
