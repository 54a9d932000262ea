"""From a Telegram update to what messaging takes in; no I/O.

Only private chats are answered. Bookings, applications and cases belong to one person
and hold personal data, which a group would read along; in groups the assistant stays
silent, whoever addresses it.
"""

import re
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.channels.telegram.sentences import ATTACHMENT, ATTACHMENTS
from bot.messaging.messages import Kind

COMMAND_PAYLOADS = {
    "start": '/greet{"reset": "yes"}',
    "help": "/ask_help",
    "book": "/book_window",
    "mine": "/my_bookings",
    "halls": "/hall_status",
    "jobs": "/search_jobs",
    "staff": "/talk_to_staff",
}
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s|$)")
_SCENE = re.compile(r"/start(?:@\w+)? ([A-Za-z0-9_-]{1,64})", re.ASCII)
"""What a link ``t.me/<bot>?start=hall-3`` sends."""

UPDATE_KINDS = ("message", "callback_query")
"""What Telegram is asked for. Edited messages are not: the first wording was answered."""


@dataclass(frozen=True)
class Said:
    """A message a person sent; ``payload`` for the commands the assistant knows.

    ``scene`` is where the link leads to by which they came; ``details`` are a place's numbers.
    """

    peer: str
    text: str
    payload: str | None = None
    kind: Kind = "text"
    scene: str = ""
    details: dict[str, Any] | None = None


@dataclass(frozen=True)
class Pressed:
    """A pressed button; ``button`` is the reference that it was sent with, or whatever came.

    ``message_id`` is the message under which it stands.
    """

    peer: str | None
    query_id: str
    button: str
    message_id: int = 0


def read_update(update: Update) -> Said | Pressed | None:
    """Return what ``update`` says to us; None for what is not for us (groups, edits, notices)."""
    if update.callback_query is not None:
        return _read_query(update.callback_query)
    if update.message is not None and update.message.chat.type == ChatType.PRIVATE:
        return _read_message(update.message)
    return None


def _read_query(query: CallbackQuery) -> Pressed:
    chat = query.message.chat if query.message is not None else None
    private = chat is not None and chat.type == ChatType.PRIVATE
    return Pressed(
        peer=str(chat.id) if chat is not None and private else None,
        query_id=query.id,
        button=query.data or "",
        message_id=0 if query.message is None else query.message.message_id,
    )


def _own_telephone(message: Message) -> str | None:
    """Return the number on a person's own card: it answers when we ask for one."""
    card = message.contact
    sender = message.from_user
    own = card is not None and sender is not None and card.user_id == sender.id
    return card.phone_number if own and card is not None else None


def _read_message(message: Message) -> Said | None:
    peer = str(message.chat.id)
    if message.text is not None:
        command = _COMMAND.match(message.text)
        payload = COMMAND_PAYLOADS.get(command[1].lower()) if command else None
        scene = _SCENE.fullmatch(message.text)
        return Said(peer, message.text, payload, scene=scene[1] if scene else "")
    if (telephone := _own_telephone(message)) is not None:
        return Said(peer, telephone)
    for field, (name, kind) in ATTACHMENTS.items():
        # An empty photo list is how python-telegram-bot says "no photo".
        if getattr(message, field, None):
            words = ATTACHMENT.format(name=name, caption=message.caption or "")
            if kind == "location":
                return _place(peer, message, words)
            return Said(peer, words, kind=kind)
    return None


def _place(peer: str, message: Message, words: str) -> Said:
    """Return a place: what it is called, where it says so, and where it lies."""
    if message.venue is not None:
        words = message.venue.address.strip() or message.venue.title.strip() or words
    at = message.location
    found = None if at is None else {"lat": at.latitude, "lng": at.longitude}
    return Said(peer, words, kind="location", details=found)
