"""``/channels/wecom``: where the platform says that there is something to be fetched.

Every callback comes in its envelope; what does not is refused with 403, whatever is wrong with it.
"""

import re
import time
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot import contract, headers
from bot.channels.callbacks.envelope import BadEnvelope, Envelope
from bot.channels.callbacks.fields import MAX_BYTES, BadXml, Fields, first, read_fields
from bot.errors import ApiError, respond

PATH = "/channels/wecom"
MAX_AGE_SECONDS = 600
_ACCOUNT = re.compile(r"[\w-]{1,64}", re.ASCII)

Ask = Callable[[str, str], Awaitable[None]]
DESCRIBED = {
    "parameters": [
        {"name": name, "in": "query", "required": True, "schema": {"type": "string"}}
        for name in ("msg_signature", "timestamp", "nonce")
    ]
}
CALLBACK = {
    **DESCRIBED,
    "requestBody": {"required": True, "content": {"text/xml": {"schema": {"type": "string"}}}},
}


def opened(envelope: Envelope, request: Request, sealed: str, now: float) -> bytes:
    """Return what an envelope holds; raise ApiError where it is not the platform's, of now."""
    query = request.query_params
    stamp = query.get("timestamp", "")
    try:
        message = envelope.open(
            sealed,
            timestamp=stamp,
            nonce=query.get("nonce", ""),
            signature=query.get("msg_signature", ""),
        )
    except BadEnvelope as error:
        raise ApiError(403, "bad_signature") from error
    readable = stamp.isascii() and stamp.isdigit() and len(stamp) <= 12
    if not readable or abs(now - int(stamp)) > MAX_AGE_SECONDS:
        raise ApiError(403, "stale_timestamp")
    return message


def read(envelope: Envelope, request: Request, body: bytes, now: float) -> Fields:
    """Return what a callback says; raise ApiError for anything else."""
    if len(body) > MAX_BYTES:
        raise ApiError(413, "body_too_large")
    try:
        outer = read_fields(body)
        return read_fields(opened(envelope, request, first(outer, "Encrypt"), now))
    except BadXml as error:
        raise ApiError(403, "bad_signature") from error


def router(envelope: Envelope, ask: Ask) -> APIRouter:
    """Return the routes; ``ask`` sees to it that an account's messages are fetched."""
    routes = APIRouter()

    @routes.get(
        PATH,
        response_class=Response,
        responses=contract.answers(contract.content("text/plain", "What was asked back"), 403),
        openapi_extra=DESCRIBED,
    )
    async def verify(request: Request) -> Response:
        echo = opened(envelope, request, request.query_params.get("echostr", ""), time.time())
        return Response(echo, media_type="text/plain", headers=headers.ANSWER)

    @routes.post(
        PATH,
        response_class=Response,
        responses=contract.answers(contract.content("text/plain", "success"), 403, 413),
        openapi_extra=CALLBACK,
    )
    async def receive(request: Request) -> Response:
        try:
            fields = read(envelope, request, await request.body(), time.time())
        except ApiError as error:
            return respond(error.status, error.code)
        account = first(fields, "OpenKfId")
        if first(fields, "Event") == "kf_msg_or_event" and _ACCOUNT.fullmatch(account):
            await ask(account, first(fields, "Token")[:128])
        return Response(b"success", media_type="text/plain", headers=headers.ANSWER)

    return routes
