"""The sign that somebody is writing, for as long as an answer is being made."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.messaging.intake import Accepted

log = structlog.get_logger(__name__)

SIGN_SECONDS = 4.0
"""Telegram takes the sign away after five seconds, and when a message of ours comes."""
MOST_SIGNS = 12

Answered = Callable[[Accepted, float], Awaitable[bool]]
"""Waits so many seconds at most for a message's answer; whether it is there."""


async def never(_accepted: Accepted, _seconds: float) -> bool:
    """Know of no answers: the sign is shown once."""
    return True


class Typing:
    """Shows the sign in chats, once in each however many messages wait there."""

    def __init__(self, bot: Bot, answered: Answered) -> None:
        self._bot = bot
        self._answered = answered
        self._chats: dict[int, asyncio.Task[None]] = {}

    def until_answered(self, chat: int, accepted: Accepted) -> None:
        """Show it until a message is answered, a minute at most."""
        if chat not in self._chats:
            task = asyncio.create_task(self._show(chat, accepted))
            self._chats[chat] = task
            task.add_done_callback(lambda _: self._chats.pop(chat, None))

    def stop(self) -> None:
        """Show it nowhere any more."""
        for task in self._chats.values():
            task.cancel()

    async def _show(self, chat: int, accepted: Accepted) -> None:
        for _ in range(MOST_SIGNS):
            try:
                await self._bot.send_chat_action(chat, ChatAction.TYPING)
            except TelegramError as error:
                log.debug("telegram_not_typing", error=type(error).__name__)
            if await self._answered(accepted, SIGN_SECONDS):
                return
