"""A person takes over, speaks, and gives back; the bot is silent meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from bot.messaging import leases
from bot.messaging.handover import AlreadyTaken, UnknownConversation
from bot.messaging.messages import Incoming
from bot.messaging.transcripts import mode_of, replies_after, standing_of, transcript
from store.database import Database
from tests.support.messaging import handover, take_in, vault

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def conversation(database: Database) -> str:
    take_in(database, Incoming("web", "k", "one", "转人工", NOW))
    return "web:one"


def test_taking_over_is_told_once(database: Database, conversation: str) -> None:
    for _ in range(2):
        handover(database).take_over(conversation, staff="小李", now=NOW)
    assert mode_of(database, conversation) == "staff"
    lines = replies_after(database, vault(database), conversation, 0)
    assert [(line.author, line.staff_name) for line in lines] == [("staff", "小李")]


def test_who_speaks_has_taken_over(database: Database, conversation: str) -> None:
    handover(database).say(conversation, staff="小李", text=" 您好\0 ", now=NOW)
    assert mode_of(database, conversation) == "staff"
    assert transcript(database, conversation)[-1].text == "您好\ufffd"


def test_giving_back_wakes_the_bot(database: Database, conversation: str) -> None:
    handover(database).take_over(conversation, staff="小李", now=NOW)
    handover(database).give_back(conversation, staff="小李", now=NOW)
    handover(database).give_back(conversation, staff="小李", now=NOW)
    assert mode_of(database, conversation) == "bot"
    assert len(replies_after(database, vault(database), conversation, 0)) == 2


def test_a_turn_knows_that_a_person_answers(database: Database, conversation: str) -> None:
    handover(database).take_over(conversation, staff="小李", now=NOW)
    message = leases.claim(database, conversation, "me", now=NOW)
    assert message is not None
    assert message.mode == "staff"


def test_an_unknown_conversation_is_refused(database: Database) -> None:
    with pytest.raises(UnknownConversation):
        handover(database).say("web:nobody", staff="小李", text="您好", now=NOW)


def test_of_many_who_take_at_once_one_has_it(database: Database, conversation: str) -> None:
    def take(number: int) -> str | None:
        try:
            handover(database).take_over(conversation, staff=f"小{number}", now=NOW)
        except AlreadyTaken as taken:
            return taken.owner
        return None

    with ThreadPoolExecutor(8) as pool:
        refused = [owner for owner in pool.map(take, range(8)) if owner is not None]
    standing = standing_of(database, conversation)
    assert standing is not None
    assert refused == [standing.owner] * 7
    assert len(replies_after(database, vault(database), conversation, 0)) == 1


def test_a_colleague_is_kept_out_until_it_is_given_back(
    database: Database, conversation: str
) -> None:
    desk = handover(database)
    desk.claim(conversation, staff="小李")
    assert mode_of(database, conversation) == "bot"
    for forbidden in (desk.take_over, desk.give_back):
        with pytest.raises(AlreadyTaken):
            forbidden(conversation, staff="小王", now=NOW)
    with pytest.raises(AlreadyTaken):
        desk.say(conversation, staff="小王", text="您好", now=NOW)
    assert replies_after(database, vault(database), conversation, 0) == []
    desk.claim(conversation, staff="小王", instead_of="小李")
    desk.say(conversation, staff="小王", text="您好", now=NOW)
    with pytest.raises(AlreadyTaken):
        desk.claim(conversation, staff="小张", instead_of="小李")
    desk.give_back(conversation, staff="小王", now=NOW, summary="周三带证件来")
    assert "周三带证件来" in transcript(database, conversation)[-1].text
    desk.claim(conversation, staff="小李")
