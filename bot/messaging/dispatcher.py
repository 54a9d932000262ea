"""Works the inbox: one conversation at a time in order, many conversations side by side."""

import asyncio
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog

from actions.dialogue.turn import Reply
from actions.dialogue.values import Values
from bot.messaging import answers, leases, sentences
from bot.messaging.answers import Finished
from bot.messaging.channels.places import WORDLESS
from bot.messaging.gate import sent_span
from bot.messaging.leases import ClaimedMessage
from bot.messaging.loops import forever
from bot.messaging.outbox_rows import Pulled
from bot.messaging.payloads import BadPayload, read_payload
from bot.messaging.rasa import RasaAnswer, RasaClient, ServiceDown, TurnBroken, TurnFailed
from language.text import Normalised, is_wordless, normalise
from store.clock import utc_now
from store.database import Database
from store.failures import in_one_line, is_outage
from store.vault.vault import Shift

log = structlog.get_logger(__name__)

SIDE_BY_SIDE = 32
POLL_SECONDS = 1.0
HEARTBEAT_SECONDS = 3.0
MAX_ATTEMPTS = 5
PATIENCE = timedelta(seconds=60)
"""After so many failures and so long, with both servers up, a person is asked to look."""


def owner_prefix(port: int) -> str:
    """Name of whoever serves ``port`` on this host: there is only one at a time."""
    return f"{socket.gethostname()}:{port}:"


class Dispatcher:
    """Claims conversations, asks Rasa, stores the replies; safe to kill at any moment."""

    def __init__(
        self,
        database: Database,
        rasa: RasaClient,
        *,
        port: int,
        notice_after: float,
        finished: Callable[[ClaimedMessage, Finished], None],
        gave_up: Callable[[ClaimedMessage], Reply],
        intents: frozenset[str],
        values: Values,
        pulled: Pulled,
    ) -> None:
        self._database = database
        self._rasa = rasa
        self._prefix = owner_prefix(port)
        self._owner = f"{self._prefix}{os.getpid()}:{secrets.token_hex(4)}"
        self._notice_after = timedelta(seconds=notice_after)
        self._finished = finished
        self._gave_up = gave_up
        self._intents = intents
        self._values = values
        self._pulled = pulled
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)
        self._working: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._loops: list[asyncio.Task[None]] = []
        self._stopping = False

    async def start(self) -> None:
        """Free what a killed predecessor on our port held, then begin to work."""
        await self._database.run(leases.release, self._database, self._prefix)
        self._loops = [
            asyncio.create_task(forever(self._poll, POLL_SECONDS)),
            asyncio.create_task(forever(self._renew, HEARTBEAT_SECONDS)),
        ]

    async def stop(self) -> None:
        """Finish the turns under way (bounded by their time-outs) and stop."""
        self._stopping = True
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        if self._working:
            _, late = await asyncio.wait(self._working.values(), timeout=5)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._database.run(leases.release, self._database, self._owner)

    def wake(self, conversation_id: str) -> None:
        """Look at a conversation now: something arrived in it."""
        if self._stopping:
            return
        if conversation_id in self._working:
            self._again.add(conversation_id)
            return
        task = asyncio.create_task(self._work(conversation_id))
        self._working[conversation_id] = task
        task.add_done_callback(lambda done: self._worked(conversation_id, done))

    def _worked(self, conversation_id: str, task: asyncio.Task[None]) -> None:
        del self._working[conversation_id]
        # Whatever it is, the message stays pending; the poll takes it up again.
        error = None if task.cancelled() else task.exception()
        if error is not None and is_outage(error):
            log.warning("conversation waits", reason=in_one_line(error))
        elif error is not None:
            log.error("conversation failed", exc_info=error)
        if conversation_id in self._again:
            self._again.discard(conversation_id)
            self.wake(conversation_id)

    async def _poll(self) -> None:
        waiting = await self._database.run(
            lambda: leases.waiting_conversations(self._database, now=utc_now())
        )
        for conversation_id in waiting:
            self.wake(conversation_id)

    async def _renew(self) -> None:
        if working := list(self._working):
            await self._database.run(
                lambda: leases.renew(self._database, self._owner, working, now=utc_now())
            )

    async def _work(self, conversation_id: str) -> None:
        async with self._slots:
            message = await self._database.run(
                lambda: leases.claim(self._database, conversation_id, self._owner, now=utc_now())
            )
            while message is not None:
                message = await self._take(message)

    async def _take(self, message: ClaimedMessage) -> ClaimedMessage | None:
        """Handle one message; return the next one of its conversation."""
        if message.mode == "staff":
            return await self._finish(message, (), None)
        if (unread := _unread(message)) is not None:
            return await self._finish(message, (unread,), None)
        try:
            answer, text = await self._ask(message)
        except ServiceDown as error:
            log.warning("service down", service=str(error), inbox_id=message.inbox_id)
            await self._postpone(message, message.attempts)
            return None
        except TurnBroken as error:
            # The servers' logs have the traceback; trying again would say the same.
            log.error("turn broken", reason=str(error), inbox_id=message.inbox_id)  # noqa: TRY400
            return await self._finish(message, (sentences.broken(),), None, status="failed")
        except TurnFailed as error:
            log.exception("turn failed", reason=str(error), inbox_id=message.inbox_id)
            hopeless = utc_now() - message.received_at >= PATIENCE
            if hopeless and message.attempts + 1 >= MAX_ATTEMPTS:
                return await self._give_up(message)
            await self._postpone(message, message.attempts + 1)
            return None
        return await self._finish(message, answer.replies, _as_sent(answer, text, message.shifts))

    async def _ask(self, message: ClaimedMessage) -> tuple[RasaAnswer, Normalised | None]:
        text, normalised = self._reading(message)
        waited = round((utc_now() - message.received_at).total_seconds(), 3)
        answer = await self._rasa.turn(
            sender=message.conversation_id,
            text=text,
            message_id=str(message.inbox_id),
            received_at=message.received_at,
            channel=message.channel,
        )
        took = {"waited": waited, **answer.nlu.get("took", {})}
        return replace(answer, nlu={**answer.nlu, "took": took}), normalised

    def _reading(self, message: ClaimedMessage) -> tuple[str, Normalised | None]:
        if message.payload is not None:
            try:
                return read_payload(message.payload, self._intents, self._values), None
            except BadPayload:
                # Channels check payloads; one stored by an older release may be gone.
                log.warning("stale payload", inbox_id=message.inbox_id)
        if is_wordless(message.text) or WORDLESS.fullmatch(message.text):
            return "/out_of_scope", None
        normalised = normalise(message.text)
        return normalised.text, normalised

    async def _finish(
        self,
        message: ClaimedMessage,
        replies: tuple[Reply, ...],
        nlu: dict[str, object] | None,
        status: str = "done",
    ) -> ClaimedMessage | None:
        result = await self._database.run(
            lambda: answers.finish(
                self._database,
                message,
                self._owner,
                replies=replies,
                nlu=nlu,
                now=utc_now(),
                pulled=self._pulled,
                status=status,
            )
        )
        if result is None:
            log.warning("lease lost", inbox_id=message.inbox_id)
            return None
        done, following = result
        self._finished(message, done)
        return following

    async def _postpone(self, message: ClaimedMessage, attempts: int) -> None:
        now = utc_now()
        delay = retry_delay(now - message.received_at)
        if now - message.received_at >= self._notice_after:
            await self._database.run(
                lambda: answers.give_notice(
                    self._database,
                    message.inbox_id,
                    sentences.pending(),
                    now=now,
                    pulled=self._pulled,
                )
            )
        await self._database.run(
            lambda: leases.postpone(
                self._database,
                message,
                self._owner,
                attempts=attempts,
                next_attempt_at=now + delay,
            )
        )
        asyncio.get_running_loop().call_later(
            delay.total_seconds() + 0.01, self.wake, message.conversation_id
        )

    async def _give_up(self, message: ClaimedMessage) -> ClaimedMessage | None:
        apology = await self._database.run(self._gave_up, message)
        return await self._finish(message, (apology,), None, status="failed")


