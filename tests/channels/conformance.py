"""What every channel promises, as tests; each channel brings a ``Harness`` of its own.

No Rasa is needed: what it would answer is scripted. Everything else is real: the routes, the
inbox, the dispatcher, the outbox, and the messenger's stand-in where there is one.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from bot import errors
from bot.channels.pictures import pictures_of
from bot.channels.protocol import Channel, OpenChannel, Surroundings
from bot.limits.body import BodyLimit
from bot.messaging import sentences
from bot.messaging.handover import Handover
from bot.messaging.service import Messaging
from bot.messaging.tables import OutboxMessage
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.support.bot_api_channel import inbox_rows
from tests.support.messaging import DATA_KEY, messaging_of, plain, vault
from tests.support.scripted_rasa import ScriptedRasa

ADDRESS = "https://zhida.example.gov.cn"
PATIENCE = 15.0
OUT_OF_RANGE = '/book_window{"slot_id":9223372036854775808}'
ONE, TWO = "one", "two"
"""Two people."""
OFFER = {
    **plain("这几个时段较空："),
    "buttons": [
        {"title": "明天 9:00", "payload": '/book_window{"slot_id":12}'},
        {"title": "明天 9:30", "payload": '/book_window{"slot_id":13}'},
    ],
}


STAFF_SAY = "请打13800138000找小张"
"""A colleague's number arrives whole, however it is stored."""


class Harness(ABC):
    """The hands of people on one messenger, and of those who only pretend.

    What delivers returns our servers' answers, one a request.
    """

    open_channel: OpenChannel
    http: httpx.AsyncClient

    @abstractmethod
    def settings(self) -> dict[str, Any]:
        """Return the settings with which the channel is open."""

    @abstractmethod
    def conversation(self, person: str) -> str:
        """Return the id of a person's conversation."""

    @abstractmethod
    async def deliver(self, person: str, key: str, text: str) -> httpx.Response:
        """Deliver a message; the same person and key again is a second delivery."""

    @abstractmethod
    async def press(self, person: str, button: dict[str, str]) -> httpx.Response:
        """Press a button that the person was shown last."""

    @abstractmethod
    async def press_forged(self, person: str) -> list[httpx.Response]:
        """Press what was never shown to this person."""

    @abstractmethod
    async def deliver_forged(self, person: str) -> list[httpx.Response]:
        """Deliver messages as somebody who is not the messenger; nothing where anybody may."""

    @abstractmethod
    async def deliver_wordless(self, person: str) -> list[httpx.Response]:
        """Deliver messages without words, of the kinds that the messenger has."""

    @abstractmethod
    async def deliver_unknown(self) -> list[httpx.Response]:
        """Deliver what is no message that we know."""

    @abstractmethod
    async def replies(self, person: str) -> list[str]:
        """Return the texts that have reached a person, oldest first."""


@dataclass(frozen=True)
class Line:
    """A channel in operation, and what stands on both ends of it."""

    channel: Channel
    harness: Harness
    rasa: ScriptedRasa
    messaging: Messaging
    database: Database

    def stored(self) -> list[str]:
        """Return the texts in the inbox, oldest first."""
        return [row.text for row in inbox_rows(self.database)]

    def has(self, count: int) -> bool:
        """Whether so many messages are in the inbox."""
        return len(self.stored()) == count

    def ends_with(self, text: str) -> bool:
        """Whether this is the newest message in the inbox."""
        return self.stored()[-1:] == [text]

    def quiet(self) -> bool:
        """Whether everything is answered and has been sent."""
        waiting = select(OutboxMessage.id).where(OutboxMessage.status == "pending").limit(1)
        with self.database.read() as session:
            unsent = session.scalar(waiting) is not None
        return not unsent and all(row.status != "pending" for row in inbox_rows(self.database))

    async def heard(self, person: str, count: int) -> list[str]:
        """Wait until ``count`` replies have reached a person and all is quiet; return them all."""

        async def enough() -> bool:
            return len(await self.harness.replies(person)) >= count

        await until(enough)
        await until(lambda: asyncio.to_thread(self.quiet))
        return await self.harness.replies(person)


async def until(happened: Callable[[], Awaitable[bool]]) -> None:
    """Wait until ``happened()``."""
    async with asyncio.timeout(PATIENCE):
        # A database and a messenger give no sign of what happens to them.
        while not await happened():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@asynccontextmanager
