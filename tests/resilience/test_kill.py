"""kill -9 of each process in turn during a chat of 200 messages: one answer each."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from actions.appointments.booking.tables import BookingRow
from actions.cases.tables import CaseRow
from bot.messaging.tables import InboxMessage, OutboxMessage
from bot.supervision.sandbox import environment_for
from store.database import Database
from tests.conftest import make_postgres_database
from tests.resilience.support import send_until_answered
from tests.support.assistant import Assistant, running
from tests.support.conversations import conversation_of

MESSAGES = 200
TALKS = 8
TIME = "（点第一个时间）"
TAPS = {TIME: '"slot_id"', "（确认预约）": "/affirm"}
"""What is tapped: of the buttons on the screen, the newest whose payload holds these words."""
SCRIPT = (
    "你好",
    "现场招聘会还能办吗",
    "我想在上海找电工的活，六千以上",
    "帮我约明天上午去浦东办失业登记",
    *TAPS,
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


class Talk:
    """One person's conversation; ``sent`` counts the messages."""

    def __init__(self, assistant: Assistant, name: str) -> None:
        self._assistant = assistant
        self._name = conversation_of(name)
        self._buttons: list[dict[str, str]] = []
        self.sent = 0

    def go(self) -> int:
        """Go through the script again and again; return how many messages it took.

        All want the same calm times: who comes second is offered others, and taps again. Who
        is booked already taps the old 〔确认预约〕 once more.
        """
        for number in range(MESSAGES // TALKS):
            line = SCRIPT[number % len(SCRIPT)]
            if line not in TAPS:
                self._send({"text": line})
                continue
            answer = self._tap(TAPS[line])
            while line == TIME and answer["data"]["kind"] == "slot_list":
                answer = self._tap(TAPS[line])
        return self.sent

    def _tap(self, wanted: str) -> dict[str, Any]:
        button = next(b for b in self._buttons if wanted in b["payload"])
        return self._send({"text": button["title"], "payload": button["payload"]})

    def _send(self, body: dict[str, Any]) -> dict[str, Any]:
        body = {**body, "conversation": self._name, "message_id": str(self.sent)}
        answer = send_until_answered(self._assistant, body)
        self._buttons = answer["buttons"] + self._buttons
        self.sent += 1
        return answer


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
        talks = [Talk(assistant, f"talk-{number}") for number in range(TALKS)]
        sent = sum(pool.map(Talk.go, talks))
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
        confirmed = select(BookingRow.owner).where(BookingRow.status == "confirmed")
        owners = session.scalars(confirmed).all()
        cases = session.scalars(select(CaseRow.conversation)).all()
    database.close()
    assert statuses == ["done"] * sent
    assert [count for _, count in answers] == [1] * sent
    # Every talk tapped its way twice and asked for a human twice, killed in between or not.
    everybody = sorted(f"web:{conversation_of(f'talk-{number}')}" for number in range(TALKS))
    assert sorted(owner for owner in owners if owner.startswith("web:")) == everybody
    assert sorted(cases) == everybody
