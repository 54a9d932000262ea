"""kill -9 of each process in turn during a chat of 200 messages: one answer each."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from actions.cases.tables import CaseRow
from actions.windows.booking.tables import BookingRow
from bot.pipeline.tables import InboxMessage, OutboxMessage
from bot.supervision.sandbox import environment_for
from store.database import Database
from tests.conftest import make_postgres_database
from tests.support.assistant import Assistant, running

MESSAGES = 200
TALKS = 8
TAP = "（点第一个时段）"
SCRIPT = (
    "你好",
    "现场招聘会还能办吗",
    "我想在上海找电工的活，六千以上",
    "帮我约明天上午办失业登记",
    TAP,
    "谢谢",
    "转人工",
    "大厅人多不多",
)
VICTIMS = ("rasa", "actions", "bot", "supervisord", "bot", "actions", "rasa")


@pytest.fixture(params=["sqlite", "postgresql"])
def assistant(request: pytest.FixtureRequest, tmp_path: Path) -> Assistant:
    url = ""
    if request.param == "postgresql":
        url = make_postgres_database(request.getfixturevalue("postgres_server"), "resilience")
    started = running(environment_for(tmp_path / "var", ZHIDA_DATABASE_URL=url))
    assistant = started.__enter__()
    request.addfinalizer(lambda: started.__exit__(None, None, None))  # noqa: PT021
    return assistant


def send_until_answered(assistant: Assistant, body: dict[str, Any]) -> dict[str, Any]:
    """Send one message as a client does that knows no patience: again, until it is answered."""
    deadline = time.monotonic() + 180
    with httpx.Client(base_url=assistant.url, timeout=15, trust_env=False) as http:
        while time.monotonic() < deadline:
            try:
                replies = http.post("/api/messages", json=body).json()["replies"]
                if (replies[-1]["data"] or {}).get("kind") != "pending":
                    return dict(replies[-1])
            except (httpx.TransportError, ValueError):
                pass
            time.sleep(0.2)
    raise TimeoutError(f"no answer to {body}")


def talk(assistant: Assistant, name: str) -> None:
    """Go through the script again and again; tap the first slot of every offer."""
    last: dict[str, Any] = {}
    for number in range(MESSAGES // TALKS):
        body = {"conversation": name, "text": SCRIPT[number % len(SCRIPT)]}
        if body["text"] == TAP:
            button = last["buttons"][0]
            body |= {"text": button["title"], "payload": button["payload"]}
        last = send_until_answered(assistant, {**body, "message_id": str(number)})


def test_every_message_is_answered_exactly_once(assistant: Assistant) -> None:
    talking = threading.Event()

    killed = []

    def kill_in_turn() -> None:
        for victim in VICTIMS:
            time.sleep(1.0)
            if talking.is_set():
                return
            assistant.kill(victim)
            killed.append(victim)
            assistant.wait_ready()

    with ThreadPoolExecutor(TALKS + 1) as pool:
        killer = pool.submit(kill_in_turn)
        talking_now = [pool.submit(talk, assistant, f"talk-{number}") for number in range(TALKS)]
        for done in talking_now:
            done.result()
        talking.set()
        killer.result()

    assert set(killed) >= {"rasa", "actions", "bot", "supervisord"}
    database = Database(assistant.database_url)
    with database.read() as session:
        statuses = session.scalars(select(InboxMessage.status)).all()
        answers = session.execute(
            select(InboxMessage.id, func.count(OutboxMessage.id))
            .outerjoin(
                OutboxMessage,
                (OutboxMessage.inbox_id == InboxMessage.id) & (OutboxMessage.author == "bot"),
            )
            .group_by(InboxMessage.id)
        ).all()
        owners = session.scalars(select(BookingRow.owner).where(BookingRow.active)).all()
        cases = session.scalars(select(CaseRow.conversation)).all()
    database.close()
    assert statuses == ["done"] * MESSAGES
    assert [count for _, count in answers] == [1] * MESSAGES
    # Every talk tapped three times and asked for a human three times, killed in between or not.
    talks = sorted(f"web:talk-{number}" for number in range(TALKS))
    assert sorted(owner for owner in owners if owner.startswith("web:")) == talks
    assert sorted(cases) == talks
