"""Each process killed or stopped while 200 messages come by three channels: answered once, or held.

The platforms' stand-ins count what they are sent, and refuse what is too much: they never have to.
"""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select

from bot.channels.bridge_v2.signature import secrets_of, signed
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage
from bot.supervision.sandbox import environment_for
from store.database import Database
from store.settings import Settings
from tests.conftest import make_postgres_database
from tests.support import wechat_platform as oa
from tests.support import wecom_platform as kf
from tests.support.assistant import Assistant, running

SECRET = "a-secret-between-bridge-and-us"
SETTINGS = Settings(_env_file=None, bridge_secret=SECRET)
EACH = 67
WORDS = ("你好", "我的预约", "谢谢", "大厅人多不多")
PEOPLE = 6
PATIENCE = 240
PAUSE = 0.5
"""Seconds between a person's messages: all troubles come while they write."""
TROUBLE = (
    {signal.SIGKILL: "bot", signal.SIGSTOP: "actions"},
    {signal.SIGKILL: "rasa", signal.SIGSTOP: "bot"},
    {signal.SIGKILL: "actions", signal.SIGSTOP: "rasa"},
)
Made = Callable[[], tuple[str, bytes, dict[str, str]]]
"""Query, body and headers of a try."""


@pytest.fixture
def account() -> Iterator[oa.WechatPlatform]:
    with oa.WechatPlatform().serving() as platform:
        yield platform


@pytest.fixture
def company() -> Iterator[kf.WecomPlatform]:
    with kf.WecomPlatform().serving() as platform:
        yield platform


@pytest.fixture(params=["sqlite", "postgresql"])
def assistant(
    request: pytest.FixtureRequest,
    account: oa.WechatPlatform,
    company: kf.WecomPlatform,
    tmp_path: Path,
) -> Iterator[Assistant]:
    url = ""
    if request.param == "postgresql":
        url = make_postgres_database(request.getfixturevalue("postgres_server"), "channels")
    settings = {
        **oa.environment(account),
        **kf.environment(company),
        "ZHIDA_BRIDGE_SECRET": SECRET,
        "ZHIDA_DATABASE_URL": url,
        "ZHIDA_HANG_SECONDS": "5",
    }
    with running(environment_for(tmp_path / "var", **settings)) as started:
        yield started


def until_taken(http: httpx.Client, path: str, made: Made) -> bytes:
    """Post as a platform does that knows no end of tries; each has a stamp of its own."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        query, body, headers = made()
        with suppress(httpx.TransportError):
            answer = http.post(f"{path}{query}", content=body, headers=headers)
            if answer.status_code == httpx.codes.OK:
                return answer.content
            assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
        time.sleep(0.3)
    raise TimeoutError(path)


def by_wechat(http: httpx.Client, account: oa.WechatPlatform) -> None:
    for number in range(EACH):
        openid = f"oPerson{number % PEOPLE}"
        said = account.message(openid, "text", Content=f"{WORDS[number % len(WORDS)]}")

        def made(said: dict[str, Any] = said) -> tuple[str, bytes, dict[str, str]]:
            query, body = oa.sealed(oa.as_xml(said), time.time())
            return f"?{query}", body, {}

        until_taken(http, "/channels/wechat", made)
        time.sleep(PAUSE)


def by_wecom(http: httpx.Client, company: kf.WecomPlatform) -> None:
    for number in range(EACH):
        company.say(f"wmPerson{number % PEOPLE}", "text", content=WORDS[number % len(WORDS)])

        def made() -> tuple[str, bytes, dict[str, str]]:
            query, body = kf.callback()
            return f"?{query}", body, {}

        until_taken(http, "/channels/wecom", made)
        time.sleep(PAUSE)


def by_bridge(http: httpx.Client) -> None:
    path, secret = "/channels/bridge/v2", secrets_of(SETTINGS, "sms")[0]
    for number in range(EACH):
        message = {"v": 2, "user": f"u{number % PEOPLE}", "message_id": uuid4().hex}
        body = json.dumps({**message, "text": WORDS[number % len(WORDS)], "deadline_ms": 500})

        def made(body: bytes = body.encode()) -> tuple[str, bytes, dict[str, str]]:
            return "", body, signed(secret, "sms", "POST", path, body)

        until_taken(http, path, made)
        time.sleep(PAUSE)


def trouble(assistant: Assistant) -> None:
    """Kill each process and stop each, two at once; each time all of them come back."""
    for deeds in TROUBLE:
        time.sleep(2)
        before = assistant.sandbox.pids()
        for deed, victim in deeds.items():
            os.kill(before[victim], deed)
        _until_replaced(assistant, {name: before[name] for name in deeds.values()})


def _until_replaced(assistant: Assistant, before: dict[str, int]) -> None:
    """Wait until others stand in for these processes, and everything is ready."""
    deadline = time.monotonic() + PATIENCE
    while any(assistant.sandbox.pids().get(name, pid) == pid for name, pid in before.items()):
        assert time.monotonic() < deadline, before
        time.sleep(0.2)
    assistant.wait_ready()


@pytest.mark.timeout(900)
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are stopped as on Linux")
def test_every_message_is_answered_once_or_held(
    assistant: Assistant, account: oa.WechatPlatform, company: kf.WecomPlatform
) -> None:
    platforms = httpx.Client(base_url=assistant.url, timeout=15, trust_env=False)
    with platforms as http, ThreadPoolExecutor(4) as pool:
        works = [
            pool.submit(by_wechat, http, account),
            pool.submit(by_wecom, http, company),
            pool.submit(by_bridge, http),
            pool.submit(trouble, assistant),
        ]
        for work in works:
            work.result()
    database = Database(assistant.database_url)
    _wait_quiet(database)
    with database.read() as session:
        came = dict(
            session.execute(
                select(InboxMessage.channel, func.count())
                .where(InboxMessage.status == "done")
                .group_by(InboxMessage.channel)
            ).all()
        )
        answers = session.execute(
            select(InboxMessage.id, func.count(OutboxMessage.id))
            .outerjoin(OutboxMessage, OutboxMessage.inbox_id == InboxMessage.id)
            .where(InboxMessage.status == "done")
            .group_by(InboxMessage.id)
        ).all()
        states = set(
            session.scalars(
                select(OutboxMessage.status).join(
                    Conversation, Conversation.id == OutboxMessage.conversation_id
                )
            )
        )
        repeats = session.scalar(select(func.count()).where(InboxMessage.status == "repeat")) or 0
    database.close()
    assert sum(came.values()) + repeats == 3 * EACH
    assert {count for _, count in answers} == {1}
    assert states <= {"sent", "held"}
    assert (account.overdrawn, company.overdrawn) == (0, 0)


def _wait_quiet(database: Database) -> None:
    """Wait until nothing waits to be answered or sent."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with database.read() as session:
            left = [
                session.scalar(select(func.count()).where(row.status == "pending"))
                for row in (InboxMessage, OutboxMessage)
            ]
        if left == [0, 0]:
            return
        time.sleep(1)
    raise TimeoutError(str(left))
