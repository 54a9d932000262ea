"""A chat over HTTP (DESIGN section 4), as web and bridge have it: messages in, replies fetched."""

import hashlib
import secrets
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from actions.dialogue.values import Values
from bot.errors import ApiError, too_many
from bot.messaging import repeats
from bot.messaging.messages import Incoming, TooManyWaiting
from bot.messaging.payloads import BadPayload, read_payload
from bot.messaging.service import Messaging
from bot.messaging.transcripts import TranscriptLine, mode_of
from store.clock import to_shanghai, utc_now
from store.database import Database

MAX_CONVERSATION = 128
MIN_CONVERSATION = 20
MIN_STEPS = 5
"""Different steps from one character of an id to the next: aaaa… has one, 1234567890… two."""
MAX_MESSAGE_ID = 200
MAX_TEXT = 4000
MAX_WAIT_SECONDS = 30.0

_STATUSES = {repeats.STATUS: "done"}
"""Nothing more comes to what repeats another message."""

NOT_READ: dict[str, Any] = {
    "intent": None,
    "confidence": 0.0,
    "entities": [],
    "commands": [],
    "danger": None,
}
"""The reading of a message that was not read: a person answers, or the answer is pending."""


class MessageIn(BaseModel):
    """A message as a client sends it."""

    model_config = ConfigDict(extra="ignore")

    conversation: str = Field(
        min_length=1,
        json_schema_extra={"minLength": MIN_CONVERSATION, "maxLength": MAX_CONVERSATION},
    )
    text: str = Field("", json_schema_extra={"maxLength": MAX_TEXT})
    message_id: str | None = Field(None, json_schema_extra={"maxLength": MAX_MESSAGE_ID})
    payload: str | None = None


def check_conversation(conversation: str, field: str = "conversation") -> None:
    """Raise ApiError where a conversation can have no such id; ``field`` brought it."""
    if len(conversation) > MAX_CONVERSATION:
        raise ApiError(422, "conversation_too_long", field)
    if not conversation.isprintable():
        raise ApiError(422, "invalid_field", field)


def check_unguessable(conversation: str) -> None:
    """Raise ApiError where others could hit upon the id: whoever knows it is that person.

    20 random characters have more steps than are asked for, even where they are all digits.
    """
    steps = {ord(b) - ord(a) for a, b in pairwise(conversation)}
    if len(conversation) < MIN_CONVERSATION or len(steps) < MIN_STEPS:
        raise ApiError(422, "weak_conversation_id", "conversation")


def check(message: MessageIn, intents: frozenset[str], declared: Values) -> None:
    """Raise ApiError where a message is not one that a person or a client may send."""
    check_conversation(message.conversation)
    if message.message_id is not None:
        if len(message.message_id) > MAX_MESSAGE_ID:
            raise ApiError(422, "message_id_too_long", "message_id")
        if not message.message_id.isprintable():
            raise ApiError(422, "invalid_field", "message_id")
    if len(message.text) > MAX_TEXT:
        raise ApiError(422, "text_too_long", "text")
    if message.payload is None:
        if not message.text.strip():
            raise ApiError(422, "empty_text", "text")
        return
    try:
        read_payload(message.payload, intents, declared)
    except BadPayload as error:
        raise ApiError(422, "bad_payload", "payload") from error


def incoming(message: MessageIn, channel: str, message_id: str) -> Incoming:
    """Return the message as messaging takes it.

    The key binds the client's message id to its conversation and is short whatever they are.
    """
    bound = f"{message.conversation}\0{message_id}".encode(errors="replace")
    return Incoming(
        channel=channel,
        key=hashlib.sha256(bound).hexdigest(),
        peer=message.conversation,
        text=message.text,
        received_at=utc_now(),
        payload=message.payload,
        message_id=message_id,
        kind="text" if message.payload is None else "choice",
    )


async def converse(
    messaging: Messaging, database: Database, message: MessageIn, *, channel: str, wait: float
) -> dict[str, Any]:
    """Take one message through messaging and return the body of the response."""
    check(message, messaging.intents, messaging.values)
    message_id = message.message_id or secrets.token_urlsafe(12)
    arrived = incoming(message, channel, message_id)
    try:
        accepted = await messaging.accept(arrived)
    except TooManyWaiting as error:
        raise too_many("too_many_messages", error.seconds) from error
    done = await messaging.answer(accepted, wait=wait)
    body = {"conversation": message.conversation, "message_id": message_id}
    if done is None:
        notice = await messaging.notice(accepted)
        # Answered in this very moment: the outcome is there now.
        done = None if notice else await messaging.answer(accepted, wait=1)
        if done is None:
            mode = await database.run(mode_of, database, arrived.conversation_id)
            return {**body, "replies": [notice] if notice else [], "nlu": NOT_READ, "mode": mode}
    return {**body, "replies": list(done.replies), "nlu": done.nlu or NOT_READ, "mode": done.mode}


async def history(
    messaging: Messaging, database: Database, conversation_id: str, after: int | None, wait: float
) -> dict[str, Any]:
    """Return the whole conversation, or only replies newer than ``after``."""
    if after is None:
        lines = await messaging.history(conversation_id)
    else:
        lines = await messaging.news.after(conversation_id, after, wait=wait)
    mode = await database.run(mode_of, database, conversation_id)
    ids = [line.id for line in lines if line.author != "user"]
    return {
        "conversation": conversation_id.partition(":")[2],
        "mode": mode or "bot",
        "messages": [_message(line) for line in lines],
        "next": max(ids, default=after or 0),
    }


def _message(line: TranscriptLine) -> dict[str, Any]:
    reply: Mapping[str, Any] = line.reply or {}
    return {
        "id": None if line.author == "user" else line.id,
        "author": line.author,
        "text": line.text,
        "buttons": reply.get("buttons", []),
        "image": reply.get("image"),
        "data": reply.get("data"),
        "at": to_shanghai(line.at).isoformat(),
        "message_id": line.message_id,
        "status": _STATUSES.get(line.status, line.status) if line.author == "user" else None,
        "staff_name": line.staff_name,
    }
