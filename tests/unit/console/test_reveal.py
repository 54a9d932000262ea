"""Seeing a number whole is recorded: who, when, which, why, and nothing of the number."""

import pytest
from sqlalchemy import select

from actions.dialogue.services import Services
from bot.console import services as opened
from bot.console.cases.reveal import NumbersGone, whole, without_numbers
from bot.console.deeds import account, do_recorded
from bot.console.permissions import Deed
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


def see(
    database: Database, numbers: tuple[str, ...], conversation: str = CONVERSATION
) -> list[str]:
    """Return what the console shows, recorded as whatever staff do."""
    seen = do_recorded(
        *(database, account(7), Deed.REVEAL, "conversation:1"),
        lambda _now: whole(conversation, numbers),
        reason=without_numbers(f"联系来访者：回拨{PHONE}"),
        details={"numbers": list(numbers)},
    )
    return [each.value for each in seen if each.value]


def entries(database: Database) -> list[AuditEntry]:
    with database.read() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def test_it_is_recorded_who_saw_which_and_why(
    sqlite_database: Database, numbers: tuple[str, ...]
) -> None:
    assert see(sqlite_database, numbers) == [PHONE]
    (entry,) = entries(sqlite_database)
    assert (entry.actor, entry.action) == ("staff:7", "personal.reveal")
    assert numbers[0] in str(entry.details)
    assert entry.reason == "联系来访者：回拨139****4263"


def test_numbers_of_another_conversation_are_not_seen(
    sqlite_database: Database, numbers: tuple[str, ...]
) -> None:
    with pytest.raises(NumbersGone):
        see(sqlite_database, numbers, "web:other")
    assert [one.action for one in entries(sqlite_database)][-1] == "personal.reveal.refused"


def test_a_deleted_number_is_gone(sqlite_database: Database, numbers: tuple[str, ...]) -> None:
    with sqlite_database.write() as session:
        vault(sqlite_database).forget(session, CONVERSATION)
        session.commit()
    with pytest.raises(NumbersGone):
        see(sqlite_database, numbers)
