"""What every channel promises, as tests; each channel brings a ``Harness`` of its own."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest

from bot.messaging import sentences
from bot.messaging.handover import Handover
from store.clock import utc_now
from store.database import Database
from tests.channels.harness import (
    OFFER,
    ONE,
    STAFF_SAY,
    TWO,
    Harness,
    Line,
    assert_honest,
    has_failed,
    opened,
    pass_time,
    until,
)
from tests.support.bot_api_channel import inbox_rows
from tests.support.messaging import plain, vault
from tests.support.scripted_rasa import ScriptedRasa


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

    async def test_what_it_can_do_is_declared(self, line: Line) -> None:
        abilities = line.channel.abilities
        assert abilities.pushes == (line.channel.sender is not None)
        assert line.messaging.abilities == {line.channel.name: abilities}
        assert len(line.channel.name) <= 20

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
        assert sorted(line.rasa.heard) == [
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
        assert line.harness.reads(await line.heard(ONE, 1), text)
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
            assert response.status_code == line.harness.refusal
            assert_honest(response)
        assert line.stored() == []

    async def test_what_has_no_words_is_answered_or_refused(self, line: Line) -> None:
        answers = await line.harness.deliver_wordless(ONE)
        assert answers
        for response in answers:
            assert_honest(response)
        taken = sum(response.is_success for response in answers)
        assert len(await line.heard(ONE, taken)) == taken
        assert set(line.rasa.texts) <= {"/out_of_scope"}, "else said honestly, by us"

    async def test_what_is_no_message_breaks_nothing(self, line: Line) -> None:
        for response in await line.harness.deliver_unknown():
            assert_honest(response)
        assert line.stored() == []
        await line.harness.deliver(ONE, "k", "你好")
        assert await line.heard(ONE, 1) == ["收到：你好"]

    async def test_a_burst_is_answered_in_order(self, line: Line) -> None:
        texts = [f"第{number}句" for number in range(15)]
        for number, text in enumerate(texts):
            assert (await line.harness.deliver(ONE, str(number), text)).is_success
        await until(lambda: asyncio.to_thread(line.has, 15))
        await until(lambda: asyncio.to_thread(line.quiet))
        # A messenger that counts takes no more until the person has written again.
        await line.harness.deliver(ONE, "last", "还在吗")
        heard = await line.heard(ONE, 16)
        assert heard == [f"收到：{text}" for text in [*texts, "还在吗"]]

    async def test_what_comes_out_of_order_is_answered_as_it_comes(self, line: Line) -> None:
        """The platform's numbers and times promise no order; each is answered once."""
        for key in "cab":
            assert (await line.harness.deliver(ONE, key, f"第{key}句")).is_success
        for key in "abc":
            assert (await line.harness.deliver(ONE, key, f"第{key}句")).is_success
        assert await line.heard(ONE, 3) == ["收到：第c句", "收到：第a句", "收到：第b句"]

    async def test_after_ten_minutes_away_all_arrives_in_order_and_once(
        self, line: Line, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if not line.harness.go_away(True):
            return  # it fetches: what waits for it is there
        line.harness.be_late(monkeypatch)
        texts = ["一", "二", "三"]
        for text in texts:
            assert (await line.harness.deliver(ONE, text, text)).is_success
        for _ in range(4):
            await until(lambda: asyncio.to_thread(has_failed, line.database))
            await asyncio.to_thread(pass_time, line.database, timedelta(minutes=2.5))
        assert await line.harness.replies(ONE) == []
        line.harness.go_away(False)
        await asyncio.to_thread(pass_time, line.database, timedelta(minutes=2.5))
        assert await line.heard(ONE, 3) == [f"收到：{text}" for text in texts]

    async def test_who_does_not_want_us_stops_nobody(
        self, line: Line, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        line.harness.be_late(monkeypatch)
        line.rasa.hold()
        first = asyncio.create_task(line.harness.deliver(ONE, "k", "你好"))
        await until(lambda: asyncio.to_thread(line.has, 1))
        if not line.harness.refuse(ONE):
            line.rasa.go_on()
            await first
            return
        line.rasa.go_on()
        await first
        await line.harness.deliver(TWO, "k", "在吗")
        assert await line.heard(TWO, 1) == ["收到：在吗"]
        assert await line.harness.replies(ONE) == []

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
