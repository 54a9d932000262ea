"""Who waits for a reply is told at once, whoever wrote it."""

import asyncio
from datetime import UTC, datetime

from bot.messaging.messages import Incoming
from bot.messaging.news import News, newest_reply, replies_since
from store.database import Database
from tests.support.messaging import handover, take_in, vault

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def begin(database: Database, peer: str) -> str:
    take_in(database, Incoming("web", peer, peer, "你好", NOW))
    return f"web:{peer}"


async def test_what_staff_write_reaches_a_waiting_reader(database: Database) -> None:
    mine, other = begin(database, "one"), begin(database, "two")
    news = News(database, vault(database))
    await news.start()
    try:
        reading = asyncio.create_task(news.after(mine, 0, wait=20))
        elsewhere = asyncio.create_task(news.after(other, 0, wait=20))
        await asyncio.to_thread(handover(database).say, mine, staff="小李", text="您好", now=NOW)
        lines = await reading
        assert [line.text for line in lines] == ["您好"]
        assert not elsewhere.done()
        elsewhere.cancel()
    finally:
        await news.stop()


async def test_nothing_new_ends_with_nothing(database: Database) -> None:
    conversation = begin(database, "one")
    news = News(database, vault(database))
    assert await news.after(conversation, 0, wait=0.05) == []
    assert await news.after(conversation, 0, wait=0) == []


def test_rows_are_read_from_where_one_was(database: Database) -> None:
    conversation = begin(database, "one")
    for text in ("一", "二", "三"):
        handover(database).say(conversation, staff="小李", text=text, now=NOW)
    newest = newest_reply(database)
    assert [found for found, _ in replies_since(database, newest - 2)] == [newest - 1, newest]
