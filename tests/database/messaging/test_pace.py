"""What comes too fast is refused where a channel can say so, else answered at the pace."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.messaging.messages import TooManyWaiting
from bot.messaging.service import Messaging
from bot.messaging.tables import InboxMessage
from store.database import Database
from store.settings import Settings
from tests.database.messaging.support import NOW, incoming
from tests.support.messaging import messaging_of


@pytest.fixture
async def messaging(database: Database) -> AsyncIterator[Messaging]:
    settings = Settings(_env_file=None, limit_messages="3/60")
    messaging = messaging_of(database, settings)
    messaging.register("web", None)
    yield messaging
    await messaging.stop()


async def test_a_page_is_told_to_wait(messaging: Messaging) -> None:
    for number in range(3):
        await messaging.accept(incoming(str(number), f"第{number}句"))
    with pytest.raises(TooManyWaiting) as refused:
        await messaging.accept(incoming("3", "第3句"))
    assert 0 < refused.value.seconds <= 60
    await messaging.accept(replace(incoming("3", "第3句"), peer="two"))


async def test_a_repeat_costs_nothing(messaging: Messaging) -> None:
    for _ in range(9):
        await messaging.accept(incoming("k"))
    await messaging.accept(incoming("k2", "第二句"))


async def test_what_was_acknowledged_is_kept_and_answered_later(
    messaging: Messaging, database: Database
) -> None:
    for number in range(5):
        await messaging.accept(incoming(str(number), f"第{number}句", channel="telegram"))
    with database.read() as session:
        due = session.scalars(select(InboxMessage.next_attempt_at).order_by(InboxMessage.id)).all()
    assert len(due) == 5
    # The first is tried at once, and put off since Rasa is away.
    assert [round((at - NOW).total_seconds()) for at in due[1:]] == [0, 0, 60, 120]
