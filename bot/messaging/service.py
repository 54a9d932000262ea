"""Messaging as channels see it: hand a message in, wait for its answer, be told of news."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from actions.dialogue.turn import Button, Reply
from actions.dialogue.values import Values
from bot.limits.rates import Buckets, Rate
from bot.messaging import answers, intake, sentences
from bot.messaging.answers import Finished
from bot.messaging.channels import allowance, choices, consents, places
from bot.messaging.channels.carrying import carry
from bot.messaging.channels.troubles import Troubles
from bot.messaging.dispatcher import Dispatcher
from bot.messaging.intake import Accepted
from bot.messaging.leases import ClaimedMessage
from bot.messaging.messages import Abilities, Incoming, Outgoing, Sender, TooManyWaiting
from bot.messaging.news import News
from bot.messaging.outbox import OutboxWorker
from bot.messaging.rasa import RasaClient
from bot.messaging.transcripts import TranscriptLine, mode_of, transcript
from language.geography.package import seats_file
from store.clock import utc_now
from store.database import Database
from store.failures import is_outage
from store.settings import Settings
from store.vault.vault import Vault

RECHECK_SECONDS = 1.0
"""How often a waiting request looks into the database: another replica may have answered."""

MAX_WAITING = 20
"""Unanswered messages that one conversation may have before more are refused."""

WAITING_SECONDS = 5.0
"""When to ask again then."""


class Messaging:
    """Accepts messages durably, has them answered in order, and tells who waits.

    ``intents`` are those that a button may name, ``values`` what it may carry. ``gave_up``
    blocks: it is called with a message that cannot be answered, sees to it that somebody learns
    of it, and returns what the person is told. ``pulled`` names the registered channels whose
    replies are fetched.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        *,
        intents: Iterable[str],
        values: Values,
        gave_up: Callable[[ClaimedMessage], Reply],
    ) -> None:
        self._database = database
        self._vault = Vault.over(database, settings)
        self._seats = seats_file(settings)
        self._senders: dict[str, Sender] = {}
        self.abilities: dict[str, Abilities] = {}
        self.pulled: set[str] = set()
        self.rasa = RasaClient(settings)
        self.intents = frozenset(intents)
        self.values = values
        self._dispatcher = Dispatcher(
            database,
            self.rasa,
            port=settings.port,
            notice_after=settings.reply_wait_seconds,
            finished=self._finished,
            gave_up=gave_up,
            intents=self.intents,
            values=values,
            pulled=self.pulled,
        )
        self._answers: dict[int, list[asyncio.Future[Finished]]] = defaultdict(list)
        self.news = News(database, self._vault)
        self._waiting: Counter[str] = Counter()
        self._pace = Buckets(Rate.of(settings.limit_messages))
        self._outboxes: list[OutboxWorker] = []
        self.troubles = Troubles(database)
        self.answered: Counter[str] = Counter()

    def register(
        self, channel: str, sender: Sender | None, abilities: Abilities | None = None
    ) -> None:
        """Make a channel known before the start; one without a sender is read from.

        Raises ValueError where it is known already.
        """
        if channel in self.abilities:
            raise ValueError(f"channel {channel!r} is registered twice")
        self.abilities[channel] = abilities or Abilities(pushes=sender is not None)
        if sender is None:
            self.pulled.add(channel)
        else:
            self._senders[channel] = sender

    async def start(self) -> None:
        """Begin to answer, and to send through the registered channels."""
        self._outboxes = [
            OutboxWorker(
                self._database,
                channel,
                sender,
                self._vault,
                counted=self.abilities[channel].counted,
                trouble=self.troubles.noter(channel),
            )
            for channel, sender in self._senders.items()
        ]
        for outbox in self._outboxes:
            await outbox.start()
        await self.news.start()
        await self._dispatcher.start()

    async def stop(self) -> None:
        """Stop cleanly; what is unanswered or unsent stays stored."""
        await self._dispatcher.stop()
        await self.news.stop()
        for outbox in self._outboxes:
            await outbox.stop()
        await self.troubles.stop()
        await self.rasa.close()

    async def accept(self, incoming: Incoming) -> Accepted:
        """Store one message; it is safe when this returns.

        What comes too fast is answered later where the channel cannot be told to wait: it has
        acknowledged. Raises TooManyWaiting.
        """
        incoming = await self._as_choice(await self._in_words(incoming))
        conversation_id = incoming.conversation_id
        if self._waiting[conversation_id] >= MAX_WAITING:
            await self._recount(conversation_id)
        told = incoming.channel in self.pulled
        wait = self._pace.take(conversation_id, owing=not told)
        if wait and told:
            raise TooManyWaiting(conversation_id, wait)
        accepted = await self._database.run(
            intake.accept, self._database, incoming, self._vault, timedelta(seconds=wait)
        )
        if not accepted.repeated:
            self._waiting[conversation_id] += 1
        else:
            self._pace.give_back(conversation_id)
        self._dispatcher.wake(conversation_id)
        return accepted

    async def _in_words(self, incoming: Incoming) -> Incoming:
        """Return a place as the words for it."""
        if incoming.kind != "location":
            return incoming
        return await asyncio.to_thread(places.in_words, incoming, self._seats)

    async def _as_choice(self, incoming: Incoming) -> Incoming:
        """Return a typed number as the choice it is, where a channel has no buttons to press."""
        abilities = self.abilities.get(incoming.channel)
        typed = incoming.kind == "text" and incoming.payload is None
        if abilities is None or abilities.buttons != "numbered" or not typed:
            return incoming
        button = await self.typed_choice(incoming.conversation_id, incoming.text)
        return incoming if button is None else incoming.pressed(incoming.text, button["payload"])

    async def typed_choice(self, conversation_id: str, text: str) -> Button | None:
        """Return the last shown button whose number, or title, is typed."""
        return await self._database.run(choices.typed, self._database, conversation_id, text)

    async def choice(self, conversation_id: str, reference: str) -> Button | None:
        """Return the button that a messenger names, if it was shown in this conversation."""
        return await self._database.run(choices.chosen, self._database, conversation_id, reference)

    async def accept_all(
        self,
        arrived: Sequence[Incoming],
        also: Callable[[Session], bool],
        then: Callable[[Session], None],
    ) -> list[Accepted]:
        """Store what arrived together; see ``intake.accept_all``."""
        arrived = [await self._in_words(incoming) for incoming in arrived]
        accepted = await self._database.run(
            intake.accept_all, self._database, arrived, self._vault, also, then
        )
        for incoming, stored in zip(arrived, accepted, strict=False):
            if not stored.repeated:
                self._waiting[incoming.conversation_id] += 1
            self._dispatcher.wake(incoming.conversation_id)
        return accepted

    async def lose(self, conversation_id: str, why: str) -> None:
        """Note that a person cannot be reached until they act again."""

        def note() -> None:
            with self._database.write() as session:
                allowance.close(session, conversation_id, None, lost=why)
                session.commit()

        await self._database.run(note)

    async def consent(self, conversation_id: str, sorts: Mapping[str, bool], key: str) -> None:
        """Note by sort that a person agreed to notices, or withdrew; ``key`` names the act."""

        def note() -> None:
            with self._database.write() as session:
                for sort, agreed in sorts.items():
                    consents.answer(session, conversation_id, sort, agreed=agreed, key=key)
                session.commit()

        await self._database.run(note)

    async def carry(self, accepted: Accepted, incoming: Incoming) -> tuple[Outgoing, ...]:
        """Return what the open request of a message carries, once the answer is there.

        Nothing where it is not there by ``answer_by``, or has gone out otherwise: then the
        channel's sender brings it. What repeats another message is not answered by itself.
        """
        if accepted.repeated and not accepted.redelivered:
            return ()
        left = timedelta() if incoming.answer_by is None else incoming.answer_by - utc_now()
        if await self.answer(accepted, wait=max(left.total_seconds(), 0.0)) is None:
            return ()
        return await self._database.run(
            lambda: carry(
                self._database,
                self._vault,
                incoming.conversation_id,
                accepted.inbox_id,
                now=utc_now(),
            )
        )

    async def history(self, conversation_id: str) -> list[TranscriptLine]:
        """Return a conversation as its person reads it."""
        return await self._database.run(
            partial(transcript, self._database, conversation_id, vault=self._vault)
        )

    async def knows(self, conversation_id: str) -> bool:
        """Whether anything was ever said in a conversation."""
        return self._pace.knows(conversation_id) or bool(
            await self._database.run(mode_of, self._database, conversation_id)
        )

    async def _recount(self, conversation_id: str) -> None:
        """Refuse more messages if so many are really open: a replica may have answered some."""
        count = await self._database.run(intake.count_pending, self._database, conversation_id)
        self._waiting[conversation_id] = count
        if count >= MAX_WAITING:
            raise TooManyWaiting(conversation_id, WAITING_SECONDS)

    async def answer(self, accepted: Accepted, *, wait: float) -> Finished | None:
        """Return the message's outcome as its person reads it; None when still open.

        It waits up to ``wait`` seconds.
        """
        done = await self._awaited(accepted, wait)
        if done is None or not done.hands_over:
            return done
        return await self._database.run(answers.as_told, self._database, self._vault, done)

    async def _awaited(self, accepted: Accepted, wait: float) -> Finished | None:
        future: asyncio.Future[Finished] = asyncio.get_running_loop().create_future()
        self._answers[accepted.inbox_id].append(future)
        try:
            if accepted.repeated and (done := await self._outcome(accepted.inbox_id)):
                return done
            return await self._await(future, accepted.inbox_id, wait)
        finally:
            self._answers[accepted.inbox_id].remove(future)
            if not self._answers[accepted.inbox_id]:
                del self._answers[accepted.inbox_id]

    async def answered_within(self, accepted: Accepted, seconds: float) -> bool:
        """Whether a message is answered, after so many seconds at most."""
        return await self.answer(accepted, wait=seconds) is not None

    async def _await(
        self, future: asyncio.Future[Finished], inbox_id: int, wait: float
    ) -> Finished | None:
        deadline = asyncio.get_running_loop().time() + wait
        while (left := deadline - asyncio.get_running_loop().time()) > 0:
            done, _ = await asyncio.wait([future], timeout=min(left, RECHECK_SECONDS))
            if done:
                return future.result()
            if found := await self._outcome(inbox_id):
                return found
        return None

    async def _outcome(self, inbox_id: int) -> Finished | None:
        return await self._database.run(answers.outcome, self._database, inbox_id)

    async def notice(self, accepted: Accepted) -> Reply | None:
        """Store and return the notice that an answer takes longer; None when it is there.

        None also where nothing can be stored just now: the message is, and an error would have
        it sent again.
        """
        try:
            return await self._database.run(
                lambda: answers.give_notice(
                    self._database,
                    accepted.inbox_id,
                    sentences.pending(),
                    now=utc_now(),
                    pulled=self.pulled,
                )
            )
        except DBAPIError as error:
            if not is_outage(error):
                raise
            return None

    def _finished(self, message: ClaimedMessage, done: Finished) -> None:
        self.answered[message.channel] += 1
        self._waiting[message.conversation_id] -= 1
        if self._waiting[message.conversation_id] <= 0:
            del self._waiting[message.conversation_id]
        for answer in self._answers.get(message.inbox_id, ()):
            if not answer.done():
                answer.set_result(done)
        self.told(message.conversation_id)

    def told(self, conversation_id: str) -> None:
        """Bring what was just said in a conversation to the person at once."""
        self.news.tell(conversation_id)
        if conversation_id.partition(":")[0] not in self.pulled:
            for outbox in self._outboxes:
                outbox.wake()
