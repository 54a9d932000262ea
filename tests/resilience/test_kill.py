"""kill -9 of each process in turn during a chat of 200 messages: one answer each."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from actions.windows.tables import Booking
from bot.pipeline.tables import InboxMessage, OutboxMessage
from bot.supervision.sandbox import environment_for
from store.database import Database
from tests.conftest import make_postgres_database
from tests.support.assistant import Assistant, running

MESSAGES = 200
TALKS = 8
SCRIPT = (
    "你好",
    "现场招聘会还能办吗",
    "我想在上海找电工的活，六千以上",
    "帮我约明天上午办失业登记",
    "算了",
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


def send_until_answered(assistant: Assistant, conversation: str, number: int) -> None:
    """Send one message as a client does that knows no patience: again, until it is answered."""
    body = {
        "conversation": conversation,
        "text": SCRIPT[number % len(SCRIPT)],
        "message_id": str(number),
    }
    deadline = time.monotonic() + 180
    with httpx.Client(base_url=assistant.url, timeout=15, trust_env=False) as http:
        while time.monotonic() < deadline:
            try:
                response = http.post("/api/messages", json=body)
                replies = response.json()["replies"]
                if (replies[-1]["data"] or {}).get("kind") != "pending":
                    return
            except (httpx.TransportError, ValueError):
                pass
            time.sleep(0.2)
    raise TimeoutError(f"{conversation} {number} got no answer")


def test_every_message_is_answered_exactly_once(assistant: Assistant) -> None:
    talking = threading.Event()

    def talk(name: str) -> None:
        for number in range(MESSAGES // TALKS):
            send_until_answered(assistant, name, number)

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
        talks = [pool.submit(talk, f"talk-{number}") for number in range(TALKS)]
        for done in talks:
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
        bookings = session.scalars(
            select(func.count()).select_from(Booking).where(Booking.owner.startswith("web:talk"))
        ).one()
    database.close()
    assert statuses == ["done"] * MESSAGES
    assert [count for _, count in answers] == [1] * MESSAGES
    assert bookings == 0  # offered, never tapped
