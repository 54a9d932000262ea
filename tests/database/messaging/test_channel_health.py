"""What staff see of the channels, and the page of a reply that was too long."""

from datetime import timedelta

import httpx
from fastapi import FastAPI

from bot.console.channels.views import healths
from bot.messaging.channels import states
from bot.messaging.channels.reading import reading_path
from bot.messaging.messages import Grant, Incoming, Outgoing
from bot.messaging.transcripts import transcript
from bot.web import router
from store.database import Database
from store.settings import Settings
from tests.database.messaging.support import NOW
from tests.support.messaging import answer, plain, take_in


def test_each_channel_is_counted(database: Database) -> None:
    grant = Grant(5, timedelta(hours=48))
    take_in(database, Incoming("wechat", "k", "o1", "你好", NOW, grant=grant))
    answer(database, "wechat:o1", "好", now=NOW)
    long_ago = NOW - timedelta(days=3)
    take_in(database, Incoming("wechat", "k2", "o2", "你好", long_ago, grant=grant))
    take_in(database, Incoming("web", "k", "w", "你好", NOW))
    states.keep(database, "telegram:trouble", "TimedOut", now=NOW)
    states.keep(database, "wechat:token", "sealed", now=NOW)
    telegram, web, wechat = healths(database, now=NOW)
    assert (telegram.channel, telegram.trouble, telegram.trouble_at) == (
        "telegram",
        "TimedOut",
        NOW,
    )
    assert (web.channel, web.came, web.reachable, web.closed) == ("web", 1, 0, 0)
    assert (wechat.came, wechat.waits, wechat.reachable, wechat.closed) == (1, 1, 1, 1)
    assert wechat.trouble is None


async def test_a_long_reply_has_a_page_for_who_has_its_address(database: Database) -> None:
    settings = Settings(_env_file=None, secret_key="a-key")
    take_in(database, Incoming("wechat", "k", "o1", "我的电话13800138000", NOW))
    answer(database, "wechat:o1", "您的电话 138****8000", "第二条 <b>", now=NOW)
    ids = [line.id for line in transcript(database, "wechat:o1") if line.author == "bot"]
    rows = [Outgoing(number, plain("")) for number in ids]
    app = FastAPI()
    app.include_router(router(database, settings))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://zhida") as http:
        page = await http.get(reading_path(settings, rows))
        assert page.status_code == 200
        assert "第二条 &lt;b&gt;" in page.text
        assert page.headers["cache-control"] == "private, no-store"
        path = reading_path(settings, rows)
        for wrong in (path[:-1] + ("0" if path[-1] != "0" else "1"), path.replace("1.", "2.", 1)):
            assert (await http.get(wrong)).status_code == 404
