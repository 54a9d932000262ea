"""From a Telegram update to what messaging takes in; no I/O.

Only private chats are answered. Bookings, applications and cases belong to one person
and hold personal data, which a group would read along; in groups the assistant stays
silent, whoever addresses it.
"""

import re
from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType

from bot.channels.telegram.sentences import ATTACHMENT, ATTACHMENTS

COMMAND_PAYLOADS = {"start": '/greet{"reset": "yes"}', "help": "/ask_help"}
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s|$)")
_BUTTON = re.compile(r"([0-9]{1,18}):([0-9]{1,3})", re.ASCII)

MAX_ID = 2**31 - 1
"""The largest outbox id there can be: PostgreSQL refuses to compare with more."""

UPDATE_KINDS = ("message", "callback_query")
"""What Telegram is asked for. Edited messages are not: the first wording was answered."""


@dataclass(frozen=True)
class Said:
    """A message a person sent; ``payload`` for the commands the assistant knows."""

    peer: str
    text: str
    payload: str | None = None


@dataclass(frozen=True)
class Pressed:
    """A pressed button; ``button`` is (outbox id, number of the button), None if unreadable."""

    peer: str | None
    query_id: str
    button: tuple[int, int] | None


def read_update(update: Update) -> Said | Pressed | None:
    """Return what ``update`` says to us; None for what is not for us (groups, edits, notices)."""
    if update.callback_query is not None:
        return _read_query(update.callback_query)
    if update.message is not None and update.message.chat.type == ChatType.PRIVATE:
        return _read_message(update.message)
    return None


def button_data(outbox_id: int, number: int) -> str:
    """Return a button's ``callback_data`` (at most 22 of the 64 bytes allowed)."""
    return f"{outbox_id}:{number}"


def _read_query(query: CallbackQuery) -> Pressed:
    chat = query.message.chat if query.message is not None else None
    private = chat is not None and chat.type == ChatType.PRIVATE
    found = _BUTTON.fullmatch(query.data or "")
    return Pressed(
        peer=str(chat.id) if chat is not None and private else None,
        query_id=query.id,
        button=(int(found[1]), int(found[2])) if found and int(found[1]) <= MAX_ID else None,
    )


def _read_message(message: Message) -> Said | None:
    peer = str(message.chat.id)
    if message.text is not None:
        command = _COMMAND.match(message.text)
        payload = COMMAND_PAYLOADS.get(command[1].lower()) if command else None
        return Said(peer, message.text, payload)
    for field, name in ATTACHMENTS.items():
        # An empty photo list is how python-telegram-bot says "no photo".
        if getattr(message, field, None):
            return Said(peer, ATTACHMENT.format(name=name, caption=message.caption or ""))
    return None
