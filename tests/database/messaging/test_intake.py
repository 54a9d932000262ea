"""A message is stored once, on both databases, whatever is in it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from bot.messaging import intake
from bot.messaging.intake import Accepted
from bot.messaging.tables import InboxMessage, OutboxMessage
from bot.messaging.transcripts import transcript
from store.database import Database
from tests.database.messaging.support import NOW, claimed, incoming
from tests.support.messaging import finish, take_in


def test_a_repeated_message_is_the_same_message(database: Database) -> None:
    first = take_in(database, incoming("k"))
    again = take_in(database, incoming("k", "别的话"))
    assert again == Accepted(first.inbox_id, repeated=True, redelivered=True)
    with database.read() as session:
        assert session.scalars(select(InboxMessage.text)).all() == ["你好"]


def test_many_deliveries_at_once_store_one_message(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: take_in(database, incoming("k")), range(24)))
    assert len({accepted.inbox_id for accepted in found}) == 1
    assert sum(not accepted.repeated for accepted in found) == 1


def test_the_same_key_on_another_channel_is_another_message(database: Database) -> None:
    first = take_in(database, incoming("k"))
    other = take_in(database, incoming("k", channel="telegram"))
    assert not other.repeated
    assert other.inbox_id != first.inbox_id


@pytest.mark.parametrize("text", ["a\0b", "\ud800x", "\0", "😀\udfff"])
def test_text_that_no_database_keeps_is_stored_readably(database: Database, text: str) -> None:
    take_in(database, incoming("k", text))
    stored = transcript(database, "web:one")[0].text
    assert len(stored) == len(text)
    assert "\ufffd" in stored


def test_pending_messages_are_counted(database: Database) -> None:
    for number in range(3):
        take_in(database, incoming(str(number), f"第{number}句"))
    assert intake.count_pending(database, "web:one") == 3
    message = claimed(database)
    finish(database, message, now=NOW)
    assert intake.count_pending(database, "web:one") == 2
    with database.read() as session:
        assert session.scalars(select(func.count()).select_from(OutboxMessage)).one() == 0
