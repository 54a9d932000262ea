"""``/channels/wechat``: the address that the platform posts to, and first of all asks.

200 only after the message is stored. What is not the platform's is refused with 403, whatever is
wrong with it. Once a key is set nothing is read but what the envelope holds: the signature of a
request in clear does not cover its body.
"""

import secrets
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot import contract, headers
from bot.channels.callbacks.envelope import BadEnvelope, Envelope, same, signature_of
from bot.channels.callbacks.fields import MAX_BYTES, BadXml, Fields, first, read_fields
from bot.channels.wechat import passive
from bot.errors import ApiError, respond
from store.clock import utc_now

PATH = "/channels/wechat"
NOTHING = b"success"
MAX_AGE_SECONDS = 600
ANSWER_WITHIN = timedelta(seconds=4.2)
"""The platform waits five seconds; what is ready by then goes out in the response."""

Take = Callable[[Fields, datetime], Awaitable[str]]
_QUERY = ("signature", "timestamp", "nonce")
DESCRIBED = {
    "parameters": [
        {"name": name, "in": "query", "required": True, "schema": {"type": "string"}}
        for name in _QUERY
    ]
}
CALLBACK = {
    **DESCRIBED,
    "requestBody": {"required": True, "content": {"text/xml": {"schema": {"type": "string"}}}},
}


class Door:
    """Tells the platform from others, and reads what it says."""

    def __init__(self, token: str, envelope: Envelope | None) -> None:
        self._token = token
        self.envelope = envelope

    def check(self, request: Request, now: float) -> None:
        """Raise ApiError unless the request's query was signed by the platform, lately."""
        query = request.query_params
        signed = signature_of(self._token, query.get("timestamp", ""), query.get("nonce", ""))
        if not same(signed, query.get("signature", "")):
            raise ApiError(403, "bad_signature")
        check_age(query.get("timestamp", ""), now)

    def read(self, request: Request, body: bytes, now: float) -> Fields:
        """Return what the platform says; raise ApiError for anything else."""
        if len(body) > MAX_BYTES:
            raise ApiError(413, "body_too_large")
        if self.envelope is None:
            self.check(request, now)
        try:
            fields = read_fields(body)
            if self.envelope is not None:
                fields = read_fields(self._opened(request, fields))
                check_age(request.query_params.get("timestamp", ""), now)
        except (BadXml, BadEnvelope) as error:
            raise ApiError(403, "bad_signature") from error
        return fields

    def _opened(self, request: Request, fields: Fields) -> bytes:
        query = request.query_params
        if self.envelope is None:
            raise BadEnvelope("no key")
        return self.envelope.open(
            first(fields, "Encrypt"),
            timestamp=query.get("timestamp", ""),
            nonce=query.get("nonce", ""),
            signature=query.get("msg_signature", ""),
        )

    def answer(self, fields: Fields, text: str, now: float) -> bytes:
        """Return a text as the response to what was said; ``success`` where there is none."""
        if not text:
            return NOTHING
        created = int(now)
        to, sender = first(fields, "FromUserName"), first(fields, "ToUserName")
        clear = passive.text_message(to, sender, created, text)
        if self.envelope is None:
            return clear
        stamp, nonce = str(created), secrets.token_hex(8)
        sealed, signature = self.envelope.seal(clear, timestamp=stamp, nonce=nonce)
        return passive.sealed_message(sealed, signature, stamp, nonce)


def check_age(timestamp: str, now: float) -> None:
    """Raise ApiError for a stamp that is none, or not of these minutes."""
    readable = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12
    if not readable or abs(now - int(timestamp)) > MAX_AGE_SECONDS:
        raise ApiError(403, "stale_timestamp")


def router(door: Door, take: Take) -> APIRouter:
    """Return the routes; ``take`` stores what is said and returns the answer, if it is ready."""
    routes = APIRouter()

    @routes.get(
        PATH,
        response_class=Response,
        responses=contract.answers(contract.content("text/plain", "What was asked back"), 403),
        openapi_extra=DESCRIBED,
    )
    async def verify(request: Request) -> Response:
        door.check(request, time.time())
        echo = request.query_params.get("echostr", "")
        return Response(echo, media_type="text/plain", headers=headers.ANSWER)

    @routes.post(
        PATH,
        response_class=Response,
        responses=contract.answers(
            contract.content("text/xml", "The answer, or success"), 403, 413
        ),
        openapi_extra=CALLBACK,
    )
    async def receive(request: Request) -> Response:
        answer_by = utc_now() + ANSWER_WITHIN
        try:
            fields = door.read(request, await request.body(), time.time())
        except ApiError as error:
            return respond(error.status, error.code)
        text = await take(fields, answer_by)
        answer = door.answer(fields, text, time.time())
        return Response(answer, media_type="text/xml", headers=headers.ANSWER)

    return routes
