"""What is stored of a message has no number of a person's, and remembers where it stood."""

import json

from sqlalchemy import select

from bot.messaging.gate import sent_span
from bot.messaging.intake import Accepted
from bot.messaging.messages import Incoming
from bot.messaging.sentences import HIDDEN
from bot.messaging.tables import InboxMessage, OutboxMessage
from bot.messaging.transcripts import list_conversations, replies_after, transcript
from store.database import Database
from store.settings import Settings
from store.vault.placeholders import ids_in
from store.vault.vault import Vault
from tests.database.messaging.support import NOW, claimed, incoming
from tests.support.messaging import finish, handover, take_in, vault

PHONE, ANOTHER = "13800138000", "13900139000"
ID_CARD = "11010519491231002X"


def stored(database: Database) -> InboxMessage:
    with database.read() as session:
        return session.scalars(select(InboxMessage).order_by(InboxMessage.id.desc())).first()  # type: ignore[return-value]


def pressed(database: Database, payload: str) -> Accepted:
    return take_in(database, Incoming("web", "p", "one", "按钮", NOW, payload=payload))


def test_a_message_is_stored_without_its_numbers(database: Database) -> None:
    take_in(database, incoming("k", f"我叫张三，手机{PHONE}，身份证{ID_CARD}"))
    row = stored(database)
    assert PHONE not in row.text
    assert ID_CARD not in row.text
    assert len(ids_in(row.text)) == 2
    (line,) = transcript(database, "web:one")
    assert line.text == "我叫张三，手机138****8000，身份证110***********002X"
    assert list_conversations(database)[0].last_text == line.text


def test_offsets_are_those_of_the_text_as_sent(database: Database) -> None:
    sent = f"打１３８ ００１３ ８０００找我，在上海，或{PHONE}，浦东"
    take_in(database, incoming("k", sent))
    message = claimed(database)
    for word in ("找我", "上海", "或", "浦东"):
        at = message.text.index(word)
        start, end = sent_span(message.shifts, at, at + len(word))
        assert sent[start:end] == word
    for placeholder in (message.text[1:15], message.text[message.text.rindex("〔") : -3]):
        at = message.text.rindex(placeholder)
        start, end = sent_span(message.shifts, at, at + len(placeholder))
        assert sent[start:end] in ("１３８ ００１３ ８０００", PHONE)
        assert sent_span(message.shifts, at + 1, at + 3) == (start, end)


def test_payloads_lose_their_numbers_too(database: Database) -> None:
    pressed(
        database,
        json.dumps({"x": PHONE, "n": 13800138000, "k": 2, PHONE: "a"}).join(["/inform", ""]),
    )
    payload = stored(database).payload or ""
    assert PHONE not in payload
    values = json.loads(payload.removeprefix("/inform"))
    assert values["x"] == values["n"]
    assert values["k"] == 2


def test_numbers_written_as_escapes_are_seen(database: Database) -> None:
    pressed(database, '/inform{"x": "1380013' + "".join(f"\\u003{d}" for d in "8000") + '"}')
    assert len(ids_in(stored(database).payload or "")) == 1


def test_a_payload_without_numbers_is_stored_as_it_came(database: Database) -> None:
    payload = '/inform{"a":1,  "b": "上海"}'
    pressed(database, payload)
    assert stored(database).payload == payload


def test_a_repeated_message_is_still_the_same(database: Database) -> None:
    first = take_in(database, incoming("k", PHONE))
    assert take_in(database, incoming("k", PHONE)) == Accepted(
        first.inbox_id, repeated=True, redelivered=True
    )


def test_a_reply_that_repeats_a_number_says_its_mask(database: Database) -> None:
    take_in(database, incoming("k", f"手机{PHONE}"))
    message = claimed(database)
    done = finish(database, message, f"记下了：{message.text}", now=NOW)
    assert done is not None
    assert done[0].replies[0]["text"] == f"记下了：手机138****8000\n{HIDDEN}"


def test_it_is_said_once_that_numbers_are_hidden(database: Database) -> None:
    said = []
    for key, words in (("1", "你好"), ("2", f"手机{PHONE}"), ("3", f"再说一次{PHONE}")):
        take_in(database, incoming(key, words))
        done = finish(database, claimed(database), "好", "还有", now=NOW)
        assert done is not None
        said.append([HIDDEN in reply["text"] for reply in done[0].replies])
    assert said == [[False, False], [True, False], [False, False]]


def test_what_staff_write_is_stored_and_listed_without_its_numbers(database: Database) -> None:
    take_in(database, incoming("k", "转人工"))
    handover(database).say("web:one", staff="小王", text=f"请打{PHONE}", now=NOW)
    with database.read() as session:
        (body,) = session.scalars(select(OutboxMessage.body)).all()
    assert PHONE not in body["text"]
    line = transcript(database, "web:one")[-1]
    assert line.text == "请打138****8000"
    assert list(line.numbers) == ids_in(body["text"])


def test_the_person_reads_a_number_of_staff_whole_and_their_own_masked(database: Database) -> None:
    take_in(database, incoming("k", f"手机{ANOTHER}"))
    finish(database, claimed(database), f"记下了{stored(database).text}", now=NOW)
    handover(database).say("web:one", staff="小王", text=f"请打{PHONE}找小张", now=NOW)
    told = [line.text for line in replies_after(database, vault(database), "web:one", 0)]
    assert told == [f"记下了手机139****9000\n{HIDDEN}", f"请打{PHONE}找小张"]
    read = [line.text for line in transcript(database, "web:one", vault=vault(database))]
    assert read == ["手机139****9000", *told]


def test_where_the_key_is_lost_the_mask_is_told(database: Database) -> None:
    take_in(database, incoming("k", "转人工"))
    handover(database).say("web:one", staff="小王", text=f"请打{PHONE}", now=NOW)
    keyless = Vault.over(database, Settings(_env_file=None, data_keys="e" * 43))
    (line,) = replies_after(database, keyless, "web:one", 0)
    assert line.text == "请打138****8000"
