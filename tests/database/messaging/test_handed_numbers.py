"""A number that is handed over: its person reads it whole, and it is stored nowhere in clear."""

from sqlalchemy import select

from actions.dialogue.turn import Reply
from bot.messaging import answers
from bot.messaging.channels.carrying import as_told
from bot.messaging.tables import OutboxMessage
from bot.messaging.transcripts import replies_after, transcript
from store.database import Database
from store.settings import Settings
from store.vault.vault import Vault
from tests.database.messaging.support import NOW, claimed, incoming
from tests.support.messaging import PULLED, take_in
from tests.support.numbers import hidden

EMPLOYER = "13900001111"


def test_it_is_whole_for_its_person_alone(database: Database) -> None:
    settings = Settings(_env_file=None, data_keys="k" * 32)
    vault = Vault.over(database, settings)
    contact = hidden(database, settings, "posting:GW-1", f"陈经理 {EMPLOYER}")
    take_in(database, incoming("1", "同意"))
    reply: Reply = {
        "text": f"单位：{contact}",
        "buttons": [],
        "image": None,
        "data": None,
        "numbers_of": "posting:GW-1",
    }
    done = answers.finish(
        database, claimed(database), "me", replies=[reply], nlu=None, now=NOW, pulled=PULLED
    )
    assert done is not None
    told = answers.as_told(database, vault, done[0])
    assert told.replies[0]["text"] == f"单位：陈经理 {EMPLOYER}"
    assert "numbers_of" not in told.replies[0]
    (fetched,) = replies_after(database, vault, "web:one", 0)
    assert EMPLOYER in fetched.text
    with database.read() as session:
        (row,) = session.scalars(select(OutboxMessage))
        assert EMPLOYER not in str(row.body)
        assert EMPLOYER in as_told(session, vault, [row])[0].reply["text"]
    # Staff read neither the number nor a mask of it: it is none of this conversation's.
    assert transcript(database, "web:one")[-1].text == "单位：陈经理 〔手机号〕"
