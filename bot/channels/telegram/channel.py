"""The Telegram channel: updates into the inbox, replies out, over python-telegram-bot.

What it promises. In: an update is confirmed to Telegram (by the next poll's offset, or by
the webhook's 200) only after ``accept`` has committed it, and is stored once however often
it comes, by its ``update_id``. Out: at least once. Telegram has no key by which it would
refuse a repeat, so when it takes a message and the answer to us is lost, the message is
sent again; parts of a long reply that were acknowledged are not.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.exc import DataError, SQLAlchemyError
from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.error import BadRequest, TelegramError

from actions.dialogue.turn import Reply
from bot.channels.pictures import Pictures
from bot.channels.protocol import Surroundings
from bot.channels.telegram.api import Connection, HideToken, delivery_error
from bot.channels.telegram.pace import Pace, Trouble
from bot.channels.telegram.render import Part, absolute, render
from bot.channels.telegram.routes import WEBHOOK_PATH, webhook_router
from bot.channels.telegram.sentences import CHOOSE, COMMANDS, EXPIRED, IMAGE_LINE, TOO_MANY
from bot.channels.telegram.updates import UPDATE_KINDS, Pressed, Said, read_update
from bot.messaging.messages import Incoming, RetryLater, Sender, TooManyWaiting, Undeliverable
from bot.messaging.tables import OutboxMessage
from store.clock import utc_now
from store.database import Database
from store.settings import Settings

log = structlog.get_logger(__name__)

POLL_SECONDS = 25  # Telegram's own ceiling is 50; proxies on the way cut sooner
HALF_SENT_KEPT = 1000
GOODBYE_SECONDS = 2.0
SEND_SECONDS = 45.0  # shorter than the outbox's claim on a reply, or it would go out twice

Accept = Callable[[Incoming], Awaitable[object]]


class TelegramChannel:
    """One bot: polls (or registers a webhook) in a task of its own, and sends.

    Nothing of Telegram's trouble reaches the caller: ``start`` returns at once, and a
    rejected token, a second poller or a lost network is logged once and tried again.
    """

    name = "telegram"

    def __init__(
        self,
        settings: Settings,
        database: Database,
        accept: Accept,
        *,
        pictures: Pictures,
        pace: Pace | None = None,
    ) -> None:
        """Raise ValueError when the settings hold no Telegram token."""
        if settings.telegram_token is None:
            raise ValueError("ZHIDA_TELEGRAM_TOKEN is not set")
        token = settings.telegram_token.get_secret_value()
        self._settings = settings
        self._database = database
        self._accept = accept
        self._pictures = pictures
        self._hide_token = HideToken(token)
        self._hide_token.install()
        self._connection = Connection(token, settings.telegram_api_base)
        self._bot = self._connection.bot
        self._pace = pace or Pace()
        self._trouble = Trouble(self._pace)
        self._offset: int | None = None
        self._task: asyncio.Task[None] | None = None
        self._asides: set[asyncio.Task[None]] = set()
        self._flooding: set[str] = set()
        self._half_sent: dict[int, int] = {}

    @property
    def webhook_secret(self) -> str | None:
        """The secret Telegram sends to the webhook; None when updates are polled."""
        secret = self._settings.telegram_webhook_secret
        if secret is None or not secret.get_secret_value() or not self._settings.public_url:
            return None
        return secret.get_secret_value()

    @property
    def sender(self) -> Sender:
        """Replies are pushed, by the channel itself."""
        return self

    def routes(self) -> APIRouter:
        """Return the webhook's route; it is closed while updates are polled."""
        return webhook_router(self)

    async def start(self) -> None:
        """Begin to receive; a second call does nothing."""
        if self._task is None:
            self._hide_token.install()
            await self._connection.open()
            self._task = asyncio.create_task(self._work(), name="telegram")

    async def stop(self) -> None:
        """Stop receiving and close all connections; what is not confirmed comes again."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None
        if self._asides:
            _, late = await asyncio.wait(self._asides, timeout=GOODBYE_SECONDS)
            for aside in late:
                aside.cancel()
        await self._connection.close()
        self._hide_token.remove()

    # --- receiving ---

    async def _work(self) -> None:
        if self.webhook_secret is not None:
            while not await self._try(self._register_webhook):
                pass
            return
        while not await self._try(self._prepare_polling):
            pass
        while True:
            await self._try(self._poll)

    async def _try(self, step: Callable[[], Awaitable[None]]) -> bool:
        """Run one step; on failure log, wait as long as is fitting and return False."""
        try:
            await step()
        except (TelegramError, SQLAlchemyError) as error:
            wait = self._trouble.after(error)
        except Exception:
            # A bug of ours must not silence the channel for good.
            log.exception("telegram_failure")
            wait = self._trouble.next_wait()
        else:
            self._trouble.over()
            return True
        await asyncio.sleep(wait)
        return False

    async def _register_webhook(self) -> None:
        await self._bot.set_webhook(
            f"{self._settings.public_url}{WEBHOOK_PATH}",
            secret_token=self.webhook_secret,
            allowed_updates=UPDATE_KINDS,
        )
        await self._bot.set_my_commands(COMMANDS)

    async def _prepare_polling(self) -> None:
        await self._bot.delete_webhook()
        await self._bot.set_my_commands(COMMANDS)

    async def _poll(self) -> None:
        updates = await self._bot.get_updates(
            offset=self._offset, timeout=POLL_SECONDS, allowed_updates=UPDATE_KINDS
        )
        for update in updates:
            await self.take(update)
            self._offset = update.update_id + 1

    async def take(self, update: Update) -> None:
        """Store what ``update`` says to us; committed on return."""
        seen = read_update(update)
        key = str(update.update_id)
        try:
            if isinstance(seen, Said):
                await self._store(key, seen.peer, seen.text, seen.payload)
            elif isinstance(seen, Pressed):
                await self._take_press(key, seen)
        except DataError:
            # The database will never take these very values, and everybody waits behind
            # them. Any other error of the database passes on, and the update comes again.
            log.warning("telegram_unstorable", update_id=update.update_id)

    async def _take_press(self, key: str, pressed: Pressed) -> None:
        button = await self._database.run(self._find_button, pressed)
        if pressed.peer is None or button is None:
            self._soon(self._answer(pressed.query_id, EXPIRED))
            return
        await self._store(key, pressed.peer, button["title"], button["payload"])
        self._soon(self._answer(pressed.query_id, None))

    async def _store(self, key: str, peer: str, text: str, payload: str | None) -> None:
        incoming = Incoming(
            channel=self.name,
            key=key,
            peer=peer,
            text=text,
            received_at=utc_now(),
            payload=payload,
        )
        try:
            await self._accept(incoming)
        except TooManyWaiting:
            # Everybody's updates come in one queue: one person's flood must not stop it.
            if peer not in self._flooding:
                self._flooding.add(peer)
                self._soon(self._ask_to_wait(peer))
        else:
            self._flooding.discard(peer)

    def _find_button(self, pressed: Pressed) -> dict[str, str] | None:
        """Return the pressed button as it was sent, if it was sent to this conversation."""
        if pressed.button is None or pressed.peer is None:
            return None
        outbox_id, number = pressed.button
        wanted = select(OutboxMessage.body).where(
            OutboxMessage.id == outbox_id,
            OutboxMessage.conversation_id == f"{self.name}:{pressed.peer}",
        )
        with self._database.read() as session:
            body: dict[str, Any] | None = session.scalar(wanted)
        buttons = (body or {}).get("buttons") or []
        return buttons[number] if number < len(buttons) else None

    def _soon(self, work: Coroutine[None, None, None]) -> None:
        """Do ``work`` in a task, since other people's updates wait."""
        task = asyncio.create_task(work)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    async def _answer(self, query_id: str, text: str | None) -> None:
        """End the button's waiting sign."""
        try:
            await self._bot.answer_callback_query(query_id, text=text)
        except TelegramError as error:
            # Too old, or repeated: the press itself is stored, nothing is lost.
            log.info("telegram_press_not_acknowledged", error=type(error).__name__)

    async def _ask_to_wait(self, peer: str) -> None:
        try:
            await self._bot.send_message(int(peer), TOO_MANY)
        except TelegramError as error:
            log.info("telegram_notice_not_sent", error=type(error).__name__)

    # --- sending ---

    async def send(self, peer: str, outbox_id: int, reply: Reply) -> None:
        """Deliver one reply, in several messages where it is long.

        Raise RetryLater when Telegram or the network cannot take it now, Undeliverable
        when it never will. Called again for the same reply in the same process, it goes
        on where it stopped.
        """
        if not peer.removeprefix("-").isdecimal():
            raise Undeliverable("not a Telegram chat")
        parts = render(reply, outbox_id, self._settings.web_url)
        if not parts:
            log.warning("telegram_empty_reply", outbox_id=outbox_id)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._send_parts(int(peer), outbox_id, parts)
        except TelegramError as error:
            log.info("telegram_not_sent", outbox_id=outbox_id, error=type(error).__name__)
            raise delivery_error(error) from None
        except TimeoutError:
            log.info("telegram_not_sent", outbox_id=outbox_id, error="TimeoutError")
            raise RetryLater from None

    async def _send_parts(self, chat_id: int, outbox_id: int, parts: list[Part]) -> None:
        for number in range(self._half_sent.get(outbox_id, 0), len(parts)):
            await self._send_part(chat_id, parts[number])
            self._remember(outbox_id, number + 1)
        self._half_sent.pop(outbox_id, None)

    def _remember(self, outbox_id: int, parts_sent: int) -> None:
        self._half_sent[outbox_id] = parts_sent
        if len(self._half_sent) > HALF_SENT_KEPT:
            del self._half_sent[next(iter(self._half_sent))]

    async def _send_part(self, chat_id: int, part: Part) -> None:
        if part.photo is None:
            await self._send_text(chat_id, part.text, part.keyboard)
            return
        photo: str | bytes | None = part.photo
        if isinstance(photo, str) and photo.startswith("/"):
            photo = await self._pictures(photo)
        if photo is None or not await self._send_photo(chat_id, photo, part.keyboard):
            await self._send_instead(chat_id, part)

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
    ) -> None:
        await self._bot.send_message(
            chat_id,
            text,
            reply_markup=keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )


def open_channel(surroundings: Surroundings) -> TelegramChannel | None:
    """Open the bot of the settings' token; None where there is none."""
    settings = surroundings.settings
    if not settings.telegram_token:
        return None
    return TelegramChannel(
        settings,
        surroundings.database,
        surroundings.messaging.accept,
        pictures=surroundings.pictures,
    )
