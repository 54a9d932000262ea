"""Sending: replies as Telegram messages, and what each refusal means to the outbox."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Response

from actions.appointments.booking.notices import REMINDER_DAY
from actions.appointments.booking.tickets import qr
from actions.appointments.chat.notices import notice_reply
from actions.appointments.service import Appointments, Notice
from actions.dialogue.turn import Reply
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.sentences import VISIT
from bot.messaging.messages import NotNow, RetryLater, Undeliverable
from bot.messaging.outbox import OutboxWorker
from bot.web import router
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.database.appointments.support import BUSINESS, one_slot
from tests.support.bot_api import BotApi
from tests.support.bot_api_channel import delivery, make_channel, outbox_states, put_reply, until
from tests.support.bot_api_checks import MAX_TEXT, Upload, utf16_length
from tests.support.messaging import vault

CHAT = 42
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)


def reply(text: str, titles: tuple[str, ...] = (), **more: object) -> Reply:
    buttons = [{"title": title, "payload": "/talk_to_staff"} for title in titles]
    return {"text": text, "buttons": buttons, "image": None, "data": None, **more}


def own_pages() -> FastAPI:
    """Pages of ours: a picture, one that breaks, and one that is none."""
    app = FastAPI()

    @app.get("/img/crowd.png")
    def crowd() -> Response:
        return Response(PNG, media_type="image/png")

    @app.get("/img/broken.png")
    def broken() -> Response:
        raise RuntimeError

    @app.get("/img/page.png")
    def page() -> Response:
        return Response("没有", media_type="text/html")

    return app


@pytest.fixture
async def channel(bot_api: BotApi, sqlite_database: Database) -> AsyncIterator[TelegramChannel]:
    """A channel that only sends, to a person who has written before."""
    bot_api.say(CHAT, "你好")
    channel = make_channel(
        bot_api, sqlite_database, pages=own_pages(), public_url="https://zhida.example.gov.cn"
    )
    yield channel
    await channel.stop()


async def test_text_and_buttons(bot_api: BotApi, channel: TelegramChannel) -> None:
    await channel.sender.send(
        delivery(str(CHAT), 7, reply("可以，<很多>业务不用排队。", ("看时段", "转人工")))
    )
    (sent,) = bot_api.sent(CHAT)
    assert sent.text == "可以，<很多>业务不用排队。"
    assert sent.titles == ["看时段", "转人工"]
    assert [row[0]["callback_data"] for row in sent.buttons] == ["7:0", "7:1"]


async def test_a_citation_leads_to_the_reading_page(
    bot_api: BotApi, channel: TelegramChannel
) -> None:
    data = {"kind": "policy_answer", "citations": [{"url": "/policies/p1?quote=%E9%99%90#u8"}]}
    await channel.sender.send(delivery(str(CHAT), 7, reply("不建议这样写。", data=data)))
    (sent,) = bot_api.sent(CHAT)
    url = "https://zhida.example.gov.cn/policies/p1?quote=%E9%99%90#u8"
    assert sent.buttons == [[{"text": "看原文", "url": url}]]


async def test_a_long_text_comes_in_parts(bot_api: BotApi, channel: TelegramChannel) -> None:
    text = "第十二条 申领失业保险金😀，应当符合下列条件。" * 500
    await channel.sender.send(delivery(str(CHAT), 7, reply(text, ("转人工",))))
    sent = bot_api.sent(CHAT)
    assert len(sent) > 2
    assert all(utf16_length(part.text) <= MAX_TEXT for part in sent)
    assert "".join(part.text for part in sent) == text
    assert [part.titles for part in sent] == [[]] * (len(sent) - 1) + [["转人工"]]


async def test_parts_that_went_out_are_not_repeated(
    bot_api: BotApi, channel: TelegramChannel
) -> None:
    long = reply("一句话。" * 3000)
    bot_api.fail(502, method="sendMessage", skip=1)
    with pytest.raises(RetryLater):
        await channel.sender.send(delivery(str(CHAT), 7, long))
    assert len(bot_api.sent(CHAT)) == 1
    await channel.sender.send(delivery(str(CHAT), 7, long))
    assert "".join(part.text for part in bot_api.sent(CHAT)) == long["text"]
    await channel.sender.send(delivery(str(CHAT), 8, reply("好")))
    assert bot_api.sent(CHAT)[-1].text == "好"


async def test_flood_control(bot_api: BotApi, channel: TelegramChannel) -> None:
    bot_api.fail(429, retry_after=7, method="sendMessage")
    with pytest.raises(RetryLater) as later:
        await channel.sender.send(delivery(str(CHAT), 7, reply("好")))
    assert later.value.seconds == 7
    await channel.sender.send(delivery(str(CHAT), 7, reply("好")))
    assert len(bot_api.sent(CHAT)) == 1


@pytest.mark.parametrize("status", [502, 500, 0])
async def test_trouble_on_the_way(bot_api: BotApi, channel: TelegramChannel, status: int) -> None:
    bot_api.fail(status, method="sendMessage")
    with pytest.raises(RetryLater) as later:
        await channel.sender.send(delivery(str(CHAT), 7, reply("好")))
    assert later.value.seconds is None
    assert bot_api.sent(CHAT) == []


async def test_an_acknowledgement_lost_means_a_repeat(
    bot_api: BotApi, channel: TelegramChannel
) -> None:
    """Telegram knows no key to refuse a repeat by: at least once is all there is."""
    bot_api.fail(-1, method="sendMessage")
    with pytest.raises(RetryLater):
        await channel.sender.send(delivery(str(CHAT), 7, reply("好")))
    await channel.sender.send(delivery(str(CHAT), 7, reply("好")))
    assert len(bot_api.sent(CHAT)) == 2


async def test_blocked_by_the_person(bot_api: BotApi, channel: TelegramChannel) -> None:
    bot_api.block(CHAT)
    with pytest.raises(NotNow, match="blocked by the user") as refused:
        await channel.sender.send(delivery(str(CHAT), 7, reply("好")))
    assert refused.value.lost


async def test_nobody_there(bot_api: BotApi, channel: TelegramChannel) -> None:
    with pytest.raises(Undeliverable, match="hat not found"):
        await channel.sender.send(delivery("777", 7, reply("好")))
    with pytest.raises(Undeliverable, match="not a Telegram chat"):
        await channel.sender.send(delivery("somebody", 7, reply("好")))
    assert bot_api.sent() == []


async def test_a_reply_with_nothing_in_it_is_done(
    bot_api: BotApi, channel: TelegramChannel
) -> None:
    await channel.sender.send(delivery(str(CHAT), 7, reply("  ")))
    assert bot_api.sent(CHAT) == []


async def test_a_rejected_token_waits(bot_api: BotApi, sqlite_database: Database) -> None:
    channel = make_channel(bot_api, sqlite_database, telegram_token="1:wrong")
    try:
        with pytest.raises(RetryLater) as later:
            await channel.sender.send(delivery(str(CHAT), 7, reply("好")))
    finally:
        await channel.stop()
    assert later.value.seconds == 300


async def test_pictures(bot_api: BotApi, channel: TelegramChannel) -> None:
    inline = "data:image/png;base64," + base64.b64encode(PNG).decode()
    await channel.sender.send(delivery(str(CHAT), 7, reply("预约码：", ("取消",), image=inline)))
    await channel.sender.send(
        delivery(str(CHAT), 8, reply("", image="https://elsewhere.example.org/a.png"))
    )
    drawn, text, linked = bot_api.sent(CHAT)
    assert isinstance(drawn.photo, Upload)
    assert drawn.photo.content == PNG
    assert (text.text, text.titles) == ("预约码：", ["取消"])
    assert linked.photo == "https://elsewhere.example.org/a.png"


@pytest.mark.parametrize("public_url", ["", "https://zhida.example.gov.cn"])
async def test_our_own_pictures_are_uploaded(
    bot_api: BotApi, sqlite_database: Database, public_url: str
) -> None:
    """Telegram cannot open them without a public address, and else keeps an old one."""
    bot_api.say(CHAT, "你好")
    channel = make_channel(bot_api, sqlite_database, pages=own_pages(), public_url=public_url)
    try:
        await channel.sender.send(
            delivery(str(CHAT), 7, reply("本周人流", ("好",), image="/img/crowd.png"))
        )
    finally:
        await channel.stop()
    picture, text = bot_api.sent(CHAT)
    assert isinstance(picture.photo, Upload)
    assert picture.photo.content == PNG
    assert (text.text, text.titles) == ("本周人流", ["好"])


@pytest.mark.parametrize("path", ["/img/none.png", "/img/broken.png", "/img/page.png"])
async def test_a_picture_that_cannot_be_read_becomes_a_link(
    bot_api: BotApi, channel: TelegramChannel, path: str
) -> None:
    await channel.sender.send(delivery(str(CHAT), 7, reply("看图", ("好",), image=path)))
    link, text = bot_api.sent(CHAT)
    assert link.text == f"图片：https://zhida.example.gov.cn{path}"
    assert (text.text, text.titles) == ("看图", ["好"])


@pytest.mark.parametrize("image", ["/img/crowd.png", "https://zhida.example.gov.cn/img/crowd.png"])
async def test_a_refused_picture_becomes_a_link(
    bot_api: BotApi, channel: TelegramChannel, image: str
) -> None:
    bot_api.fail(400, method="sendPhoto", description="Bad Request: failed to get HTTP URL content")
    await channel.sender.send(delivery(str(CHAT), 7, reply("", ("好",), image=image)))
    (sent,) = bot_api.sent(CHAT)
    assert sent.text == "图片：https://zhida.example.gov.cn/img/crowd.png"
    assert sent.titles == ["好"]


async def test_a_picture_that_went_out_is_not_repeated(
    bot_api: BotApi, channel: TelegramChannel
) -> None:
    bot_api.fail(502, method="sendMessage")
    with_picture = reply("本周人流", image="/img/crowd.png")
    with pytest.raises(RetryLater):
        await channel.sender.send(delivery(str(CHAT), 7, with_picture))
    await channel.sender.send(delivery(str(CHAT), 7, with_picture))
    assert [part.text for part in bot_api.sent(CHAT)] == ["", "本周人流"]


@pytest.mark.parametrize("status", [502, 429])
async def test_trouble_on_the_way_of_a_picture_is_no_refusal(
    bot_api: BotApi, channel: TelegramChannel, status: int
) -> None:
    bot_api.fail(status, method="sendPhoto", retry_after=3 if status == 429 else None)
    with pytest.raises(RetryLater):
        await channel.sender.send(delivery(str(CHAT), 7, reply("看图", image="/img/crowd.png")))
    assert bot_api.sent(CHAT) == []


async def test_a_booking_leads_to_its_calendar_entry(
    bot_api: BotApi, channel: TelegramChannel
) -> None:
    data = {"kind": "booking", "code": "YY-1", "calendar": "/bookings/YY-1-A.ics"}
    await channel.sender.send(delivery(str(CHAT), 7, reply("已约好。", ("改时间",), data=data)))
    (sent,) = bot_api.sent(CHAT)
    url = "https://zhida.example.gov.cn/bookings/YY-1-A.ics"
    assert sent.buttons[0] == [{"text": "加入日历", "url": url}]
    assert sent.titles == ["加入日历", "改时间"]


async def test_a_reminder_brings_the_ticket_along(
    bot_api: BotApi, sqlite_database: Database, tmp_path: Path
) -> None:
    """The picture of the code, the words with their buttons, the way into the calendar."""
    settings = Settings(_env_file=None, var_dir=tmp_path)
    now = utc_now()
    slot = one_slot(sqlite_database, now, capacity=1, days=2)
    windows, owner = Appointments(sqlite_database), f"telegram:{CHAT}"
    held = windows.hold(owner=owner, slot_id=slot, business=BUSINESS, request_key="k", now=now)
    booking = windows.confirm(owner, held.code, now=now)
    reminder = notice_reply(
        Notice(1, REMINDER_DAY, booking, {}), windows, key=settings.signing_key(), now=now
    )
    pages = FastAPI()
    pages.include_router(router(sqlite_database, settings))
    bot_api.say(CHAT, "你好")
    address = "https://zhida.example.gov.cn"
    channel = make_channel(bot_api, sqlite_database, pages=pages, public_url=address)
    try:
        await channel.sender.send(delivery(str(CHAT), 7, reminder))
    finally:
        await channel.stop()
    picture, words = bot_api.sent(CHAT)
    assert isinstance(picture.photo, Upload)
    assert picture.photo.content == qr(booking.code)
    assert booking.code in words.text
    assert words.titles == ["加入日历", VISIT, "改约", "取消预约", "我的预约"]
    assert words.buttons[0][0]["url"] == address + reminder["data"]["calendar"]


async def test_the_outbox_sends_through_the_channel(
    bot_api: BotApi, channel: TelegramChannel, sqlite_database: Database
) -> None:
    bot_api.say(CHAT + 1, "你好")
    bot_api.block(CHAT + 1)
    bot_api.fail(429, retry_after=1, method="sendMessage")
    for chat in (CHAT, CHAT, CHAT + 1):
        put_reply(sqlite_database, chat, reply(f"给 {chat}", ("好",)))
    outbox = OutboxWorker(sqlite_database, channel.name, channel.sender, vault(sqlite_database))
    await outbox.start()
    try:
        await until(bot_api, lambda: "pending" not in outbox_states(sqlite_database))
    finally:
        await outbox.stop()
    assert outbox_states(sqlite_database) == ["sent", "sent", "held"]
    assert [sent.text for sent in bot_api.sent()] == [f"给 {CHAT}"] * 2
