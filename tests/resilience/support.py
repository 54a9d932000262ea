"""People who send again until they are answered, and what the database says of it afterwards."""

import time
from typing import Any

import httpx
from sqlalchemy import func, select

from actions.cases.tables import CaseRow
from bot.messaging.tables import InboxMessage, OutboxMessage
from store.database import Database
from tests.support.assistant import Assistant


def send_until_answered(assistant: Assistant, body: dict[str, Any]) -> dict[str, Any]:
    """Send one message as a client does that knows no patience: again, until it is answered."""
    deadline = time.monotonic() + 180
    with httpx.Client(base_url=assistant.url, timeout=15, trust_env=False) as http:
        while time.monotonic() < deadline:
            try:
                response = http.post("/api/messages", json=body)
                if response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    replies = response.json()["replies"]
                    if replies and (replies[-1]["data"] or {}).get("kind") != "pending":
                        return dict(replies[-1])
            except (httpx.TransportError, ValueError):
                pass  # it is down
            time.sleep(0.2)
    raise TimeoutError(f"no answer to {body}")


def assert_answered_once(assistant: Assistant, sent: int) -> None:
    """Assert that ``sent`` messages were stored, each with one answer, and none is a case."""
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
        cases = session.scalars(select(CaseRow.conversation)).all()
    database.close()
    assert statuses == ["done"] * sent
    assert [count for _, count in answers] == [1] * sent
    assert cases == []
