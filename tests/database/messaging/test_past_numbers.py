"""Numbers that the last release stored as written are hidden after the upgrade, once."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, func, insert, select, update

from actions.dialogue.services import Services
from actions.features import FEATURES
from bot.background import hide_past
from bot.messaging.outbox_rows import STAFF
from bot.messaging.personal import past
from bot.messaging.personal.tracker import EVENTS
from bot.messaging.transcripts import transcript
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings
from store.vault.tables import NumbersToHideRow
from tests.support import last_release
from tests.support.last_release import NOW, ROWS, row_of
from tests.support.messaging import DATA_KEY

WEB = "web:asks-all-kinds-of-things"
WITH_A_PERSON = "web:is-answered-by-a-person"
PHONE, COLLEAGUE, HALL = "13800138000", "13900139000", "021-63210000"
MASK = "138****8000"
NLU = {"intent": "inform", "entities": [{"entity": "phone", "value": PHONE, "start": 2}]}


def plant(database: Database) -> None:
    """Let the last release have stored numbers, in all its ways."""
    tables = MetaData()
    tables.reflect(database.engine)
    said = f"电话{PHONE}，记下了"

    def set_in(name: str, row: dict[str, Any], **values: Any) -> None:
        rows = tables.tables[name]
        connection.execute(update(rows).where(rows.c.id == row["id"]).values(values))

    with database.engine.execution_options(zhida_write=True).begin() as connection:
        payload = f'/ask_policy{{"question": "{PHONE}能领吗"}}'
        set_in(
            "inbox",
            row_of("inbox", id=1),
            text=f"我是{PHONE}",
            payload=payload,
            nlu=NLU,
        )
        body = {
            "text": f"{said}，大厅{HALL}",
            "buttons": [{"title": f"打{PHONE}", "payload": payload}],
            "image": None,
            "data": {"kind": "note", "of": PHONE},
        }
        set_in("outbox", row_of("outbox", id=1), body=body)
        staff = next(row for row in ROWS["outbox"] if row["author"] == STAFF)
        set_in("outbox", staff, body={**staff["body"], "text": f"请打{COLLEAGUE}"})
        set_in("cases", row_of("cases", conversation=WEB), summary=said)


def remember(database: Database, tracker: Path) -> Database:
    """Let Rasa remember what the person said, wherever it keeps that."""
    events = Database(f"sqlite:///{tracker}") if database.is_sqlite else database
    with events.engine.execution_options(zhida_write=True).begin() as connection:
        EVENTS.create(connection)
        for text in (f"我是{PHONE}", f"大厅{HALL}"):
            data = json.dumps({"event": "user", "text": text, "timestamp": 1.5})
            values = {"sender_id": WEB, "type_name": "user", "timestamp": 1.5, "data": data}
            connection.execute(insert(EVENTS).values(values))
    return events


def everything(database: Database) -> str:
    tables = MetaData()
    tables.reflect(database.engine)
    with database.read() as session:
        # An index of words has no rows of its own to read: what it finds are the messages.
        kept = [each for each in tables.sorted_tables if not each.name.startswith("words_")]
        return str([session.execute(select(each)).all() for each in kept])


@pytest.fixture
def services(bare_database: Database, tmp_path: Path) -> Services:
    last_release.install(bare_database)
    plant(bare_database)
    upgrade(bare_database)
    url = bare_database.url.render_as_string(hide_password=False)
    settings = Settings(_env_file=None, var_dir=tmp_path, database_url=url, data_keys=DATA_KEY)
    return Services(bare_database, settings, FEATURES)


def left(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(NumbersToHideRow)) or 0


def test_they_are_hidden_wherever_they_stand(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = services.database
    events = remember(database, tmp_path / "rasa.db")
    monkeypatch.setattr(past, "ROWS_AT_ONCE", 7)
    steps = 0
    while left(database):
        hide_past(services, NOW)
        steps += 1
        assert steps < 1000
    assert steps > 5, "a few at a time"
    for place in (database, events):
        assert PHONE not in everything(place)
        assert COLLEAGUE not in everything(place)
    lines = transcript(database, WEB)
    assert lines[0].text == f"我是{MASK}"
    reply = next(line for line in lines if line.author == "bot")
    assert reply.text == f"电话{MASK}，记下了，大厅{HALL}", "a hall's number is nobody's own"
    assert reply.buttons == [f"打{MASK}"]
    assert reply.data == {"kind": "note", "of": MASK}
    staff = [line.text for line in transcript(database, WITH_A_PERSON) if line.author == "staff"]
    assert "请打139****9000" in staff
    assert HALL in everything(events).encode().decode("unicode_escape", "ignore")
    before = everything(database)
    hide_past(services, NOW)
    assert everything(database) == before
    if events is not database:
        events.close()


def test_where_nothing_was_said_there_is_nothing_to_hide(database: Database) -> None:
    assert left(database) == 0
