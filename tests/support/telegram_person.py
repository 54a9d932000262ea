"""A person on Telegram, in front of an assistant that the stand-in Bot API server is given to."""

import itertools
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from bot.messaging.tables import InboxMessage, OutboxMessage
from bot.messaging.transcripts import transcript
from store.database import Database
from tests.support.bot_api import BotApi, Sent

PATIENCE = 60.0
CHATS = itertools.count(700_001)
"""Numbers of private chats that nobody has used yet."""


class Person:
    """One person's hands on Telegram, and a look at what the assistant stored of them."""

    def __init__(self, api: BotApi, database: Database) -> None:
        self.api = api
        self.database = database
        self.chat = next(CHATS)
        self.conversation = f"telegram:{self.chat}"

    def says(self, text: str) -> list[Sent]:
        """Write a text; return the answer's messages."""
        return self._does(lambda: self.api.say(self.chat, text))

    def shows(self, **content: object) -> list[Sent]:
        """Send something that is not text; return the answer's messages."""
        return self._does(lambda: self.api.show(self.chat, **content))

    def taps(self, title: str) -> list[Sent]:
        """Press the newest button of this title; return what is new or has changed then."""
        return self._does(lambda: self.api.tap(self.chat, title))

    def _does(self, act: Callable[[], dict[str, Any]]) -> list[Sent]:
        seen = self.api.sent(self.chat)
        self._wait_done(act()["update_id"])
        return [message for message in self.api.sent(self.chat) if message not in seen]

    def kinds(self) -> list[str]:
        """Return the ``data.kind`` of all answers so far, oldest first."""
        lines = transcript(self.database, self.conversation)
        return [str(line.data["kind"]) for line in lines if line.data]

    def _wait_done(self, update_id: int) -> None:
        self.api.wait_for(lambda: self._is_done(update_id), PATIENCE)

    def _is_done(self, update_id: int) -> bool:
        """Whether the update was taken, and nothing waits to be answered or to be sent.

        A tap that repeats another is answered by that one's answer.
        """
        taken = select(InboxMessage.id).where(
            InboxMessage.channel == "telegram", InboxMessage.key == str(update_id)
        )
        unanswered = select(InboxMessage.id).where(
            InboxMessage.conversation_id == self.conversation, InboxMessage.status == "pending"
        )
        unsent = select(OutboxMessage.id).where(
            OutboxMessage.conversation_id == self.conversation, OutboxMessage.status == "pending"
        )
        with self.database.read() as session:
            if session.scalar(taken) is None:
                return False
            return all(session.scalar(each.limit(1)) is None for each in (unanswered, unsent))