def _unread(message: ClaimedMessage) -> Reply | None:
    """Return what is said to what we can neither see nor hear; None where there are words."""
    wordless = not message.text.strip() or WORDLESS.fullmatch(message.text) is not None
    if message.payload is not None or not (wordless or message.kind == "link"):
        return None
    return sentences.unread(message.kind)


def retry_delay(age: timedelta) -> timedelta:
    """Time until the next attempt of a message of this age: a quarter of it, 0.25 s to 3 s."""
    return min(max(age / 4, timedelta(seconds=0.25)), timedelta(seconds=3))


def _as_sent(
    answer: RasaAnswer, text: Normalised | None, shifts: tuple[Shift, ...]
) -> dict[str, object]:
    """Return the reading with spans that refer to the text as the person sent it."""

    def as_sent(read: dict[str, Any]) -> dict[str, Any]:
        span = (read["start"], read["end"])
        start, end = span if text is None else sent_span(shifts, *text.span_as_typed(*span))
        return {**read, "start": start, "end": end}

    length = None if text is None else len(text.text)
    read = {
        name: [as_sent(each) for each in answer.nlu.get(name) or [] if _stands(each, length)]
        for name in SPANS
    }
    return {**answer.nlu, **read}


def _stands(read: dict[str, Any], length: int | None) -> bool:
    """Whether its words can be shown: a reading is told, and never holds an answer back."""
    return length is None or 0 <= read["start"] <= read["end"] <= length


SPANS = ("entities", "commands")
"""What of a reading says where it stands in the text."""
