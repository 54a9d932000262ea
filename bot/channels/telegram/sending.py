"""Sending replies to chats: several messages where one is long, an edit where one has passed."""

import asyncio

import structlog
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, TelegramError

from bot.channels.pictures import Pictures
from bot.channels.telegram.api import delivery_error
from bot.channels.telegram.render import Part, absolute, render
from bot.channels.telegram.sentences import CHOOSE, IMAGE_LINE
from bot.channels.telegram.shown import Shown
from bot.messaging.messages import Delivery, Outgoing, RetryLater, Undeliverable
from store.settings import Settings

log = structlog.get_logger(__name__)

HALF_SENT_KEPT = 1000
SEND_SECONDS = 45.0  # shorter than the outbox's claim on a reply, or it would go out twice
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNCHANGED = "message is not modified"


class Replies:
    """Sends, and remembers which parts of a reply went out."""

    def __init__(self, bot: Bot, settings: Settings, pictures: Pictures, shown: Shown) -> None:
        self._bot = bot
        self._settings = settings
        self._pictures = pictures
        self._shown = shown
        self._half_sent: dict[int, int] = {}

    async def send(self, delivery: Delivery) -> int:
        """Deliver one reply, in several messages where it is long; nobody counts them.

        Raise RetryLater when Telegram or the network cannot take it now, NotNow when its person
        has blocked us, Undeliverable when it never will. Called again for the same reply in the
        same process, it goes on where it stopped.
        """
        peer, (outgoing,) = delivery.peer, delivery.rows
        outbox_id = outgoing.id
        if not peer.removeprefix("-").isdecimal():
            raise Undeliverable("not a Telegram chat")
        parts = render(outgoing.reply, outbox_id, self._settings.web_url)
        if not parts:
            log.warning("telegram_empty_reply", outbox_id=outbox_id)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                if not await self._replace(int(peer), outgoing, parts):
                    await self._send_parts(int(peer), outgoing, parts)
        except TelegramError as error:
            log.info("telegram_not_sent", outbox_id=outbox_id, error=type(error).__name__)
            raise delivery_error(error) from None
        except TimeoutError:
            log.info("telegram_not_sent", outbox_id=outbox_id, error="TimeoutError")
            raise RetryLater from None
        return 0

    async def _replace(self, chat_id: int, outgoing: Outgoing, parts: list[Part]) -> bool:
        """Put the answer to a press in the place of what was pressed, if it is its next state."""
        at = self._shown.replaced_by(chat_id, outgoing.answers, outgoing.reply)
        if at is None or len(parts) != 1 or parts[0].photo is not None:
            return False
        try:
            await self._bot.edit_message_text(
                parts[0].text,
                chat_id=chat_id,
                message_id=at,
                reply_markup=parts[0].keyboard,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            if UNCHANGED not in error.message:
                # Deleted by its person, or too old: the answer is not lost by that.
                log.info("telegram_not_edited", reason=error.message)
                return False
        self._shown.show(chat_id, at, outgoing.reply)
        return True

    async def _send_parts(self, chat_id: int, outgoing: Outgoing, parts: list[Part]) -> None:
        for number in range(self._half_sent.get(outgoing.id, 0), len(parts)):
            self._shown.below(chat_id)
            message_id = await self._send_part(chat_id, parts[number])
            self._remember(outgoing.id, number + 1)
            if message_id is not None and parts[number].photo is None and len(parts) == 1:
                self._shown.show(chat_id, message_id, outgoing.reply)
        self._half_sent.pop(outgoing.id, None)

    def _remember(self, outbox_id: int, parts_sent: int) -> None:
        self._half_sent[outbox_id] = parts_sent
        if len(self._half_sent) > HALF_SENT_KEPT:
            del self._half_sent[next(iter(self._half_sent))]

    async def _send_part(self, chat_id: int, part: Part) -> int | None:
        """Send one message; return its number where it is a text."""
        if part.photo is None:
            return await self._send_text(chat_id, part.text, part.keyboard)
        photo: str | bytes | None = part.photo
        if isinstance(photo, str) and photo.startswith("/"):
            photo = await self._pictures(photo)
        if photo is None or not await self._send_photo(chat_id, photo, part.keyboard):
            await self._send_instead(chat_id, part)
        return None

    async def _send_photo(
        self, chat_id: int, photo: str | bytes, keyboard: InlineKeyboardMarkup | None
    ) -> bool:
        """Send a picture; False when it was refused, or Telegram could not fetch it."""
        try:
            await self._bot.send_photo(chat_id, photo, reply_markup=keyboard)
        except BadRequest as error:
            # The chat may be fine.
            log.warning("telegram_picture_refused", reason=error.message)
            return False
        return True

    async def _send_instead(self, chat_id: int, part: Part) -> None:
        """Send what remains of a picture that could not be sent: the way to it, its buttons."""
        if isinstance(part.photo, str):
            link = absolute(part.photo, self._settings.web_url)
            await self._send_text(chat_id, IMAGE_LINE.format(url=link), part.keyboard)
        elif part.keyboard is not None:
            await self._send_text(chat_id, CHOOSE, part.keyboard)

    async def _send_text(
        self, chat_id: int, text: str, keyboard: InlineKeyboardMarkup | None
    ) -> int:
        sent = await self._bot.send_message(
            chat_id, text, reply_markup=keyboard, link_preview_options=NO_PREVIEW
        )
        return sent.message_id
