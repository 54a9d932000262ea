"""Seeing a number whole is recorded: who, when, which, why, and nothing of the number."""

import pytest
from sqlalchemy import select

from actions.dialogue.services import Services
from bot.console import services as opened
from bot.console.cases.reveal import NumbersGone, Wish, reveal
from bot.messaging.messages import Incoming
from bot.messaging.transcripts import transcript
from store.audit.tables import AuditEntry
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.support.messaging import DATA_KEY, handover, take_in, vault

PHONE = "13951784263"
CONVERSATION = "web:visitor"


@pytest.fixture
def numbers(sqlite_database: Database) -> tuple[str, ...]:
    """Ids of the numbers in what somebody wrote, with the console open on it."""
    settings = Settings(_env_file=None, data_keys=DATA_KEY)
    opened.open_services(Services(sqlite_database, settings), handover(sqlite_database))
    take_in(sqlite_database, Incoming("web", "1", "visitor", f"打{PHONE}", utc_now()))
    return transcript(sqlite_database, CONVERSATION)[0].numbers


def test_it_is_recorded_who_saw_which_and_why(
    sqlite_database: Database, numbers: tuple[str, ...]
) -> None:
    wish = Wish(7, CONVERSATION, numbers, f"联系来访者：回拨{PHONE}")
    (seen,) = reveal(wish, utc_now())
    assert seen.value == PHONE
    with sqlite_database.read() as session:
        (entry,) = session.scalars(select(AuditEntry)).all()
    assert (entry.actor, entry.action) == ("staff:7", "personal.reveal")
    assert entry.subject == f"personal:{numbers[0]}"
    assert entry.reason == "联系来访者：回拨139****4263"


def test_numbers_of_another_conversation_are_not_seen(
    sqlite_database: Database, numbers: tuple[str, ...]
) -> None:
    with pytest.raises(NumbersGone):
        reveal(Wish(7, "web:other", numbers, "核对身份：核对"), utc_now())
    with sqlite_database.read() as session:
        assert session.scalars(select(AuditEntry)).all() == []


def test_a_deleted_number_is_gone(sqlite_database: Database, numbers: tuple[str, ...]) -> None:
    with sqlite_database.write() as session:
        vault(sqlite_database).forget(session, CONVERSATION)
        session.commit()
    with pytest.raises(NumbersGone):
        reveal(Wish(7, CONVERSATION, numbers, "核对身份：核对"), utc_now())