async def opened(harness: Harness, rasa: ScriptedRasa, database: Database) -> AsyncIterator[Line]:
    """Open the harness's channel as the application does, between messaging and a client."""
    settings = Settings(
        _env_file=None,
        rasa_port=rasa.port,
        actions_port=rasa.port,
        secret_key="a-key",
        data_keys=DATA_KEY,
        public_url=ADDRESS,
        **harness.settings(),
    )
    app = FastAPI()
    errors.install(app)
    app.add_middleware(BodyLimit)
    messaging = messaging_of(database, settings)
    pictures = pictures_of(app, ADDRESS)
    channel = harness.open_channel(Surroundings(settings, database, messaging, pictures))
    assert channel is not None
    messaging.register(channel.name, channel.sender)
    if (routes := channel.routes()) is not None:
        app.include_router(routes)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as harness.http:
        await messaging.start()
        await channel.start()
        try:
            yield Line(channel, harness, rasa, messaging, database)
        finally:
            await channel.stop()
            await messaging.stop()


def assert_honest(response: httpx.Response) -> None:
    """What was not taken is refused with a stable code and a sentence for a person."""
    assert response.status_code < 500
    if response.is_error:
        error = response.json()["error"]
        assert errors.SENTENCES[error["code"]] == error["message"]


class ChannelConformance:
    """The suite; a subclass's ``harness`` says how its messenger's people act."""

    @pytest.fixture
    def harness(self) -> Harness:
        raise NotImplementedError

    @pytest.fixture
    async def line(self, harness: Harness, sqlite_database: Database) -> AsyncIterator[Line]:
        with ScriptedRasa().serving() as rasa:
            async with opened(harness, rasa, sqlite_database) as line:
                yield line

    async def test_a_message_is_answered_once(self, line: Line) -> None:
        assert (await line.harness.deliver(ONE, "k", "你好")).is_success
        assert await line.heard(ONE, 1) == ["收到：你好"]
        line.messaging.told(line.harness.conversation(ONE))
        await line.harness.deliver(TWO, "k", "在吗")
        await line.heard(TWO, 1)
        assert await line.harness.replies(ONE) == ["收到：你好"]
        row = inbox_rows(line.database)[0]
        assert (row.channel, row.conversation_id) == (
            line.channel.name,
            line.harness.conversation(ONE),
        )

    async def test_what_always_fails_is_answered_at_once_and_once(self, line: Line) -> None:
        line.rasa.status = 422
        assert (await line.harness.deliver(ONE, "k", "工资1e308")).is_success
        assert await line.heard(ONE, 1) == [sentences.broken()["text"]]
        line.rasa.status = 200
        assert (await line.harness.deliver(ONE, "k", "工资1e308")).is_success
        await line.harness.deliver(ONE, "k2", "你好")
        assert await line.heard(ONE, 2) == [sentences.broken()["text"], "收到：你好"]
        assert line.rasa.texts == ["工资1e308", "你好"]
        assert [row.status for row in inbox_rows(line.database)] == ["failed", "done"]

    async def test_what_may_pass_is_tried_again(self, line: Line) -> None:
        line.rasa.status = 503
        delivery = asyncio.create_task(line.harness.deliver(ONE, "k", "你好"))

        async def twice() -> bool:
            return len(line.rasa.heard) > 1

        await until(twice)
        line.rasa.status = 200
        assert (await delivery).is_success
        assert await line.heard(ONE, 1) == ["收到：你好"]

    async def test_a_second_delivery_is_the_same_message(self, line: Line) -> None:
        for _ in range(2):
            assert (await line.harness.deliver(ONE, "k", "你好")).is_success
        again = [line.harness.deliver(ONE, "k", "你好") for _ in range(4)]
        assert all(response.is_success for response in await asyncio.gather(*again))
        assert await line.heard(ONE, 1) == ["收到：你好"]
        assert line.stored() == line.rasa.texts == ["你好"]

    async def test_the_same_id_of_two_people_is_two_messages(self, line: Line) -> None:
        await line.harness.deliver(ONE, "k", "我是甲")
        await line.harness.deliver(TWO, "k", "我是乙")
        assert await line.heard(ONE, 1) == ["收到：我是甲"]
        assert await line.heard(TWO, 1) == ["收到：我是乙"]
        assert line.rasa.heard == [
            (line.harness.conversation(ONE), "我是甲"),
            (line.harness.conversation(TWO), "我是乙"),
        ]

    async def test_a_conversation_keeps_its_order(self, line: Line) -> None:
        """Five messages come while the first is still being thought about."""
        texts = [f"第{number}句" for number in range(5)]
        line.rasa.hold()
        deliveries = []
        for number, text in enumerate(texts):
            deliveries.append(asyncio.create_task(line.harness.deliver(ONE, str(number), text)))
            await until(partial(asyncio.to_thread, line.ends_with, text))
        line.rasa.go_on()
        for delivery in deliveries:
            assert (await delivery).is_success
        assert await line.heard(ONE, 5) == [f"收到：{text}" for text in texts]
        assert line.rasa.texts == texts

    @pytest.mark.parametrize(
        "text",
        [
            "𠮷野家😀👨‍👩‍👧㊙️，龘𪚥",
            "长" * 4000,
            "😀" * 2000,
            "第一行\n\t第二行 <b>&amp;</b> *_`[]()",
        ],
        ids=["planes", "4000", "emoji", "markup"],
    )
    async def test_words_are_kept_as_they_are(self, line: Line, text: str) -> None:
        line.rasa.answer = lambda _: [plain(text)]
        assert (await line.harness.deliver(ONE, "k", text)).is_success
        assert await line.heard(ONE, 1) == [text]
        assert line.stored() == [text]

    async def test_a_pressed_button_means_what_it_was_sent_with(self, line: Line) -> None:
        line.rasa.answer = lambda _: [OFFER]
        await line.harness.deliver(ONE, "k", "帮我约明天上午")
        assert await line.heard(ONE, 1) == [OFFER["text"]]
        assert (await line.harness.press(ONE, OFFER["buttons"][1])).is_success
        await line.heard(ONE, 2)
        row = inbox_rows(line.database)[-1]
        assert (row.text, row.payload) == ("明天 9:30", '/book_window{"slot_id":13}')
        assert line.rasa.texts[-1].startswith("/book_window")

    async def test_a_button_pressed_five_times_is_pressed_once(self, line: Line) -> None:
        line.rasa.answer = lambda _: [OFFER]
        await line.harness.deliver(ONE, "k", "帮我约明天上午")
        await line.heard(ONE, 1)
        line.rasa.answer = lambda _: [plain("约好了。")]
        line.rasa.hold()
        at_once = [
            asyncio.create_task(line.harness.press(ONE, OFFER["buttons"][1])) for _ in range(3)
        ]
        await until(lambda: asyncio.to_thread(line.has, 4))
        line.rasa.go_on()
        assert all(answer.is_success for answer in await asyncio.gather(*at_once))
        await line.heard(ONE, 2)
        for _ in range(2):
            assert (await line.harness.press(ONE, OFFER["buttons"][1])).is_success
        assert await line.heard(ONE, 2) == [OFFER["text"], "约好了。"]
        assert len(line.rasa.heard) == 2
        assert [row.status for row in inbox_rows(line.database)] == ["done"] * 2 + ["repeat"] * 4

    async def test_a_text_that_comes_twice_in_a_moment_is_one(self, line: Line) -> None:
        line.rasa.hold()
        twice = [asyncio.create_task(line.harness.deliver(ONE, key, "好")) for key in "ab"]
        await until(lambda: asyncio.to_thread(line.has, 2))
        line.rasa.go_on()
        assert all(answer.is_success for answer in await asyncio.gather(*twice))
        assert await line.heard(ONE, 1) == ["收到：好"]
        await line.harness.deliver(ONE, "c", "好")
        assert await line.heard(ONE, 2) == ["收到：好", "收到：好"], "said again, having read"

    async def test_a_forged_button_does_nothing(self, line: Line) -> None:
        line.rasa.answer = lambda _: [OFFER]
        await line.harness.deliver(ONE, "k", "帮我约明天上午")
        await line.heard(ONE, 1)
        refused = await line.harness.press_forged(TWO)
        assert refused
        for response in refused:
            assert_honest(response)
        assert line.stored() == ["帮我约明天上午"]
        assert len(line.rasa.heard) == 1

    async def test_who_is_not_the_messenger_is_refused(self, line: Line) -> None:
        for response in await line.harness.deliver_forged(ONE):
            assert response.status_code == 401
            assert_honest(response)
        assert line.stored() == []

    async def test_what_has_no_words_is_answered_or_refused(self, line: Line) -> None:
        answers = await line.harness.deliver_wordless(ONE)
        assert answers
        for response in answers:
            assert_honest(response)
        taken = sum(response.is_success for response in answers)
        assert len(await line.heard(ONE, taken)) == taken
        assert line.rasa.texts == ["/out_of_scope"] * taken

    async def test_what_is_no_message_breaks_nothing(self, line: Line) -> None:
        for response in await line.harness.deliver_unknown():
            assert_honest(response)
        assert line.stored() == []
        await line.harness.deliver(ONE, "k", "你好")
        assert await line.heard(ONE, 1) == ["收到：你好"]

    async def test_what_staff_say_arrives_too(self, line: Line) -> None:
        await line.harness.deliver(ONE, "k", "转人工")
        await line.heard(ONE, 1)
        handover = Handover(line.database, line.messaging.pulled, vault(line.database))
        conversation = line.harness.conversation(ONE)
        await line.database.run(
            lambda: handover.say(conversation, staff="小李", text=STAFF_SAY, now=utc_now())
        )
        assert await line.heard(ONE, 2) == ["收到：转人工", STAFF_SAY]
        await line.harness.deliver(ONE, "k2", "好的")
        await until(lambda: asyncio.to_thread(line.quiet))
        assert line.rasa.texts == ["转人工"]
