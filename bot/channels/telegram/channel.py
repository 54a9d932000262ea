"""The Telegram channel: updates into the inbox, replies out, over python-telegram-bot.

What it promises. In: an update is confirmed to Telegram (by the next poll's offset, or by
the webhook's 200) only after ``accept`` has committed it, and is stored once however often
it comes, by its ``update_id``. Out: at least once. Telegram has no key by which it would
refuse a repeat, so when it takes a message and the answer to us is lost, the message is
sent again; parts of a long reply that were acknowledged are not.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import timedelta

import structlog
from fastapi import APIRouter
from sqlalchemy.exc import DataError, SQLAlchemyError
from telegram import Update
from telegram.error import TelegramError

from actions.dialogue.turn import Button
from bot.channels.pictures import Pictures
from bot.channels.protocol import Scenes, Surroundings, nowhere
from bot.channels.telegram.api import Connection, HideToken
from bot.channels.telegram.pace import Pace, Trouble
from bot.channels.telegram.routes import WEBHOOK_PATH, webhook_router
from bot.channels.telegram.sending import Replies
from bot.channels.telegram.sentences import COMMANDS, EXPIRED, TOO_MANY
from bot.channels.telegram.shown import Shown
from bot.channels.telegram.typing import Answered, Typing, never
from bot.channels.telegram.updates import UPDATE_KINDS, Pressed, Said, read_update
from bot.messaging.channels import choices, states
from bot.messaging.dispatcher import owner_prefix
from bot.messaging.intake import Accepted
from bot.messaging.messages import Abilities, Incoming, Sender, TooManyWaiting
from store.clock import utc_now
from store.database import Database
from store.settings import Settings

log = structlog.get_logger(__name__)

POLL_SECONDS = 25  # Telegram's own ceiling is 50; proxies on the way cut sooner
GOODBYE_SECONDS = 2.0
TURN, TURN_LASTS = "telegram:poll", timedelta(seconds=2 * POLL_SECONDS)
"""Telegram has updates for one poller; of several processes of ours one is that."""
LOOK_SECONDS = 3.0

Accept = Callable[[Incoming], Awaitable[Accepted]]


class TelegramChannel:
    """One bot: polls (or registers a webhook) in a task of its own, and sends.

    Nothing of Telegram's trouble reaches the caller: ``start`` returns at once, and a
    rejected token, a second poller or a lost network is logged once and tried again.
    """

    name = "telegram"
    abilities = Abilities()

    def __init__(
        self,
        settings: Settings,
        database: Database,
        accept: Accept,
        *,
        pictures: Pictures,
        pace: Pace | None = None,
        scenes: Scenes = nowhere,
        answered: Answered = never,
    ) -> None:
        """Raise ValueError when the settings hold no Telegram token."""
        if settings.telegram_token is None:
            raise ValueError("ZHIDA_TELEGRAM_TOKEN is not set")
        token = settings.telegram_token.get_secret_value()
        self._settings = settings
        self._database = database
        self._accept = accept
        self._scenes = scenes
        self._hide_token = HideToken(token)
        self._hide_token.install()
        self._connection = Connection(token, settings.telegram_api_base)
        self._bot = self._connection.bot
        self._shown = Shown()
        self._typing = Typing(self._bot, answered)
        self.sender: Sender = Replies(self._bot, settings, pictures, self._shown)
        self._pace = pace or Pace()
        self._trouble = Trouble(self._pace)
        self._owner = owner_prefix(settings.port)
        self._offset: int | None = None
        self._task: asyncio.Task[None] | None = None
        self._asides: set[asyncio.Task[None]] = set()
        self._flooding: set[str] = set()

    @property
    def webhook_secret(self) -> str | None:
        """The secret Telegram sends to the webhook; None when updates are polled."""
        secret = self._settings.telegram_webhook_secret
        if secret is None or not secret.get_secret_value() or not self._settings.public_url:
            return None
        return secret.get_secret_value()

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
            await self._give_turn()
        self._typing.stop()
        if self._asides:
            _, late = await asyncio.wait(self._asides, timeout=GOODBYE_SECONDS)
            for aside in late:
                aside.cancel()
        await self._connection.close()
        self._hide_token.remove()

    async def _give_turn(self) -> None:
        with suppress(SQLAlchemyError):  # else it lapses
            await self._database.run(states.give_turn, self._database, TURN, self._owner)

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
        """Fetch what came; while another of ours does, look again soon."""
        if not await self._database.run(self._take_turn):
            await asyncio.sleep(LOOK_SECONDS)
            return
        updates = await self._bot.get_updates(
            offset=self._offset, timeout=POLL_SECONDS, allowed_updates=UPDATE_KINDS
        )
        for update in updates:
            await self.take(update)
            self._offset = update.update_id + 1

    def _take_turn(self) -> bool:
        return states.take_turn(self._database, TURN, self._owner, now=utc_now(), lasts=TURN_LASTS)

    async def take(self, update: Update) -> None:
        """Store what ``update`` says to us; committed on return."""
        seen = read_update(update)
        key = str(update.update_id)
        try:
            if isinstance(seen, Said):
                await self._take_words(key, seen)
            elif isinstance(seen, Pressed):
                await self._take_press(key, seen)
        except DataError:
            # The database will never take these very values, and everybody waits behind
            # them. Any other error of the database passes on, and the update comes again.
            log.warning("telegram_unstorable", update_id=update.update_id)

    async def _take_words(self, key: str, said: Said) -> None:
        # Their words stand below what we showed: nothing above them is changed any more.
        self._shown.below(int(said.peer))
        payload = await self._entrance(said.scene) or said.payload
        await self._store(
            Incoming(
                channel=self.name,
                key=key,
                peer=said.peer,
                text=said.text,
                received_at=utc_now(),
                payload=payload,
                kind=said.kind,
                details=said.details,
            )
        )

    async def _entrance(self, scene: str) -> str | None:
        """Return what somebody is met with who came by a link, None where it says nothing."""
        entrance = await self._database.run(self._scenes, scene) if scene else None
        return None if entrance is None else entrance.payload

    async def _take_press(self, key: str, pressed: Pressed) -> None:
        button = await self._database.run(self._find_button, pressed)
        if pressed.peer is None or button is None:
            self._soon(self._answer(pressed.query_id, EXPIRED))
            return
        arrived = Incoming(self.name, key, pressed.peer, "", received_at=utc_now())
        accepted = await self._store(arrived.pressed(**button))
        if accepted is not None and not accepted.repeated:
            self._shown.press(int(pressed.peer), pressed.message_id, accepted.inbox_id)
        self._soon(self._answer(pressed.query_id, None))

    async def _store(self, incoming: Incoming) -> Accepted | None:
        """Store what came; None where it is too much, and its person is told so."""
        peer = incoming.peer
        try:
            accepted = await self._accept(incoming)
        except TooManyWaiting:
            # Everybody's updates come in one queue: one person's flood must not stop it.
            if peer not in self._flooding:
                self._flooding.add(peer)
                self._soon(self._ask_to_wait(peer))
            return None
        self._flooding.discard(peer)
        if not accepted.repeated:
            self._typing.until_answered(int(peer), accepted)
        return accepted

    def _find_button(self, pressed: Pressed) -> Button | None:
        """Return the pressed button as it was sent, if it was sent to this conversation."""
        if pressed.peer is None:
            return None
        return choices.chosen(self._database, f"{self.name}:{pressed.peer}", pressed.button)

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
        scenes=surroundings.scenes,
        answered=surroundings.messaging.answered_within,
    )
